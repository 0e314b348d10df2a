/** What a handler is given once a schema has seen its data (VALID-02, VALID-04, VALID-05). */
import { decide, type Judgment, requirement } from '../../requirement.ts'
import { fieldOf, sameTagged, showTagged, taggedLess } from '../../run/route.ts'
import type { Call } from '../../run/run.ts'
import { describe, type Json } from '../../values.ts'
import { fate, told } from '../routing/messages.ts'
import { type Checking, checkings } from './messages.ts'

const callOf = ({ calls, route }: Checking): Call | undefined => calls.find((call) => call.handler === route.handler)

export const valid02 = requirement({
  id: 'VALID-02',
  title: 'The handler is given what the schema returned: defaults, coercions and stripped keys apply',
  level: 'must',
  area: 'validation',
  since: '1.0',
  clauses: {
    defaults: { promise: 'what the schema adds is in the data', needs: ['trace'] },
    coercions: { promise: 'what the schema changes is changed in the data', needs: ['trace'] },
    'stripped keys': { promise: 'what the schema leaves out is not in the data', needs: ['trace'] },
    'just that': {
      promise: 'the handler is given what the schema returned, whatever it is: nothing at all, too',
      needs: ['trace'],
    },
  },
  source: { decision: 'a schema says what data is, not only whether it will do; every schema library works so' },
  *judge(run) {
    for (const exchange of checkings(run)) {
      const call = callOf(exchange)
      if (exchange.schema === 'picky') yield* numbered(exchange)
      if (exchange.schema === 'becomes') yield* become(exchange)
      if (exchange.schema !== 'shape' || !('value' in exchange.checked) || call === undefined) continue
      yield* shaped(exchange, call, describe(exchange.checked.value))
    }
  },
})

/** A text of which the schema makes a number. The number names no message: it is looked for among those that came with none. */
function* numbered(exchange: Checking): Generator<Judgment<'coercions'>> {
  const { checked, message, route, strays } = exchange
  if (!('value' in checked) || typeof checked.value !== 'number' || typeof route.data !== 'string') return
  const wanted = describe(checked.value)
  const call =
    callOf(exchange) ?? strays.find(({ handler, enter }) => handler === route.handler && sameTagged(enter.data, wanted))
  if (call === undefined) return
  yield decide('coercions', sameTagged(call.enter.data, wanted), {
    events: [message.event, call.enter],
    expected: `${call.handler} to be given ${checked.value} of ${told(exchange)}`,
    observed: `it was given ${showTagged(call.enter.data)}`,
  })
}

/** A value in the place of the message's data. It names no message: it is looked for among those that came with none. */
function* become(exchange: Checking): Generator<Judgment<'just that'>> {
  const { checked, message, route, strays, alone, over } = exchange
  if (!('value' in checked)) return
  const wanted = describe(checked.value)
  const other = strays.filter(({ handler }) => handler === route.handler)
  const same = other.find(({ enter }) => sameTagged(enter.data, wanted))
  const call = callOf(exchange) ?? same ?? (alone && other.length === 1 ? other[0] : undefined)
  if (call === undefined && (!alone || over === undefined)) return
  yield decide('just that', call !== undefined && sameTagged(call.enter.data, wanted), {
    events: [message.event, call?.enter, over],
    expected: `${route.handler} to be given ${showTagged(wanted)}, which the schema made of ${told(exchange)}`,
    observed: call === undefined ? fate(exchange) : `it was given ${showTagged(call.enter.data)}`,
  })
}

function* shaped(exchange: Checking, call: Call, wanted: Json): Generator<Judgment<'defaults' | 'coercions' | 'stripped keys'>> {
  const { data } = call.enter
  const sent = exchange.message.json ?? {}
  const finding = {
    events: [exchange.message.event, call.enter],
    expected: `${call.handler} to be given ${showTagged(wanted)} of ${told(exchange)}`,
    observed: `it was given ${showTagged(data)}`,
  }
  const same = (key: string): boolean => sameTagged(fieldOf(data, key) ?? null, fieldOf(wanted, key) ?? null)
  if (!Object.hasOwn(sent, 'size')) yield decide('defaults', same('size'), finding)
  if (typeof sent.count === 'string') yield decide('coercions', same('count'), finding)
  const extra = Object.keys(sent).filter((key) => key !== 'action' && fieldOf(wanted, key) === undefined)
  if (extra.length > 0)
    yield decide(
      'stripped keys',
      extra.every((key) => fieldOf(data, key) === undefined),
      finding,
    )
}

export const valid04 = requirement({
  id: 'VALID-04',
  title: 'The schema sees the data less the routing key',
  level: 'must',
  area: 'validation',
  since: '1.0',
  clauses: {
    'less the routing key': { promise: 'the schema is given exactly the message less its routing key', needs: ['trace'] },
  },
  source: {
    decision: 'a schema that refuses unknown keys must not have to name the routing key, which is none of the function’s',
  },
  *judge(run) {
    for (const exchange of checkings(run)) {
      const call = callOf(exchange)
      const saw = exchange.schema !== 'seen' || call === undefined ? undefined : fieldOf(call.enter.data, 'saw')
      if (saw === undefined) continue
      yield decide('less the routing key', sameTagged(saw, exchange.route.data), {
        events: [exchange.message.event, call?.enter],
        expected: `the schema to be given ${showTagged(exchange.route.data)} of ${told(exchange)}`,
        observed: `it was given ${showTagged(saw)}`,
      })
    }
  },
})

export const valid05 = requirement({
  id: 'VALID-05',
  title: 'Without a schema the data passes as it came',
  level: 'must',
  area: 'validation',
  since: '1.0',
  clauses: { 'as it came': { promise: 'a handler without an input schema is given its data unchanged', needs: ['trace'] } },
  source: { decision: 'types are erased when the code runs, so without a schema there is nothing to validate by' },
  *judge(run) {
    for (const exchange of checkings(run)) {
      const call = callOf(exchange)
      if (exchange.schema !== 'free' || call === undefined) continue
      yield decide('as it came', sameTagged(taggedLess(call.enter.data, exchange.route.key), exchange.route.data), {
        events: [exchange.message.event, call.enter],
        expected: `${call.handler} to be given ${showTagged(exchange.route.data)} of ${told(exchange)}`,
        observed: `it was given ${showTagged(call.enter.data)}`,
      })
    }
  },
})
