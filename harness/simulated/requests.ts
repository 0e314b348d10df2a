/** Requests of invocations to stores and gateway: each a task, some of which fail as a program asks. */
import type { UnnumberedTraceEvent } from '../../spec/history.ts'
import type { PlatformCommand, StoreRequests } from '../../spec/platform.ts'
import type { Simulation } from '../../spec/simulation.ts'
import type { RequestGuard } from '../gateway/index.ts'
import { requestPatience } from './patience.ts'

/** Whose a request is. */
export class Requester {
  /** For people, and for the schedule: `message 3`. */
  readonly by: string
  readonly invocation: number | undefined
  readonly counts: StoreRequests = { get: 0, query: 0, write: 0, scan: 0 }
  readonly guard: RequestGuard | undefined
  #dead = false

  /** An invocation, or somebody else who asks the stores. */
  constructor(by: string, invocation?: number, guard?: RequestGuard) {
    this.by = by
    this.invocation = invocation
    this.guard = guard
    void guard?.struck.then(() => {
      this.#dead = true
    })
  }

  /** It was killed: what it has asked for and not been given is never carried out. */
  get dead(): boolean {
    return this.#dead
  }
}

/** A request to a store. */
export interface StoreRequest {
  readonly kind: 'get' | 'query' | 'write'
  readonly name: string
  readonly about: string
}

type StoreFault = Extract<PlatformCommand, { do: 'stores' }>['fault']

/** Makes the requests of one simulated system. */
export class SimulatedRequests {
  readonly #simulation: Simulation
  readonly #note: (event: UnnumberedTraceEvent) => void
  #faults: { fault: StoreFault; times: number } | undefined

  constructor(simulation: Simulation, note: (event: UnnumberedTraceEvent) => void) {
    this.#simulation = simulation
    this.#note = note
  }

  /** The next so many requests to the stores fail so, each of them once; 0 ends it. */
  fail(fault: StoreFault, times: number): void {
    // What is slow is the schedule's to say.
    this.#faults = times === 0 || fault === 'slow' ? undefined : { fault, times }
  }

  /** A request to a store, made again as its client does where it was refused or its answer lost. */
  store<T>(of: Requester, request: StoreRequest, make: () => Promise<T>): Promise<T> {
    of.counts[request.kind]++
    return guarded(of, request.name, async () => {
      const fault = this.#takeFault()
      // A batch of a memory store's is a request for each item: what is left of it comes again by itself.
      if (fault !== undefined) await this.#task(of, request, fault === 'answer lost' ? make : undefined, fault)
      return (await this.#task(of, request, make, undefined)) as T
    })
  }

  /** A request to the gateway, or to what defers work. */
  gateway<T>(of: Requester, name: string, make: () => T): Promise<T> {
    const { by } = of
    const carryOut = (): T | Promise<T> => (of.dead ? never() : make())
    return guarded(of, name, () => this.#simulation.task(`${by}: ${name}`, carryOut, { by, patience: requestPatience }))
  }

  #task<T>(
    of: Requester,
    { name, about }: StoreRequest,
    make: (() => Promise<T>) | undefined,
    fault: StoreFault | undefined,
  ): Promise<T | undefined> {
    const { by, invocation } = of
    const carryOut = (): Promise<T> | undefined => {
      if (of.dead) return never()
      this.#note({
        ...{ at: 'server', kind: 'request', request: name, about },
        ...(invocation === undefined ? {} : { invocation }),
        ...(fault === undefined ? {} : { fault }),
      })
      return make?.()
    }
    return this.#simulation.task(`${by}: ${name} ${about}`, carryOut, { by, patience: requestPatience })
  }

  #takeFault(): StoreFault | undefined {
    const faults = this.#faults
    if (faults === undefined) return undefined
    faults.times--
    if (faults.times <= 0) this.#faults = undefined
    return faults.fault
  }
}

function guarded<T>({ guard }: Requester, name: string, make: () => Promise<T>): Promise<T> {
  return guard === undefined ? make() : guard.request(name, make)
}

function never<T>(): Promise<T> {
  return new Promise(() => {})
}
