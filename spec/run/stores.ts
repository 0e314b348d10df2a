/** The operations on stores in a run, and what is certain of a channel while one of them lasts. */
import type { ServerEventOf } from '../history.ts'
import type { StoreOperationName } from '../stores.ts'
import type { Json, Tagged } from '../values.ts'
import type { Expectation, Run } from './run.ts'

/** One operation. */
export interface StoreOp {
  number: number
  name: StoreOperationName
  args: { [key: string]: Json }
  begin: ServerEventOf<'store begin'>
  /** Undefined: it never ended. */
  end?: ServerEventOf<'store end'>
  /** Its requests, in the order in which they were made. */
  requests: readonly ServerEventOf<'store request'>[]
  /** What it resolved to; undefined where it did not. */
  value?: Tagged
}

/** Whether a described value is `undefined`. */
export function isUndefined(value: Tagged | undefined): boolean {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && value.$ === 'undefined'
}

/** The operations of one run, in the order in which they began. */
export class Stores {
  readonly run: Run
  readonly ops: readonly StoreOp[]
  readonly ids: readonly string[]
  readonly topics: readonly string[]
  readonly #byKey = new Map<string, StoreOp[]>()

  constructor(run: Run) {
    this.run = run
    const requests = new Map<number | null, ServerEventOf<'store request'>[]>()
    for (const event of run.of('store request')) {
      const list = requests.get(event.op)
      if (list === undefined) requests.set(event.op, [event])
      else list.push(event)
    }
    const ends = new Map(run.of('store end').map((end) => [end.op, end]))
    this.ops = run.of('store begin').map((begin): StoreOp => {
      const end = ends.get(begin.op)
      const value = end?.outcome === 'ok' ? end.value : undefined
      const { op: number, name } = begin
      const args = begin.args as { [key: string]: Json }
      return { number, name, args, begin, end, requests: requests.get(number) ?? [], value }
    })
    for (const op of this.ops) {
      const key = keyOf(op.name, op.args.topic as string | undefined, op.args.id as string | undefined)
      const list = this.#byKey.get(key)
      if (list === undefined) this.#byKey.set(key, [op])
      else list.push(op)
    }
    this.ids = [...new Set(this.ops.flatMap(({ args }) => (typeof args.id === 'string' ? [args.id] : [])))]
    this.topics = [...new Set(this.ops.flatMap(({ args }) => (typeof args.topic === 'string' ? [args.topic] : [])))]
  }

  /** Every operation of this name on this channel; for subscribes and unsubscribes `on` gives those on one topic. */
  of(name: StoreOperationName, id?: string): readonly StoreOp[] {
    if (name === 'subscribe' || name === 'unsubscribe')
      return this.ops.filter((op) => op.name === name && (id === undefined || op.args.id === id))
    if (id === undefined) return this.ops.filter((op) => op.name === name)
    return this.#byKey.get(keyOf(name, undefined, id)) ?? []
  }

  on(name: 'subscribe' | 'unsubscribe', topic: string, id: string): readonly StoreOp[] {
    return this.#byKey.get(keyOf(name, topic, id)) ?? []
  }

  /** Whether `a` had ended when `b` began. */
  precedes(a: StoreOp, b: StoreOp): boolean {
    return this.run.before(a.end, b.begin) === 'yes'
  }

  /** Whether one may have been under way while the other was. */
  overlap(a: StoreOp, b: StoreOp): boolean {
    return !this.precedes(a, b) && !this.precedes(b, a)
  }

  /** The one add that was told it was the channel's; undefined where none or several were. */
  addOf(id: string): StoreOp | undefined {
    const told = this.of('add', id).filter(({ value }) => value === true)
    return told.length === 1 ? told[0] : undefined
  }

  /** The removes that were given the channel's record; what one was given before any add that may have made it began was not that. */
  winners(id: string): StoreOp[] {
    const given = this.of('remove', id).filter(({ value }) => value !== undefined && !isUndefined(value))
    return given.filter((remove) => this.added(id, remove) !== 'must not')
  }

  /** Whether the channel had been added while `op` lasted. */
  added(id: string, op: StoreOp): Expectation {
    const adds = this.of('add', id)
    if (adds.some((add) => add.value === true && this.precedes(add, op))) return 'must'
    return adds.every((add) => add.value === false || this.precedes(op, add)) ? 'must not' : 'may'
  }

  /** Whether it had been removed. Who is not told that it was the one may return before the one has finished. */
  removed(id: string, op: StoreOp): Expectation {
    const add = this.addOf(id)
    // Whose it was where several were told that they had added it, nobody can say.
    if (this.winners(id).some((remove) => this.precedes(remove, op))) return add === undefined ? 'may' : 'must'
    const vain = (remove: StoreOp): boolean =>
      this.precedes(op, remove) || (add !== undefined && remove.end?.outcome === 'ok' && this.precedes(remove, add))
    return this.of('remove', id).every(vain) ? 'must not' : 'may'
  }

  /** Whether it had expired; at the very millisecond either is right. */
  expired(id: string, op: StoreOp): Expectation {
    const add = this.addOf(id)
    if (add === undefined) return 'may'
    const expires = add.args.expires as number
    if (op.begin.now > expires) return 'must'
    return op.end !== undefined && op.end.now < expires ? 'must not' : 'may'
  }

  /** Whether it was there for as long as `op` lasted. */
  live(id: string, op: StoreOp): Expectation {
    const [added, removed, expired] = [this.added(id, op), this.removed(id, op), this.expired(id, op)]
    if (added === 'must' && removed === 'must not' && expired === 'must not') return 'must'
    return added === 'must not' || removed === 'must' || expired === 'must' ? 'must not' : 'may'
  }
}

const keyOf = (name: string, topic: string | undefined, id: string | undefined): string => JSON.stringify([name, topic, id])

const known = new WeakMap<Run, Stores>()

/** The operations on stores of a run; none for a program of another kind. */
export function storesOf(run: Run): Stores {
  let stores = known.get(run)
  if (stores === undefined) {
    stores = new Stores(run)
    known.set(run, stores)
  }
  return stores
}
