/** Sessions (STORE-03): what a record may say by what was set before and beside. */
import { isUndefined, type StoreOp, type Stores } from '../../../run/stores.ts'
import { describe, type Json, sameJson } from '../../../values.ts'
import { recordIn } from './channels.ts'
import { came, type Decision, decided, say, sayAll } from './decision.ts'

/** Every session set and every one found. */
export function* sessions(stores: Stores): Generator<Decision> {
  for (const set of stores.of('set session')) yield* setting(stores, set)
  for (const id of stores.ids) {
    const finds = stores.of('find', id).filter((find) => recordIn(find) !== undefined)
    for (const find of finds) yield* reading(stores, id, find)
    yield* staying(stores, id, finds)
  }
}

function* setting(stores: Stores, set: StoreOp): Generator<Decision> {
  const id = set.args.id as string
  if (typeof set.value !== 'boolean') return
  const told = (expected: string) => ({ ops: [stores.addOf(id), ...stores.winners(id), set], expected, observed: came(set) })
  if (stores.live(id, set) === 'must')
    yield decided('channels', 'STORE-03', 'accepted', set.value, told(`${say(set)} resolves to true: the channel is there`))
  else if (stores.removed(id, set) === 'must' || stores.added(id, set) === 'must not')
    yield decided('channels', 'STORE-03', 'refused', !set.value, told(`${say(set)} resolves to false: there is no such channel`))
}

/** The session of the record an operation was given. */
export function sessionIn(op: StoreOp): Json {
  const session = recordIn(op)?.get('session')
  return session === undefined ? describe(undefined) : session
}

/** A set that may have had an effect. */
const effective = (set: StoreOp): boolean => set.value !== false

/** The sessions that `op` may read, each with the set it comes from; undefined for none set. */
export function readable(stores: Stores, id: string, op: StoreOp): { value: Json; set: StoreOp | undefined }[] {
  const sets = stores.of('set session', id).filter(effective)
  const over = (set: StoreOp | undefined): boolean =>
    sets.some((next) => next.value === true && stores.precedes(next, op) && (set === undefined || stores.precedes(set, next)))
  const begun = sets.filter((set) => !stores.precedes(op, set) && !over(set))
  const none = over(undefined) ? [] : [{ value: describe(undefined), set: undefined }]
  return [...none, ...begun.map((set) => ({ value: set.args.value as Json, set }))]
}

function* reading(stores: Stores, id: string, find: StoreOp): Generator<Decision> {
  const session = sessionIn(find)
  const may = readable(stores, id, find)
  const holds = may.some(({ value }) => sameJson(value, session))
  const others = stores
    .of('set session')
    .filter(
      (set) =>
        set.args.id !== id &&
        effective(set) &&
        stores.precedes(set, find) &&
        !may.some(({ value }) => sameJson(value, set.args.value)),
    )
  const foreign = others.filter((set) => sameJson(set.args.value, session))
  const told = {
    ops: [...may.map(({ set }) => set), ...foreign, find],
    expected: `${say(find)} gives the session ${may.map(({ value }) => (isUndefined(value) ? 'undefined' : JSON.stringify(value))).join(' or ')}`,
    observed: `it gives ${isUndefined(session) ? 'undefined' : JSON.stringify(session)}${foreign.length === 0 ? '' : `, which is what ${sayAll(foreign)} set`}`,
  }
  if (others.length > 0 && (holds || foreign.length > 0)) yield decided('channels', 'STORE-03', 'per channel', holds, told)
  if (!holds && foreign.length > 0) return
  const clause = may.length > 1 ? 'side by side' : may[0]?.set === undefined ? 'none' : 'last'
  yield decided('channels', 'STORE-03', clause, holds, told)
}

/** After sets side by side either may have been the last, but what is read then stays. */
function* staying(stores: Stores, id: string, finds: readonly StoreOp[]): Generator<Decision> {
  for (const [index, later] of finds.entries()) {
    const earlier = finds[index - 1]
    if (earlier === undefined || !stores.precedes(earlier, later)) continue
    const sets = stores.of('set session', id).filter(effective)
    const settled = sets.every((set) => stores.precedes(set, earlier) || stores.precedes(later, set))
    if (!settled || readable(stores, id, earlier).length < 2) continue
    const [was, is] = [sessionIn(earlier), sessionIn(later)]
    yield decided('channels', 'STORE-03', 'stays', sameJson(was, is), {
      ops: [...sets, earlier, later],
      expected: `${say(later)} gives the session that ${say(earlier)} gave: none was set in between`,
      observed: `${JSON.stringify(was)}, then ${JSON.stringify(is)}`,
    })
  }
}
