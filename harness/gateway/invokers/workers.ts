/**
 * Hands events to worker processes: each to any of them, several at a time. A worker that is killed is replaced; what it
 * was handling ends as `killed`.
 */
import type { Capability } from '../../../spec/capabilities.ts'
import type { TraceEvent } from '../../../spec/history.ts'
import type { SteppedClock } from '../clock.ts'
import type { Invocation, InvokeAnswer, Invoker, KillAt } from '../invocation.ts'
import { bundleOf } from './bundle.ts'
import { randomFrom } from './random.ts'
import { type WorkerEars, WorkerProcess } from './worker-process.ts'

/** What workers are started with. */
export interface WorkersOptions {
  /** The URL of the module they host; its default export is a `WorkerModule`. */
  readonly module: string
  readonly count: number
  /** What decides which worker is given which event, and which is killed when. */
  readonly seed: number
  /** About every so many invocations a worker is killed, mostly while it handles one; never where absent. */
  readonly killEvery?: number
  /** What the module is told; JSON. */
  readonly settings?: unknown
  readonly variant?: string
  readonly capabilities: readonly Capability[]
  /** The platform's clock, which those of the workers start from. */
  readonly clock: SteppedClock
  /** Given the trace of every worker, by its name. */
  relay(process: string, event: TraceEvent): void
  /** A script in a worker has opened a gate, which is open in all workers by now. */
  gate?(name: string): void
  /** The platform's `defer`. */
  defer(channelId: string): Promise<void>
  /** Hears what a module reports. */
  heard?(report: unknown): void
  /** Answers what a module asks; both JSON. */
  answer?(question: unknown): Promise<unknown>
}

/** A killed invocation makes no more requests than this many. */
const requestsBeforeKill = 8

/** No worker is killed by chance that handles more than this many: of a crowd nearly all would die with the few. */
const mostTogether = 4

/** Several worker processes. */
export class Workers implements Invoker {
  readonly #options: WorkersOptions
  readonly #file: string
  readonly #ears: WorkerEars
  readonly #random: () => number
  readonly #gates = new Set<string>()
  readonly #dying = new Set<WorkerProcess>()
  #workers: WorkerProcess[] = []
  #names = 0
  #kills = 0
  #stopped = false

  private constructor(options: WorkersOptions, file: string) {
    this.#options = options
    this.#file = file
    this.#random = randomFrom(options.seed)
    this.#ears = {
      trace: ({ name }, event) => options.relay(name, event),
      gate: (from, name) => {
        this.#open(name, from)
        options.gate?.(name)
      },
      heard: (report) => options.heard?.(report),
      ask: async (question) => {
        if ('defer' in question) return options.defer(question.defer)
        if (options.answer === undefined) throw new Error('nobody answers what a worker asks')
        return options.answer(question.question)
      },
      lost: (worker) => this.#replace(worker),
    }
  }

  /** Starts them all. @throws Error where the module cannot be loaded */
  static async start(options: WorkersOptions): Promise<Workers> {
    const workers = new Workers(options, await bundleOf(options.module))
    for (let count = 0; count < options.count; count++) workers.#add()
    try {
      await Promise.all(workers.#workers.map(({ ready }) => ready))
    } catch (error) {
      await workers.stop()
      throw error
    }
    return workers
  }

  /** The names of those that can be given events. */
  get names(): string[] {
    return this.#workers.filter(({ state }) => state === 'ready').map(({ name }) => name)
  }

  /** How many have died. */
  get kills(): number {
    return this.#kills
  }

  assign(): string {
    const able = this.#workers.filter(({ state }) => state === 'ready')
    const unharmed = able.filter(({ doomed }) => !doomed)
    const ready = unharmed.length > 0 ? unharmed : able
    // All of them may just have been killed: their successors take what comes once they are ready.
    const some = ready.length > 0 ? ready : this.#workers.filter(({ state }) => state === 'starting')
    return some[Math.floor(this.#random() * some.length)]?.name ?? 'none'
  }

  async invoke(invocation: Invocation): Promise<InvokeAnswer> {
    const worker = this.#workers.find(({ name }) => name === invocation.worker)
    if (worker === undefined) return { outcome: 'failed', error: 'there is no such worker' }
    const kill = invocation.kill === undefined && worker.busy < mostTogether ? this.#chance() : undefined
    // Whatever comes now had better go elsewhere.
    if (kill !== undefined || invocation.kill !== undefined) worker.doomed = true
    const answer = await worker.invoke(kill === undefined ? invocation : { ...invocation, kill })
    // It has not come as far as that: it dies between two invocations, or in the middle of another.
    if (kill !== undefined && answer.outcome !== 'killed') this.kill(worker.name)
    worker.doomed = false
    return answer
  }

  /** Kills a worker by its name; nothing where it is dead already. */
  kill(name: string): void {
    this.#workers.find((each) => each.name === name)?.kill()
  }

  /** Opens a gate in all workers, those that are yet to start too. */
  openGate(name: string): void {
    this.#open(name)
  }

  /** Moves the clocks of all workers on; the platform's own is moved on before, so that new workers start from it. */
  async advance(milliseconds: number): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.advance(milliseconds)))
  }

  /** Tells all workers something, if they have begun to start. */
  tell(message: unknown): void {
    for (const worker of this.#workers) worker.tell(message)
  }

  /** Kills all of them; resolves once they are dead. */
  async stop(): Promise<void> {
    this.#stopped = true
    for (const worker of this.#workers) worker.kill()
    await Promise.all([...this.#dying].map(({ dead }) => dead))
  }

  #add(): void {
    const { settings, variant, capabilities, clock } = this.#options
    this.#names += 1
    const setup = { settings, variant, capabilities, offset: clock.offset, gates: [...this.#gates] }
    const worker = new WorkerProcess(`worker${this.#names}`, this.#file, setup, this.#ears)
    this.#workers.push(worker)
  }

  #replace(worker: WorkerProcess): void {
    this.#workers = this.#workers.filter((each) => each !== worker)
    this.#dying.add(worker)
    void worker.dead.then(() => this.#dying.delete(worker))
    if (this.#stopped) return
    this.#kills += 1
    // One whose module fails to load would be followed by others to whom the same happens, without end.
    if (!worker.failed) this.#add()
  }

  #open(name: string, from?: WorkerProcess): void {
    this.#gates.add(name)
    for (const worker of this.#workers) if (worker !== from) worker.openGate(name)
  }

  #chance(): KillAt | undefined {
    const { killEvery } = this.#options
    if (killEvery === undefined || this.#random() * killEvery >= 1) return undefined
    const request = 1 + Math.floor(this.#random() * requestsBeforeKill)
    return { request, when: this.#random() < 0.5 ? 'before' : 'after' }
  }
}
