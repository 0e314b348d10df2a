/** Who removed a channel, and what it was given (STORE-04). */
import { isUndefined, type StoreOp, type Stores } from '../../../run/stores.ts'
import { sameJson } from '../../../values.ts'
import { recordIn, unlike } from './channels.ts'
import { came, type Decision, decided, say, sayAll } from './decision.ts'
import { readable, sessionIn } from './sessions.ts'

/** Every remove. */
export function* removals(stores: Stores): Generator<Decision> {
  for (const id of stores.ids) {
    const removes = stores.of('remove', id)
    for (const remove of removes) yield* unknown(stores, id, remove)
    yield* oneOf(stores, id, removes)
    for (const winner of stores.winners(id)) yield* given(stores, id, winner)
  }
}

function* unknown(stores: Stores, id: string, remove: StoreOp): Generator<Decision> {
  if (remove.value === undefined || stores.added(id, remove) !== 'must not') return
  yield decided('channels', 'STORE-04', 'unknown', isUndefined(remove.value), {
    ops: [remove],
    expected: `${say(remove)} resolves to undefined: nobody had added this id`,
    observed: came(remove),
  })
}

function* oneOf(stores: Stores, id: string, removes: readonly StoreOp[]): Generator<Decision> {
  const add = stores.addOf(id)
  const [first] = removes
  if (add === undefined || first === undefined || removes.some(({ value }) => value === undefined)) return
  const winners = stores.winners(id)
  const [winner] = winners
  const ops = [add, ...removes]
  if (winner === undefined) {
    // One that began before the channel was added may have come to nothing.
    if (!removes.some((remove) => stores.precedes(add, remove))) return
    const clause = stores.expired(id, first) === 'must' ? 'an expired one' : 'one'
    yield decided('channels', 'STORE-04', clause, false, {
      ops,
      expected: `${removes.length === 1 ? say(first) : `one of ${sayAll(removes)}`} is given the record`,
      observed: removes.length === 1 ? came(first) : 'all resolved to undefined',
    })
    return
  }
  const told = (others: readonly StoreOp[]) => ({
    ops: [add, winner, ...others],
    expected: `${sayAll(others)} resolves to undefined: ${say(winner)} was the one`,
    observed: `${others.filter((each) => winners.includes(each)).length + 1} were given the record`,
  })
  yield decided('channels', 'STORE-04', stores.expired(id, winner) === 'must' ? 'an expired one' : 'one', true, told([]))
  const beside = removes.filter((each) => each !== winner && stores.overlap(each, winner))
  const later = removes.filter((each) => stores.precedes(winner, each))
  const none = (others: readonly StoreOp[]): boolean => others.every((each) => !winners.includes(each))
  if (beside.length > 0) yield decided('channels', 'STORE-04', 'side by side', none(beside), told(beside))
  if (later.length > 0) yield decided('channels', 'STORE-04', 'again', none(later), told(later))
}

function* given(stores: Stores, id: string, winner: StoreOp): Generator<Decision> {
  const add = stores.addOf(id)
  const record = recordIn(winner)
  if (record === undefined || add === undefined) return
  const wrong = unlike(add, record)
  yield decided('channels', 'STORE-04', 'record', wrong.length === 0, {
    ops: [add, winner],
    expected: `${say(winner)} is given the record as it was added`,
    observed: `its ${wrong.join(' and ')} ${wrong.length === 1 ? 'is' : 'are'} ${wrong.map((field) => JSON.stringify(record.get(field))).join(' and ')}`,
  })
  const may = readable(stores, id, winner)
  const session = sessionIn(winner)
  yield decided(
    'channels',
    'STORE-04',
    'session',
    may.some(({ value }) => sameJson(value, session)),
    {
      ops: [...may.map(({ set }) => set), winner],
      expected: `${say(winner)} is given the session ${may.map(({ value }) => JSON.stringify(value)).join(' or ')}`,
      observed: `it is given ${JSON.stringify(session)}`,
    },
  )
}
