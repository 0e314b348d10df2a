/** Literal histories of store operations, for the tests of STORE: channels of one shape, operations written step by step. */
import { capabilityNames } from '../capabilities.ts'
import type { HistoryEvent, Outcome, UnnumberedTraceEvent } from '../history.ts'
import type { Observation } from '../requirement.ts'
import type { Run } from '../run/run.ts'
import { viewRun } from '../run/view.ts'
import type { StoreOperationName } from '../stores.ts'
import type { Json, Tagged } from '../values.ts'

/** What `undefined` is written as. */
export const nothing: Tagged = { $: 'undefined' }

/** An operation with what it resolves to. */
export type Call = [name: StoreOperationName, args: { [key: string]: Json }, value: Tagged]

const seen: Observation[] = ['stores', 'store pages', 'store residue', 'live reads']

/** A channel as it is added: it expires at 1000. */
export const channel = (id = 'a', of: { [key: string]: Json } = {}): { [key: string]: Json } => ({
  id,
  name: 'n',
  openingData: { x: 1 },
  connectedAt: 0,
  expires: 1000,
  ...of,
})

/** A channel as it is found. */
export const record = (id = 'a', session: Tagged = nothing, of: { [key: string]: Json } = {}): Tagged => ({
  ...channel(id, of),
  session,
})

/** A history under construction; the clock begins at 0. */
export class StoreLiteral {
  readonly events: HistoryEvent[] = []
  #ops = 0
  #now = 0

  #emit(event: UnnumberedTraceEvent): void {
    this.events.push({ ...event, seq: this.events.length, process: 'stores' } as HistoryEvent)
  }

  /** The clock goes on. */
  advance(milliseconds: number): this {
    this.#now += milliseconds
    return this
  }

  begin(name: StoreOperationName, args: { [key: string]: Json }): number {
    const op = this.#ops++
    this.#emit({ at: 'server', kind: 'store begin', op, name, args, now: this.#now })
    return op
  }

  end(op: number, name: StoreOperationName, outcome: Outcome): this {
    this.#emit({ at: 'server', kind: 'store end', op, name, now: this.#now, ...outcome })
    return this
  }

  /** Operations one after another. */
  then(...calls: Call[]): this {
    for (const call of calls) this.beside(call)
    return this
  }

  /** Operations that all begin before any ends. */
  beside(...calls: Call[]): this {
    const begun = calls.map(([name, args]) => this.begin(name, args))
    for (const [index, [name, , value]] of calls.entries()) this.end(begun[index] ?? 0, name, { outcome: 'ok', value })
    return this
  }

  /** An operation that rejects. */
  rejects(name: StoreOperationName, args: { [key: string]: Json }): this {
    return this.end(this.begin(name, args), name, {
      outcome: 'rejected',
      error: { name: 'Error', message: 'no', typeError: false },
    })
  }

  run(): Run {
    return viewRun(this.events, { capabilities: capabilityNames, observes: seen })
  }
}

/** Operations by their shortest names; channel `a`, topic `t` and success where nothing else is said. */
export const ops = {
  add: (value: Tagged = true, id = 'a', of: { [key: string]: Json } = {}): Call => ['add', channel(id, of), value],
  find: (value: Tagged = record(), id = 'a'): Call => ['find', { id }, value],
  set: (of: Json, value: Tagged = true, id = 'a'): Call => ['set session', { id, value: of }, value],
  remove: (value: Tagged = record(), id = 'a'): Call => ['remove', { id }, value],
  sub: (value: Tagged = true, id = 'a', topic = 't'): Call => ['subscribe', { topic, id }, value],
  unsub: (id = 'a', topic = 't'): Call => ['unsubscribe', { topic, id }, nothing],
  list: (pages: Json = [], topic = 't'): Call => ['subscribers', { topic }, pages],
  sweep: (pages: Json = [], now = 0): Call => ['expired', { now }, pages],
  residue: (channels: string[] = [], subscriptions: string[][] = []): Call => ['residue', {}, { channels, subscriptions }],
  reads: (count: number): Call => ['live reads', {}, count],
}
