/** What the judgments of routing share: which messages are whose, and how they are told of. */
import type { HistoryEvent } from '../../history.ts'
import { broken, type Judgment, kept } from '../../requirement.ts'
import { type Exchange, exchanges, reached } from '../../run/exchanges.ts'
import { showTagged } from '../../run/route.ts'
import type { Run } from '../../run/run.ts'
import { showWire } from '../../wire.ts'

/** The channel whose handlers are plain functions: ROUTE-10 judges it, and nobody else. */
const plainChannel = 'open'

const prototypeNames: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype))

/** Whether a name is one that every object inherits (ROUTE-05). */
export const isPrototypeName = (name: string | undefined): boolean => name !== undefined && prototypeNames.has(name)

/** Whether a message plays with prototypes: by a routing value that every object inherits, or by a `__proto__` property. */
export function ofPrototypes({ route, message }: Exchange): boolean {
  if (isPrototypeName(route.held?.value)) return true
  return message.json !== undefined && Object.hasOwn(message.json, '__proto__')
}

/** Messages whose routing says something to ROUTE-01 to ROUTE-09: no hostile ones, none of `open`. */
export function ordinary(run: Run): Exchange[] {
  return exchanges(run).filter(
    ({ channel, hostile }) => channel.name !== plainChannel && (hostile === undefined || hostile === 'broken'),
  )
}

/** Messages of the channel of plain functions. */
export function toPlain(run: Run): Exchange[] {
  return exchanges(run).filter(({ channel, hostile }) => channel.name === plainChannel && hostile === undefined)
}

/** Whether a handler has an input schema, so that what it is given is VALID's to judge. */
export const isValidated = ({ channel, route }: Exchange): boolean => channel.validated?.includes(route.handler ?? '') ?? false

/** A message in words. */
export const told = ({ message, conn }: Exchange): string =>
  `${conn.name}'s message ${showWire(message.wire)} (step ${message.step ?? '?'})`

/** What became of a message, in words. */
export function fate({ calls, errors, strays }: Exchange): string {
  if (calls.length > 0) return `it went to ${calls.map((call) => call.handler).join(' and ')}`
  const [error] = errors
  if (error !== undefined) return `no handler was given it, and the reply was ${showWire(error.wire)}`
  const [stray] = strays
  if (stray === undefined) return 'no handler was given it'
  return `no handler was given it; ${stray.handler} was given ${showTagged(stray.enter.data)}`
}

/** The events of an exchange, in the order to be read. */
export function eventsOf({ message, calls, errors, strays, over }: Exchange): (HistoryEvent | undefined)[] {
  const handled = calls.length > 0 ? calls : strays.slice(0, 1)
  return [message.event, ...handled.map((call) => call.enter), ...errors.map((receipt) => receipt.event), over]
}

/** Whether a message came where it must, as one clause. */
export function* arrival<C extends string>(clause: C, exchange: Exchange): Generator<Judgment<C>> {
  const came = reached(exchange)
  if (came === 'yes') yield kept(clause, exchange.message.event, exchange.calls[0]?.enter)
  else if (came === 'no') {
    yield broken(clause, {
      events: eventsOf(exchange),
      expected: `${exchange.route.handler ?? 'no handler'} for ${told(exchange)}`,
      observed: fate(exchange),
    })
  }
}
