/** Schemas that answer later (VALID-03). */
import { broken, decide, type Judgment, requirement, undecided } from '../../requirement.ts'
import { sameTagged, showTagged, taggedLess } from '../../run/route.ts'
import type { Run } from '../../run/run.ts'
import { describe } from '../../values.ts'
import { showWire } from '../../wire.ts'
import { eventsOf, told } from '../routing/messages.ts'
import { type Checking, checkings } from './messages.ts'

export const valid03 = requirement({
  id: 'VALID-03',
  title: 'An asynchronous schema is awaited and changes no ordering',
  level: 'must',
  area: 'validation',
  since: '1.0',
  clauses: {
    awaited: { promise: 'the handler is given what the schema resolved to, or is not run where it refused', needs: ['trace'] },
    'no other order': {
      promise: 'messages behind one whose schema answers later are handled behind it',
      capabilities: ['ordered'],
      needs: ['trace'],
    },
  },
  source: {
    decision: 'the standard that schemas follow lets them answer with a promise, and order must not depend on who validates',
  },
  *judge(run) {
    const all = checkings(run)
    for (const [index, exchange] of all.entries()) {
      if (exchange.schema !== 'late') continue
      yield* awaited(exchange)
      const next = all[index + 1]
      if (next !== undefined && next.conn === exchange.conn) yield* inOrder(run, exchange, next)
    }
  },
})

function* awaited(exchange: Checking): Generator<Judgment<'awaited'>> {
  const { calls, checked, alone, over, errors } = exchange
  const [call] = calls
  const refuses = 'issues' in checked
  if (call === undefined && (over === undefined || !alone)) return
  const events = eventsOf(exchange)
  if (!('value' in checked)) {
    yield decide('awaited', call === undefined && (!refuses || errors.length > 0), {
      events,
      expected: `no handler and an error for ${told(exchange)}: its schema refuses it, later`,
      observed: call === undefined ? 'nothing at all' : `${call.handler} was given ${showTagged(call.enter.data)}`,
    })
    return
  }
  const wanted = describe(checked.value)
  yield decide('awaited', call !== undefined && sameTagged(taggedLess(call.enter.data, exchange.route.key), wanted), {
    events,
    expected: `${exchange.route.handler} to be given ${showTagged(wanted)}, which is what the schema resolves to for ${told(exchange)}`,
    observed:
      call === undefined
        ? `no handler was given it${errors.map((error) => `, and the reply was ${showWire(error.wire)}`).join()}`
        : `it was given ${showTagged(call.enter.data)}`,
  })
}

/** Only a message sent before the late one was handled could have overtaken it. */
function* inOrder(run: Run, late: Checking, next: Checking): Generator<Judgment<'no other order'>> {
  const [first] = late.calls
  const [second] = next.calls
  if (first === undefined || second === undefined) return
  const overtook = run.before(second.enter, first.enter) === 'yes'
  if (overtook) {
    yield broken('no other order', {
      events: [late.message.event, next.message.event, second.enter, first.enter],
      expected: `the handler of step ${late.message.step ?? '?'} before that of step ${next.message.step ?? '?'}, as ${late.conn.name} sent them`,
      observed: `step ${next.message.step ?? '?'} overtook it while its schema was pending`,
    })
  } else if (run.before(next.message.event, first.enter) === 'yes') {
    yield {
      clause: 'no other order',
      verdict: 'kept',
      events: [late.message.event, next.message.event, first.enter, second.enter],
    }
  } else yield undecided('no other order')
}
