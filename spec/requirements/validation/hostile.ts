/** Texts no program should send (VALID-07). */
import { broken, decide, type Judgment, kept, requirement } from '../../requirement.ts'
import { type Exchange, exchanges } from '../../run/exchanges.ts'
import type { Run } from '../../run/run.ts'
import { showWire } from '../../wire.ts'
import { eventsOf, fate, told } from '../routing/messages.ts'
import { staysOpen } from './messages.ts'

export const valid07 = requirement({
  id: 'VALID-07',
  title:
    'Text no program should send gets a reply or reaches onMessage; it closes nothing, crashes nothing, and reaches no handler it was not for',
  level: 'must',
  area: 'validation',
  since: '1.0',
  clauses: {
    'answered or handled': { promise: 'it gets a reply or reaches a handler', needs: ['trace'] },
    'stays open': { promise: 'it never closes the connection' },
    'no wrong handler': { promise: 'it reaches no handler but the one it names, or onMessage', needs: ['trace'] },
    'crashes nothing': { promise: 'it leaves no exception or rejection that nobody handles', needs: ['trace'] },
  },
  source: { decision: 'anyone may connect, so anything may be sent' },
  *judge(run) {
    for (const exchange of exchanges(run)) {
      if (exchange.hostile === undefined) continue
      yield* dealtWith(exchange)
      yield* staysOpen('stays open', exchange, `a text may be ${exchange.hostile}, which is no reason to end a connection`)
      yield* rightHandler(exchange)
      yield* crashes(run, exchange)
    }
  },
})

function* dealtWith(exchange: Exchange): Generator<Judgment<'answered or handled'>> {
  const { calls, errors, alone, over, message, strays } = exchange
  if (calls.length > 0 || errors.length > 0) yield kept('answered or handled', message.event, calls[0]?.enter, errors[0]?.event)
  else if (alone && over !== undefined && strays.length === 0 && message.replies.length === 0) {
    yield broken('answered or handled', {
      events: eventsOf(exchange),
      expected: `a reply or a handler for ${told(exchange)} (${exchange.hostile})`,
      observed: 'neither, by the time a later message had its reply',
    })
  }
}

function* rightHandler(exchange: Exchange): Generator<Judgment<'no wrong handler'>> {
  const { calls, route, message, over } = exchange
  const wrong = calls.find((call) => call.handler !== route.handler && call.handler !== 'onMessage')
  if (wrong === undefined && calls.length === 0 && over === undefined) return
  yield decide('no wrong handler', wrong === undefined, {
    events: eventsOf(exchange),
    expected: `nobody but ${route.handler ?? 'an error reply'}${route.handler === 'onMessage' ? '' : ' or onMessage'} for ${showWire(message.wire)}`,
    observed: fate(exchange),
  })
}

/** The fault is charged to the hostile text only where nothing but hostile texts was sent. */
function* crashes(run: Run, { message, over, conn }: Exchange): Generator<Judgment<'crashes nothing'>> {
  const fault = run.of('fault').find((event) => run.before(event, message.event) !== 'yes')
  if (fault === undefined) {
    if (over !== undefined) yield kept('crashes nothing', message.event, over)
    return
  }
  if (!exchanges(run).every((each) => each.hostile !== undefined)) return
  yield broken('crashes nothing', {
    events: [message.event, fault],
    expected: `nothing unhandled in the host after ${showWire(message.wire)} of ${conn.name}`,
    observed: `${fault.what}: ${fault.message}`,
  })
}
