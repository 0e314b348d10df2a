/** A handler has not settled before what it left unawaited (SEND-08). */

import type { HistoryEvent } from '../../history.ts'
import { broken, kept, requirement, undecided } from '../../requirement.ts'
import { sendWire } from '../../run/answers.ts'
import { invocationOf, platformOf } from '../../run/invocations.ts'
import { anyKilled } from '../../run/platform.ts'
import type { Call, Connection, OpRun, Run } from '../../run/run.ts'
import { encode, sameWire } from '../../wire.ts'
import { markOf } from './marks.ts'

const runsInTurn = (call: Call): boolean => call.handler !== 'armed' && call.handler !== 'middleware'

/** Publishes that a receiver of the application's held at a gate, with the moment at which it let go. */
export function held(run: Run, call: Call): { op: OpRun; passed: HistoryEvent }[] {
  return call.ops.flatMap((op) => {
    if (op.name !== 'publish' || op.args.mode !== 'track' || op.end === undefined) return []
    // Pending at that moment, for certain: what it was waiting for has only begun to go on.
    const passed = run.of('passed').find((each) => run.before(op.begin, each) === 'yes')
    return passed !== undefined && run.before(passed, op.end) === 'yes' ? [{ op, passed }] : []
  })
}

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
      promise: 'no further handler of the connection starts while an unawaited publish of the last one is pending',
      capabilities: ['ordered', 'customSubscribers'],
      needs: ['trace'],
    },
    'its invocation waits': {
      promise: 'the invocation of a handler returns only when what its unawaited sends and publishes post has been answered',
      capabilities: ['stateless'],
      needs: ['trace', 'platform'],
    },
  },
  source: {
    decision: 'else an invocation could end, or a later message be handled, with work of an earlier one still under way',
  },
  *judge(run) {
    yield* invocations(run)
    for (const connection of run.connections) {
      for (const call of connection.calls) {
        if (!runsInTurn(call)) continue
        const next = following(connection, call)
        if (next === undefined) continue
        for (const { op, passed } of held(run, call)) {
          if (run.before(call.leave, passed) !== 'yes') continue
          const waited = run.before(passed, next.enter)
          if (waited === 'no') {
            yield broken('the next handler waits', {
              events: [op.begin, call.leave, next.enter, passed, op.end],
              expected: `step ${next.step}'s handler after the publish of step ${call.step} has settled, which was left unawaited`,
              observed: 'it started while the publish was still pending',
            })
          } else if (waited === 'yes' && run.before(next.message?.event, passed) === 'yes')
            yield kept('the next handler waits', passed, next.enter)
          else yield undecided('the next handler waits')
        }
      }
    }
  },
})

/** Posts that come of an unawaited send or publish, on whatever connection. */
function* invocations(run: Run) {
  const { posts } = platformOf(run)
  // What a worker that has died had posted cannot be told from what lives.
  if (posts.length === 0 || anyKilled(run)) return
  for (const call of run.calls) {
    const unawaited = call.ops.filter((op) => ['send', 'publish'].includes(op.name) && isUnawaited(op))
    // What onConnect sends is posted later, by another (STATELESS-10).
    const due = call.handler === 'onConnect' ? unawaited.filter((op) => op.name === 'publish') : unawaited
    const invocation = due.length === 0 ? undefined : invocationOf(run, call)
    if (invocation?.end === undefined || invocation.end.outcome === 'killed') continue
    for (const op of due) {
      const encoded = op.name === 'send' ? sendWire(call, op.args.value ?? null) : encode(op.args.value ?? null)
      if (!('wire' in encoded) || markOf(op.args.value ?? null) === undefined) continue
      const own = posts.filter(
        ({ data, invocation: by }) =>
          data !== undefined && sameWire(encoded.wire, data) && (by === undefined || by === invocation.number),
      )
      const late = own.find(
        (post) => run.before(invocation.end, post.begin) === 'yes' || run.before(invocation.end, post.answer) === 'yes',
      )
      if (late !== undefined) {
        yield broken('its invocation waits', {
          events: [op.begin, call.leave, invocation.end, late.begin, late.answer],
          expected: `the invocation of step ${call.step} to return when its unawaited ${op.name} had been answered`,
          observed: 'it returned before',
        })
      } else if (own.length > 0) yield kept('its invocation waits', op.begin, own.at(-1)?.answer, invocation.end)
    }
  }
}

const isUnawaited = (op: OpRun): boolean => op.args.mode === 'track' || op.args.mode === 'float'
