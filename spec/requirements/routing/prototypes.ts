/** What every object inherits was not wired and not sent (ROUTE-05). */
import { broken, decide, type Judgment, kept, requirement } from '../../requirement.ts'
import type { Exchange } from '../../run/exchanges.ts'
import { fieldOf, sameTagged, showTagged } from '../../run/route.ts'
import type { OpRun, Run } from '../../run/run.ts'
import type { Json } from '../../values.ts'
import { showWire } from '../../wire.ts'
import { arrival, eventsOf, fate, isPrototypeName, isValidated, ordinary, told } from './messages.ts'

export const route05 = requirement({
  id: 'ROUTE-05',
  title:
    'Only own properties count: prototype members match nothing that was not wired under their name, and change no prototype',
  level: 'must',
  area: 'routing',
  since: '1.0',
  clauses: {
    'inherited names': { promise: 'a routing value that is only a member of every object matches nothing', needs: ['trace'] },
    'wired names': { promise: 'an action wired under such a name is reached by it', needs: ['trace'] },
    'inherited keys': {
      promise: 'a routing key that a message has only in a `__proto__` property of its own does not count',
      needs: ['trace'],
    },
    'no prototype changes': {
      promise: 'such keys in a message stay properties like any other and change no prototype',
      needs: ['trace'],
    },
  },
  source: { decision: "security: a client must reach nothing that the application did not wire, and change nobody's objects" },
  *judge(run) {
    for (const exchange of ordinary(run)) {
      if (isValidated(exchange)) continue
      const { route, message } = exchange
      const name = route.action ?? route.held?.value
      if (isPrototypeName(name)) {
        if (route.action !== undefined) yield* arrival('wired names', exchange)
        else yield* matchesNothing('inherited names', exchange)
      }
      const inherited =
        message.json !== undefined && Object.hasOwn(message.json, '__proto__') ? message.json['__proto__'] : undefined
      if (inherited === undefined) continue
      if (route.held === undefined && holdsKey(exchange, inherited)) yield* matchesNothing('inherited keys', exchange)
      yield* dataKept(exchange)
    }
    yield* pollution(run)
  },
})

const holdsKey = ({ channel }: Exchange, inherited: Json): boolean =>
  typeof inherited === 'object' && inherited !== null && channel.keys.some((key) => Object.hasOwn(inherited, key))

/** It goes to onMessage, or is answered with an UnknownRouteError. */
function* matchesNothing<C extends string>(clause: C, exchange: Exchange): Generator<Judgment<C>> {
  const { route, calls, alone, over, errors } = exchange
  if (route.handler !== null) {
    yield* arrival(clause, exchange)
    return
  }
  const names = errors.map((error) => error.json?.errorName)
  if (calls.length === 0 && (over === undefined || !alone)) return
  yield decide(clause, calls.length === 0 && names.length === 1 && names[0] === 'UnknownRouteError', {
    events: eventsOf(exchange),
    expected: `no handler and one UnknownRouteError for ${told(exchange)}: nothing is wired under that name`,
    observed: calls.length === 0 && names.length === 0 ? 'no reply at all' : fate(exchange),
  })
}

function* dataKept(exchange: Exchange): Generator<Judgment<'no prototype changes'>> {
  for (const call of exchange.calls) {
    if (call.handler !== exchange.route.handler) continue
    const { data } = call.enter
    const wanted = fieldOf(exchange.route.data, '__proto__')
    const held = fieldOf(data, '__proto__')
    if (wanted === undefined) continue
    yield decide('no prototype changes', held !== undefined && sameTagged(held, wanted), {
      events: eventsOf(exchange),
      expected: `${call.handler} to be given ${showTagged(exchange.route.data)}, with "__proto__" as a property of its own`,
      observed: `it was given ${showTagged(data)}`,
    })
  }
}

/** Whether objects at large have a property that only such a message can have given them. */
function* pollution(run: Run): Generator<Judgment<'no prototype changes'>> {
  const guilty = ordinary(run).find(
    ({ message }) => 'text' in message.wire && /"(__proto__|constructor)".*"polluted"/s.test(message.wire.text),
  )
  if (guilty === undefined) return
  // Its handler is known to run after the step was begun; the sending itself stands between the two.
  const sent = run.invoked(guilty.message.step) ?? guilty.message.event
  for (const call of run.calls) {
    for (const look of call.ops.filter((op) => op.name === 'look')) {
      const polluted = pollutedIn(look)
      if (polluted === undefined || run.before(sent, look.begin) !== 'yes') continue
      if (!polluted) yield kept('no prototype changes', guilty.message.event, look.end)
      else {
        yield broken('no prototype changes', {
          events: [guilty.message.event, look.begin, look.end],
          expected: `no object to gain a property by ${showWire(guilty.message.wire)}`,
          observed: `in ${call.handler} a fresh object had the property "polluted"`,
        })
      }
    }
  }
}

function pollutedIn(look: OpRun): boolean | undefined {
  const polluted = look.end?.value === undefined ? undefined : fieldOf(look.end.value, 'polluted')
  return typeof polluted === 'boolean' ? polluted : undefined
}
