/** What the judgments of validation share: the messages of `strict`, with what its schemas make of them. */
import { probeChannels } from '../../probe/channels/index.ts'
import { type Checked, strictSchemas } from '../../probe/strict-schemas.ts'
import { broken, decide, type Judgment, kept } from '../../requirement.ts'
import { type Exchange, exchanges } from '../../run/exchanges.ts'
import { surplusOf } from '../../run/route.ts'
import type { Run } from '../../run/run.ts'
import { build, type Tagged } from '../../values.ts'
import { showWire } from '../../wire.ts'
import { eventsOf, fate, told } from '../routing/messages.ts'

/** A message to a handler with a schema. */
export interface Checking extends Exchange {
  /** The schema's name; 'free' where the handler has none. */
  schema: string
  checked: Checked
}

/** Messages of `strict` that are no hostile texts. */
export function checkings(run: Run): Checking[] {
  const strict = probeChannels.get('strict')
  return exchanges(run).flatMap((exchange) => {
    const { channel, route, hostile } = exchange
    if (channel !== strict || route.handler === null || (hostile !== undefined && hostile !== 'broken') || route.kind === 'bytes')
      return []
    const schema = route.action ?? 'picky'
    const check = strictSchemas[schema]
    if (check === undefined) return [{ ...exchange, schema, checked: { value: given(exchange) } }]
    return [{ ...exchange, schema, checked: check(given(exchange)) }]
  })
}

/** What the schema is given: the message's data, as values. */
const given = ({ route }: Exchange): unknown => build(route.data as Tagged)

/** No handler ran, as far as can be told. */
export function* noHandler<C extends string>(clause: C, exchange: Checking, why: string): Generator<Judgment<C>> {
  if (exchange.calls.length === 0 && exchange.over === undefined) return
  yield decide(clause, exchange.calls.length === 0, {
    events: eventsOf(exchange),
    expected: `no handler for ${told(exchange)}: ${why}`,
    observed: fate(exchange),
  })
}

/** The connection stayed open, as far as can be told. */
export function* staysOpen<C extends string>(
  clause: C,
  { message, over, cut, conn }: Exchange,
  why: string,
): Generator<Judgment<C>> {
  if (cut !== undefined) {
    yield broken(clause, {
      events: [message.event, cut],
      expected: `${conn.name} to stay open after ${showWire(message.wire)} (step ${message.step ?? '?'}): ${why}`,
      observed: `its connection was closed with ${cut.code}`,
    })
  } else if (over !== undefined) yield kept(clause, message.event, over)
}

/** Exactly one error reply of this name came, with the message's route. */
export function* oneError<C extends string>(clause: C, exchange: Checking, name: string, text?: string): Generator<Judgment<C>> {
  const { alone, over, calls, errors, route } = exchange
  if (!alone || over === undefined || calls.length > 0) return
  const [error] = errors
  const json = error?.json
  const routed = route.held === undefined || json?.[route.held.key] === route.held.value
  const worded = typeof json?.error === 'string' && (text === undefined || json.error === text)
  const nothingElse = surplusOf(json, route.held).length === 0
  yield decide(clause, errors.length === 1 && json?.errorName === name && routed && worded && nothingElse, {
    events: eventsOf(exchange),
    expected: `exactly one ${name}${text === undefined ? '' : ` that says ${JSON.stringify(text)}`} for ${told(exchange)}${route.held === undefined ? '' : `, with its ${route.held.key}`}`,
    observed: errors.length === 0 ? 'no error reply' : errors.map((each) => showWire(each.wire)).join(' and '),
  })
}
