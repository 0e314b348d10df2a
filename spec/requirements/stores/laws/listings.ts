/** Whom a topic lists (STORE-05 to STORE-08, STORE-10): for every listing, each channel of the program and each listed. */
import type { StoreOp, Stores } from '../../../run/stores.ts'
import { came, type Decision, decided, open, say, sayAll } from './decision.ts'

/** One channel and one listing, with what may have changed its subscription by then. */
interface Entry {
  stores: Stores
  list: StoreOp
  topic: string
  id: string
  /** How often it was listed, on how many pages in all. */
  times: number
  pages: number
  /** Subscribes and unsubscribes that began before the listing had ended. */
  subscribes: readonly StoreOp[]
  unsubscribes: readonly StoreOp[]
}

/** Every listing of a topic. */
export function* listings(stores: Stores): Generator<Decision> {
  for (const list of stores.of('subscribers')) {
    if (!Array.isArray(list.value)) continue
    const topic = list.args.topic as string
    const pages = list.value as string[][]
    const listed = pages.flat()
    for (const id of new Set([...stores.ids, ...listed])) {
      const begun = (op: StoreOp): boolean => !stores.precedes(list, op)
      const subscribes = stores.on('subscribe', topic, id).filter(begun)
      const unsubscribes = stores.on('unsubscribe', topic, id).filter(begun)
      const times = listed.filter((each) => each === id).length
      yield* entry({ stores, list, topic, id, times, pages: pages.length, subscribes, unsubscribes })
    }
  }
}

function* entry(of: Entry): Generator<Decision> {
  yield* oftener(of)
  const { stores, list, id, subscribes, times } = of
  if (subscribes.length === 0) yield* stranger(of)
  else if (stores.removed(id, list) === 'must') yield* closed(of)
  else if (subscribes.some((each) => stores.overlap(each, list))) return
  else if (stores.added(id, list) === 'must not')
    yield decided('topics', 'STORE-06', 'lists nobody refused', times === 0, told(of, 'does not list', 'nobody had added it'))
  else if (stores.removed(id, list) !== 'must not') return
  else if (stores.expired(id, list) === 'must') {
    if (subscribed(of) || times > 0)
      yield decided('topics', 'STORE-10', 'not listed', times === 0, told(of, 'does not list', 'it has expired'))
  } else if (subscribed(of) && stores.live(id, list) === 'must') yield* missed(of)
  else yield* undone(of)
}

/** What is expected of an entry, with what it rests on. */
function told({ stores, list, id, subscribes, unsubscribes, times }: Entry, does: string, why: string) {
  const observed = times === 0 ? 'it is not listed' : times === 1 ? 'it is listed' : `it is listed ${times} times`
  return {
    ops: [stores.addOf(id), ...subscribes, ...unsubscribes, ...stores.winners(id), list],
    expected: `${say(list)} ${does} ${JSON.stringify(id)}: ${why}`,
    observed: `${observed}; ${came(list)}`,
  }
}

/** Told that it was subscribed, of a channel that there may have been: any other should have been refused (STORE-06). */
function effective(stores: Stores, subscribe: StoreOp): boolean {
  return subscribe.value === true && stores.live(subscribe.args.id as string, subscribe) !== 'must not'
}

/** Subscribed before the listing began, and until it had ended. */
function subscribed({ stores, list, subscribes, unsubscribes }: Entry): boolean {
  return subscribes.some(
    (sub) => effective(stores, sub) && stores.precedes(sub, list) && unsubscribes.every((un) => stores.precedes(un, sub)),
  )
}

/** Nobody is listed twice, unless it came back while the listing went on. */
function* oftener(of: Entry): Generator<Decision> {
  const { stores, list, subscribes, unsubscribes, times } = of
  if (times === 0 || [...subscribes, ...unsubscribes].some((each) => stores.overlap(each, list))) return
  const [requirement, clause] = subscribes.length > 1 ? ['STORE-06', 'listed once'] : ['STORE-08', 'once']
  yield decided('topics', requirement, clause, times === 1, told(of, 'lists', 'once'))
}

function* stranger(of: Entry): Generator<Decision> {
  const elsewhere = of.stores.of('subscribe', of.id).filter(({ value }) => value === true)
  if (of.times === 0 && elsewhere.length === 0) return
  yield decided(
    'topics',
    'STORE-08',
    'nobody else',
    of.times === 0,
    told(of, 'does not list', 'nobody subscribed it to this topic'),
  )
}

/** STORE-05. A subscribe that is still under way may be seen until it is refused. */
function* closed(of: Entry): Generator<Decision> {
  const { stores, list, id, subscribes, times } = of
  const remove = stores.winners(id).find((each) => stores.precedes(each, list))
  if (remove === undefined) return
  const clause = subscribes.some((each) => stores.overlap(each, remove))
    ? 'subscribed beside'
    : subscribes.some((each) => stores.precedes(each, remove))
      ? 'subscribed before'
      : 'subscribed afterwards'
  if (subscribes.some((each) => stores.overlap(each, list))) yield open('topics', 'STORE-05', clause)
  else yield decided('topics', 'STORE-05', clause, times === 0, told(of, 'does not list', `${say(remove)} had removed it`))
}

/** STORE-08, and a subscribe that follows an unsubscribe. */
function* missed(of: Entry): Generator<Decision> {
  const { stores, list, topic, times, pages, unsubscribes } = of
  const why = told(of, 'lists', 'it was subscribed before and until the end')
  if (unsubscribes.length > 0 && pages < 2) {
    yield decided('topics', 'STORE-07', 'subscribed again', times > 0, why)
    return
  }
  yield decided('topics', 'STORE-08', 'each', times > 0, why)
  if (pages > 1) yield decided('topics', 'STORE-08', 'across pages', times > 0, why)
  const others = stores.ops.filter(
    (op) =>
      stores.overlap(op, list) &&
      op.args.id !== of.id &&
      ((op.args.topic === topic && (op.name === 'subscribe' || op.name === 'unsubscribe')) || op.name === 'remove'),
  )
  if (others.length > 0)
    yield decided('topics', 'STORE-08', 'while others change', times > 0, { ...why, ops: [...why.ops, ...others] })
}

/** STORE-07: after an unsubscribe, one is enough for any number of subscribes. */
function* undone(of: Entry): Generator<Decision> {
  const { stores, list, subscribes, unsubscribes, times } = of
  const over = unsubscribes.filter((un) => stores.precedes(un, list) && subscribes.every((sub) => stores.precedes(sub, un)))
  if (over.length === 0) return
  const effects = subscribes.filter((sub) => effective(stores, sub))
  if (effects.length === 0) return
  const [requirement, clause] =
    effects.length > 1 ? ['STORE-06', 'undone at once'] : ['STORE-07', over.length > 1 ? 'twice' : 'takes away']
  yield decided(
    'topics',
    requirement,
    clause,
    times === 0,
    told(of, 'does not list', `${sayAll(over)} came after all subscribes`),
  )
}
