/** A handler has not settled before what it left unawaited (SEND-08). */
import { broken, kept, requirement, undecided } from '../../requirement.ts'
import type { Call, Connection, OpRun } from '../../run/run.ts'

const runsInTurn = (call: Call): boolean => call.handler !== 'armed' && call.handler !== 'middleware'

/** Sends and publishes that were still pending when the handler had returned. */
const unawaited = (call: Call): OpRun[] =>
  call.ops.filter((op) => (op.name === 'send' || op.name === 'publish') && op.args.mode === 'track' && op.end !== undefined)

function following(connection: Connection, call: Call): Call | undefined {
  const calls = connection.calls.filter(runsInTurn)
  return calls[calls.indexOf(call) + 1]
}

export const send08 = requirement({
  id: 'SEND-08',
  title: 'A handler is not settled before its unawaited sends and publishes have settled',
  level: 'must',
  area: 'sending',
  since: '1.0',
  clauses: {
    'the next handler waits': {
      promise: 'no further handler of the connection starts while an unawaited send or publish of the last one is pending',
      capabilities: ['ordered', 'customSubscribers'],
      needs: ['trace'],
    },
  },
  source: { decision: 'else an invocation could end, or a later message be handled, with work of an earlier one still under way' },
  *judge(run) {
    for (const connection of run.connections) {
      for (const call of connection.calls) {
        if (!runsInTurn(call)) continue
        const next = following(connection, call)
        if (next === undefined) continue
        for (const op of unawaited(call)) {
          // Awaited or over at once: nothing was pending that anyone could have waited for.
          if (run.before(call.leave, op.end) !== 'yes') continue
          const waited = run.before(op.end, next.enter)
          if (waited === 'no') {
            yield broken('the next handler waits', {
              events: [op.begin, call.leave, next.enter, op.end],
              expected: `step ${next.step}'s handler after the ${op.name} of step ${call.step} has settled, which was left unawaited`,
              observed: 'it started while the call was still pending',
            })
          } else if (waited === 'yes' && run.before(next.message?.event, op.end) === 'yes') yield kept('the next handler waits', op.end, next.enter)
          else yield undecided('the next handler waits')
        }
      }
    }
  },
})
