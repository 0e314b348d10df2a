/** Messages that are no JSON object: other text, other JSON, bytes (ROUTE-07, ROUTE-08, ROUTE-09). */
import { broken, decide, type Judgment, kept, requirement } from '../../requirement.ts'
import type { Exchange } from '../../run/exchanges.ts'
import { sameTagged, showTagged } from '../../run/route.ts'
import type { Run } from '../../run/run.ts'
import type { Tagged } from '../../values.ts'
import { showWire } from '../../wire.ts'
import { arrival, eventsOf, fate, isValidated, ordinary, told } from './messages.ts'

export const route07 = requirement({
  id: 'ROUTE-07',
  title: 'Text that is not JSON reaches onMessage as that string (also the empty string)',
  level: 'must',
  area: 'routing',
  since: '1.0',
  clauses: {
    'as that string': { promise: 'text that is not JSON reaches onMessage, character for character', needs: ['trace'] },
    'the empty string': { promise: 'so does an empty text', needs: ['trace'] },
  },
  source: {
    decision: 'protocols that are not JSON have to be possible, and nothing a client says may be dropped without a word',
  },
  *judge(run) {
    for (const exchange of ordinary(run)) {
      if (exchange.route.kind !== 'no JSON') continue
      yield* unrouted(exchange.route.data === '' ? 'the empty string' : 'as that string', exchange)
    }
  },
})

const jsonClauses = { array: 'arrays', string: 'strings', number: 'numbers', boolean: 'booleans', null: 'null' } as const

export const route08 = requirement({
  id: 'ROUTE-08',
  title: 'JSON arrays, strings, numbers, booleans and null reach onMessage as parsed',
  level: 'must',
  area: 'routing',
  since: '1.0',
  clauses: {
    arrays: { promise: 'a JSON array reaches onMessage as parsed', needs: ['trace'] },
    strings: { promise: 'a JSON string reaches onMessage without its quotes', needs: ['trace'] },
    numbers: { promise: 'a JSON number reaches onMessage as a number', needs: ['trace'] },
    booleans: { promise: 'true and false reach onMessage as booleans', needs: ['trace'] },
    null: { promise: 'null reaches onMessage as null', needs: ['trace'] },
  },
  source: { decision: 'only objects can hold a routing key, and any JSON is a message a client may send' },
  *judge(run) {
    for (const exchange of ordinary(run)) {
      const { kind } = exchange.route
      if (kind !== 'object' && kind !== 'no JSON' && kind !== 'bytes') yield* unrouted(jsonClauses[kind], exchange)
    }
  },
})

export const route09 = requirement({
  id: 'ROUTE-09',
  title: 'A binary message reaches onMessage as a Uint8Array of the same bytes, or is refused where bytes are not supported',
  level: 'must',
  area: 'routing',
  since: '1.0',
  clauses: {
    'the same bytes': {
      promise: 'a binary message reaches onMessage as a Uint8Array of the same bytes, whatever text they would be',
      capabilities: ['binary'],
      needs: ['trace'],
    },
    refused: {
      promise: 'a binary message closes the connection or is answered with an error, and runs no handler',
      unless: ['binary'],
      needs: ['trace'],
    },
  },
  source: { seed: 'runtime', quote: 'const data = isBinary ? message : decoder.decode(message)' },
  *judge(run) {
    for (const exchange of ordinary(run)) {
      if (exchange.route.kind !== 'bytes') continue
      if (run.capabilities.has('binary')) yield* sameBytes(exchange)
      else yield* refusal(run, exchange)
    }
  },
})

/** Bytes that onMessage was given and nobody had sent: whichever message they were of, it did not arrive as it was sent. */
function* sameBytes(exchange: Exchange): Generator<Judgment<'the same bytes'>> {
  const { conn, calls, strays } = exchange
  const sent = new Set(conn.messages.map(({ wire }) => ('hex' in wire ? wire.hex : undefined)))
  const made = strays.find(({ handler, enter }) => {
    const bytes = handler === 'onMessage' ? bytesOf(enter.data) : undefined
    return bytes !== undefined && !sent.has(bytes)
  })
  if (calls.length > 0 || made === undefined || isValidated(exchange)) yield* unrouted('the same bytes', exchange)
  else {
    yield broken('the same bytes', {
      events: eventsOf({ ...exchange, strays: [made] }),
      expected: `onMessage to be given ${told(exchange)}`,
      observed: `it was given ${showTagged(made.enter.data)}, which nobody had sent`,
    })
  }
}

const bytesOf = (data: Tagged): string | undefined =>
  typeof data === 'object' && data !== null && '$' in data && data.$ === 'bytes' ? String(data.of) : undefined

function* unrouted<C extends string>(clause: C, exchange: Exchange): Generator<Judgment<C>> {
  const { route, calls } = exchange
  if (route.handler !== 'onMessage') return
  // What a picky schema lets through unchanged is still what was sent; what it refuses or changes is VALID's to judge.
  if (isValidated(exchange) && calls.length === 0) return
  const [call] = calls
  if (call === undefined || call.handler !== 'onMessage') {
    yield* arrival(clause, exchange)
    return
  }
  yield decide(clause, sameTagged(call.enter.data, route.data), {
    events: eventsOf(exchange),
    expected: `onMessage to be given ${showTagged(route.data)} of ${told(exchange)}`,
    observed: `it was given ${showTagged(call.enter.data)}`,
  })
}

function* refusal(run: Run, exchange: Exchange): Generator<Judgment<'refused'>> {
  const { conn, message, calls, strays, errors, over, alone } = exchange
  const onlyBytes = conn.messages.every((each) => each.fence || 'hex' in each.wire)
  const ran = calls[0] ?? (onlyBytes ? strays[0] : undefined)
  const finding = {
    events: eventsOf(exchange),
    expected: `the connection closed or an error for ${told(exchange)}, and no handler: bytes are not declared`,
  }
  if (ran !== undefined) {
    yield broken('refused', { ...finding, observed: `${ran.handler} was given ${showTagged(ran.enter.data)}` })
    return
  }
  const closed = conn.closed !== undefined && conn.ending === conn.closed && run.before(message.event, conn.closed) === 'yes'
  if (closed || errors.length > 0) yield kept('refused', message.event, conn.closed, errors[0]?.event)
  else if (over !== undefined && alone) {
    yield broken('refused', { ...finding, observed: `${showWire(message.wire)} was passed over in silence; ${fate(exchange)}` })
  }
}
