/** Messages that nothing is wired for (ROUTE-04). */
import { noHandlerMessage, shownRouteLength } from '../../errors.ts'
import { broken, decide, type Judgment, kept, requirement } from '../../requirement.ts'
import { type Exchange, exchanges } from '../../run/exchanges.ts'
import { surplusOf } from '../../run/route.ts'
import type { Receipt, Run } from '../../run/run.ts'
import { showWire } from '../../wire.ts'
import { eventsOf, fate, ofPrototypes, told } from './messages.ts'

export const route04 = requirement({
  id: 'ROUTE-04',
  title:
    'No match and no onMessage: one UnknownRouteError reply (also to a client without a session), no handler, connection open',
  level: 'must',
  area: 'routing',
  since: '1.0',
  clauses: {
    'one error reply': { promise: 'the client is sent exactly one UnknownRouteError' },
    'without a session': { promise: 'the client is told so although it has no session' },
    'its route': { promise: 'the error reply carries, whole, the first declared routing key that the message holds as a string' },
    'its message': { promise: 'the message shown names the first declared routing key and at most 64 code points of its value' },
    'no handler': { promise: 'no handler is given the message', needs: ['trace'] },
    'stays open': { promise: 'the connection stays open' },
  },
  source: { decision: 'a client that is never answered waits for ever, and one bad message is no reason to end a connection' },
  *judge(run) {
    for (const exchange of exchanges(run)) {
      if (exchange.route.handler !== null || exchange.hostile !== undefined) continue
      if (exchange.route.kind === 'bytes' && !run.capabilities.has('binary')) continue
      if (exchange.channel.keys.length === 0) yield* onMute(exchange)
      // What plays with prototypes is ROUTE-05's.
      else if (!ofPrototypes(exchange)) yield* unanswerable(run, exchange)
    }
  },
})

function* unanswerable(
  run: Run,
  exchange: Exchange,
): Generator<Judgment<'one error reply' | 'without a session' | 'its route' | 'its message' | 'no handler' | 'stays open'>> {
  const { conn, errors, alone, over, calls, cut, message } = exchange
  const events = eventsOf(exchange)
  if (cut !== undefined) {
    yield broken('stays open', {
      events: [message.event, cut],
      expected: `${conn.name} to stay open after ${told(exchange)}, which nothing is wired for`,
      observed: `its connection was closed with ${cut.code}`,
    })
  } else if (over !== undefined) yield kept('stays open', message.event, over)
  if (calls.length > 0)
    yield broken('no handler', { events, expected: `no handler for ${told(exchange)}`, observed: fate(exchange) })
  else if (over !== undefined) yield kept('no handler', message.event, over)
  if (over === undefined || !alone || calls.length > 0) return
  const unauthorised = errors.find((each) => each.json?.errorName === 'UnauthorizedError')
  if (exchange.channel.auth?.channel !== false && run.of('begin').every((event) => event.name !== 'session.set')) {
    yield decide('without a session', unauthorised === undefined, {
      events,
      expected: `an UnknownRouteError for ${told(exchange)}`,
      observed: `an UnauthorizedError, as if a handler had been found`,
    })
  }
  if (unauthorised !== undefined) return
  const [error] = errors
  const whole = error?.json?.errorName === 'UnknownRouteError' && surplusOf(error.json, exchange.route.held).length === 0
  yield decide('one error reply', errors.length === 1 && whole, {
    events,
    expected: `exactly one UnknownRouteError for ${told(exchange)}, with nothing else in it`,
    observed: errors.length === 0 ? 'no error reply' : `${errors.map((each) => showWire(each.wire)).join(' and ')}`,
  })
  if (error?.json?.errorName !== 'UnknownRouteError') return
  yield* routeOfReply(exchange, error)
  yield* text(exchange, error)
}

function* routeOfReply(exchange: Exchange, error: Receipt): Generator<Judgment<'its route'>> {
  const { held } = exchange.route
  if (held === undefined || !held.value.isWellFormed()) return
  const carried = error.json?.[held.key]
  yield decide('its route', carried === held.value, {
    events: [exchange.message.event, error.event],
    expected: `${JSON.stringify(held.key)}: ${JSON.stringify(held.value)} in the error reply to ${told(exchange)}`,
    observed: showWire(error.wire),
  })
}

function* text(exchange: Exchange, error: Receipt): Generator<Judgment<'its message'>> {
  const { channel, message } = exchange
  const [key] = channel.keys
  if (key === undefined) return
  const shown = error.json?.error
  const given = message.json !== undefined && Object.hasOwn(message.json, key) ? message.json[key] : undefined
  const value = typeof given === 'string' && given.isWellFormed() ? Array.from(given) : undefined
  const names = typeof shown === 'string' && shown.includes(key)
  const cut = value === undefined || (typeof shown === 'string' && namesCut(shown, value))
  yield decide('its message', names && cut, {
    events: [message.event, error.event],
    expected: `an error text that names ${JSON.stringify(key)}${value === undefined ? '' : ` and of its value ${JSON.stringify(value.slice(0, shownRouteLength).join(''))}, no more`}`,
    observed: `the text ${JSON.stringify(shown)}`,
  })
}

/** Whether a text holds the first 64 code points of a value, as they are or as JSON writes them, and not the 65th behind them. */
function namesCut(shown: string, value: readonly string[]): boolean {
  const forms = (length: number): string[] => {
    const piece = value.slice(0, length).join('')
    return [piece, JSON.stringify(piece).slice(1, -1)]
  }
  const whole = value.length <= shownRouteLength
  return (
    forms(shownRouteLength).some((form) => shown.includes(form)) &&
    (whole || !forms(shownRouteLength + 1).some((form) => shown.includes(form)))
  )
}

/** Where nothing is wired at all nothing can prove absence, so only what came is judged. */
function* onMute({ conn, message, calls }: Exchange): Generator<Judgment<'its message' | 'one error reply'>> {
  if (calls.length > 0 || conn.messages.length !== 1) return
  const errors = conn.received.filter(({ json }) => typeof json?.errorName === 'string')
  const [error] = errors
  if (error === undefined) return
  const shown = error.json?.error
  yield decide('one error reply', errors.length === 1 && error.json?.errorName === 'UnknownRouteError', {
    events: [message.event, ...errors.map((each) => each.event)],
    expected: `exactly one UnknownRouteError for ${showWire(message.wire)} on ${conn.name}, whose channel has nothing wired`,
    observed: errors.map((each) => showWire(each.wire)).join(' and '),
  })
  yield decide('its message', shown === noHandlerMessage, {
    events: [message.event, error.event],
    expected: `the text ${JSON.stringify(noHandlerMessage)}, since ${conn.name}'s channel has no routing key to name`,
    observed: `the text ${JSON.stringify(shown)}`,
  })
}
