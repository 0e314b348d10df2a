/** What invocations in this process ask of their stores and gateway: counted, made to fail, and where they may end. */
import type { StoreRequest } from '../../adapters/memory-serverless/index.ts'
import type { PlatformCommand, StoreRequests } from '../../spec/platform.ts'
import { type Invocation, type InvokeAnswer, type RequestGuard, slow, turns } from '../gateway/index.ts'
import { context, within } from './context.ts'

/** What a request to a store can be made to suffer. */
export type StoreFault = Extract<PlatformCommand, { do: 'stores' }>['fault']

/** An invocation that is asking. */
export interface Asking {
  of: InvocationRequests
  guard: RequestGuard
  counts: StoreRequests
  invocation: number
}

/** The requests of one system's invocations. */
export class InvocationRequests {
  #fault: StoreFault | undefined
  #times = 0
  #elsewhere: ((batch: boolean) => Promise<StoreFault | undefined>) | undefined

  /** Runs an invocation; its answer tells how many requests it made. */
  run(invocation: Invocation, guard: RequestGuard, work: () => Promise<InvokeAnswer>): Promise<InvokeAnswer> {
    const counts = { get: 0, query: 0, write: 0, scan: 0 }
    const asking = { of: this, guard, counts, invocation: invocation.invocation }
    return within({ asking }, async () => {
      const answer = await work()
      return answer.outcome === 'killed' ? answer : { ...answer, requests: counts }
    })
  }

  /** The number of the invocation that is asking. */
  get invocation(): number | undefined {
    return this.#asking?.invocation
  }

  get #asking(): Asking | undefined {
    const { asking } = context()
    return asking?.of === this ? asking : undefined
  }

  /** The next so many requests to the stores fail so. */
  fail(fault: StoreFault, times: number): void {
    this.#fault = fault
    this.#times = times
  }

  /** A request to a store, made again as its client does where it was refused or where its answer was lost. */
  store = <T>({ kind, name }: StoreRequest, make: () => Promise<T>): Promise<T> => {
    this.count(kind)
    return this.#guarded(name, async () => {
      for (;;) {
        // What batches are made of elsewhere: only these can be answered in part.
        const fault = this.takeFault(kind === 'write' && name.startsWith('topics.'))
        if (fault === undefined) return make()
        // What was throttled, or left over of a batch, was not carried out; what lost its answer was.
        if (fault === 'slow') await turns(slow)
        if (fault === 'slow') return make()
        if (fault === 'answer lost') await make()
        else await new Promise((resolve) => setImmediate(resolve))
      }
    })
  }

  /** A request to the gateway, or to what defers work. */
  other<T>(name: string, make: () => T | Promise<T>): Promise<T> {
    return this.#guarded(name, async () => make())
  }

  #guarded<T>(name: string, make: () => Promise<T>): Promise<T> {
    const guard = this.#asking?.guard
    return guard === undefined ? make() : guard.request(name, make)
  }

  /** What the next request to a store has to suffer. @param batch whether it can be answered in part; without, that is spared it */
  takeFault(batch = true): StoreFault | undefined {
    if (this.#times === 0 || (this.#fault === 'partial' && !batch)) return undefined
    this.#times--
    return this.#fault
  }

  /** Whether there are faults left. */
  get faulty(): boolean {
    return this.#times > 0
  }

  /** Has `nextFault` ask another process, which counts them for all. */
  faultsFrom(ask: (batch: boolean) => Promise<StoreFault | undefined>): void {
    this.#elsewhere = ask
  }

  /** `takeFault`, wherever they are counted. */
  async nextFault(batch: boolean): Promise<StoreFault | undefined> {
    return this.#elsewhere === undefined ? this.takeFault(batch) : this.#elsewhere(batch)
  }

  /** Counts a request of the invocation that is asking. */
  count(kind: keyof StoreRequests, items = 1): void {
    const counts = this.#asking?.counts
    if (counts !== undefined) counts[kind] += items
  }
}
