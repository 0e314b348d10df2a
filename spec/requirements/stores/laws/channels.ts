/** Channels that are added and found (STORE-01, STORE-02, and what is not found: STORE-04, STORE-10). */
import { isUndefined, type StoreOp, type Stores } from '../../../run/stores.ts'
import { fieldsOf, sameJson } from '../../../values.ts'
import { came, type Decision, decided, say, sayAll } from './decision.ts'

/** Within this time an id that is closed does not come back (STATELESS-05). Milliseconds. */
const kept = 24 * 3_600_000

/** Every add and every find. */
export function* channels(stores: Stores): Generator<Decision> {
  for (const id of stores.ids) {
    const adds = stores.of('add', id)
    for (const add of adds) yield* adding(stores, id, add)
    yield* atOnce(stores, id, adds)
    for (const find of stores.of('find', id)) {
      yield* finding(stores, id, find)
      yield* contents(stores, id, find)
    }
  }
}

function* adding(stores: Stores, id: string, add: StoreOp): Generator<Decision> {
  if (typeof add.value !== 'boolean') return
  const first = stores.of('add', id).find((each) => each !== add && each.value === true && stores.precedes(each, add))
  if (first !== undefined) {
    if ((add.end?.now ?? 0) - first.begin.now > kept) return
    const remove = stores.winners(id).find((each) => stores.precedes(each, add))
    yield decided('channels', 'STORE-02', remove === undefined ? 'twice' : 'removed', add.value === false, {
      ops: [first, remove, add],
      expected: `${say(add)} resolves to false: ${say(first)} had added it${remove === undefined ? '' : ` and ${say(remove)} removed it`}`,
      observed: came(add),
    })
    return
  }
  const others = [...stores.of('add', id), ...stores.of('remove', id)].filter((each) => each !== add)
  if (others.every((each) => stores.precedes(add, each)))
    yield decided('channels', 'STORE-01', 'added', add.value === true, {
      ops: [add],
      expected: `${say(add)} resolves to true: nobody had this id before`,
      observed: came(add),
    })
}

/** Adds of one id that run side by side: one of them is the one. */
function* atOnce(stores: Stores, id: string, adds: readonly StoreOp[]): Generator<Decision> {
  if (adds.some(({ value }) => typeof value !== 'boolean')) return
  const beside = adds.filter((add) => adds.some((each) => each !== add && stores.overlap(add, each)))
  const earlier = adds.some((add) => !beside.includes(add) && beside.some((each) => stores.precedes(add, each)))
  if (beside.length < 2 || earlier || !beside.every((a) => beside.every((b) => stores.overlap(a, b)))) return
  const told = beside.filter(({ value }) => value === true)
  const undisturbed = stores.of('remove', id).every((remove) => beside.every((add) => stores.precedes(add, remove)))
  if (told.length === 0 && !undisturbed) return
  yield decided('channels', 'STORE-02', 'side by side', told.length === 1, {
    ops: beside,
    expected: `one of ${sayAll(beside)}, which ran side by side, resolves to true`,
    observed: told.length === 0 ? 'none did' : `${told.length} did`,
  })
}

function* finding(stores: Stores, id: string, find: StoreOp): Generator<Decision> {
  if (find.value === undefined) return
  const found = !isUndefined(find.value)
  const told = (expected: string, ...ops: (StoreOp | undefined)[]) => ({ ops: [...ops, find], expected, observed: came(find) })
  const add = stores.addOf(id)
  const removed = stores.removed(id, find)
  if (stores.live(id, find) === 'must')
    yield decided('channels', 'STORE-01', 'found', found, told(`${say(find)} finds the channel that was added`, add))
  else if (stores.added(id, find) === 'must not')
    yield decided('channels', 'STORE-01', 'unknown', !found, told(`${say(find)} finds nothing: nobody had added this id`))
  else if (removed === 'must') {
    const [remove] = stores.winners(id)
    const why = remove === undefined ? '' : `: ${say(remove)} had removed it`
    yield decided('channels', 'STORE-04', 'gone', !found, told(`${say(find)} finds nothing${why}`, remove))
  } else if (removed === 'must not' && stores.expired(id, find) === 'must')
    yield decided('channels', 'STORE-10', 'not found', !found, told(`${say(find)} finds nothing: the channel has expired`, add))
}

const parts = [
  ['opening data', 'openingData'],
  ['channel name', 'name'],
  ['times', 'connectedAt'],
  ['times', 'expires'],
] as const

/** What a record says must be what was added. */
function* contents(stores: Stores, id: string, find: StoreOp): Generator<Decision> {
  const add = stores.addOf(id)
  const record = recordIn(find)
  if (add === undefined || record === undefined) return
  for (const [clause, field] of parts)
    yield decided('channels', 'STORE-01', clause, sameJson(record.get(field), add.args[field]), {
      ops: [add, find],
      expected: `${say(find)} gives ${field} ${JSON.stringify(add.args[field])}, as added`,
      observed: `${field} ${JSON.stringify(record.get(field))}`,
    })
}

/** The fields of the record an operation resolved to, if it did. */
export function recordIn({ value }: StoreOp): ReturnType<typeof fieldsOf> {
  return value === undefined || isUndefined(value) ? undefined : fieldsOf(value)
}

/** The fields of a record that are not what was added. */
export function unlike(add: StoreOp, record: NonNullable<ReturnType<typeof fieldsOf>>): string[] {
  return ['id', ...parts.map(([, field]) => field)].filter((field) => !sameJson(record.get(field), add.args[field]))
}
