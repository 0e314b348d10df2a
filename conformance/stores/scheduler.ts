/**
 * Decides in which order the requests of operations that run side by side are made. One request is made at a time and
 * seen through to its answer and to whatever its operation does next, so that a list of choices replays it exactly.
 */
import { AsyncLocalStorage } from 'node:async_hooks'

/** What can go on. */
interface Alternative {
  label: string
  go(): Promise<void>
}

interface Parked extends Alternative {
  /** Undefined where it cannot be told which operation made it. */
  op: number | undefined
}

interface Lane {
  op: number
  label: string
  start(): Promise<void>
  state: 'waiting' | 'running' | 'ended'
}

/** Which operation is running. One for all schedulers: each that there ever was would cost every promise something. */
const current = new AsyncLocalStorage<{ scheduler: Scheduler; op: number }>()

/** What the scheduler tells of. */
export interface SchedulerNotes {
  choice(from: string[], chosen: number): void
  request(op: number | null, name: string): void
}

/** One turn of the event loop: every promise that could go on has gone on. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Orders the requests of one program's operations. */
export class Scheduler {
  readonly #notes: SchedulerNotes
  readonly #choices: readonly number[]
  readonly #parked: Parked[] = []
  #chosen = 0
  #holding = false
  #wake: () => void = () => {}

  constructor(notes: SchedulerNotes, choices: readonly number[]) {
    this.#notes = notes
    this.#choices = choices
  }

  /** Runs one operation: its requests are known by its number. */
  attribute<T>(op: number, operation: () => Promise<T>): Promise<T> {
    return current.run({ scheduler: this, op }, operation)
  }

  /** The surroundings' `request`: made at once, but while operations run side by side only when it is chosen. */
  request<T>(name: string, make: () => Promise<T>): Promise<T> {
    const running = current.getStore()
    const op = running?.scheduler === this ? running.op : undefined
    if (!this.#holding) {
      this.#notes.request(op ?? null, name)
      return make()
    }
    return new Promise<T>((resolve, reject) => {
      const go = async (): Promise<void> => {
        this.#notes.request(op ?? null, name)
        try {
          resolve(await make())
        } catch (error) {
          reject(error)
        }
      }
      this.#parked.push({ op, label: op === undefined ? name : `${op} ${name}`, go })
      this.#wake()
    })
  }

  /** Runs operations side by side until each has ended; `early`: they begin all at once. */
  async together(operations: readonly { op: number; label: string; run(): Promise<void> }[], early = false): Promise<void> {
    this.#holding = true
    const lanes = operations.map(({ op, label, run }): Lane => {
      const lane: Lane = {
        op,
        label: `${op} ${label}`,
        state: 'waiting',
        start: async () => {
          lane.state = 'running'
          await this.attribute(op, run)
          lane.state = 'ended'
          this.#wake()
        },
      }
      return lane
    })
    if (early) {
      for (const lane of lanes) void lane.start()
      await this.#quiet(lanes)
    }
    for (;;) {
      const alternatives = this.#alternatives(lanes)
      if (alternatives.length === 0) break
      await this.#choose(alternatives).go()
      await this.#quiet(lanes)
    }
    this.#holding = false
  }

  /** Makes what operations had asked for and not waited for. */
  async leftovers(): Promise<void> {
    for (let next = this.#parked.shift(); next !== undefined; next = this.#parked.shift()) {
      await next.go()
      await turn()
    }
  }

  #choose(alternatives: readonly Alternative[]): Alternative {
    const chosen = alternatives.length === 1 ? 0 : (this.#choices[this.#chosen++] ?? 0) % alternatives.length
    if (alternatives.length > 1)
      this.#notes.choice(
        alternatives.map(({ label }) => label),
        chosen,
      )
    return alternatives[chosen] as Alternative
  }

  /** In the order of the operations; one that has not begun can begin. What an ended one left behind waits for the end. */
  #alternatives(lanes: readonly Lane[]): Alternative[] {
    const own = lanes.flatMap((lane): Alternative[] =>
      lane.state === 'waiting'
        ? [{ label: lane.label, go: () => this.#begin(lane, lanes) }]
        : lane.state === 'running'
          ? this.#of(lane.op)
          : [],
    )
    return [...own, ...this.#of(undefined)]
  }

  #of(op: number | undefined): Alternative[] {
    return this.#parked
      .filter((each) => each.op === op)
      .map((each) => ({
        label: each.label,
        go: () => {
          this.#parked.splice(this.#parked.indexOf(each), 1)
          return each.go()
        },
      }))
  }

  /** Begins as late as can be: nothing lies between an operation's beginning and its first request. */
  async #begin(lane: Lane, lanes: readonly Lane[]): Promise<void> {
    void lane.start()
    await this.#quiet(lanes)
    const first = this.#of(lane.op)
    if (lane.state === 'running' && first.length > 0) await this.#choose(first).go()
  }

  /** Resolves once every operation that has begun has ended or waits for a request to be made. */
  async #quiet(lanes: readonly Lane[]): Promise<void> {
    for (;;) {
      await turn()
      const waits = (lane: Lane): boolean => lane.state !== 'running' || this.#parked.some(({ op }) => op === lane.op)
      if (lanes.every(waits) || this.#parked.some(({ op }) => op === undefined)) return
      // It waits for something of its own: a request that it does not make through the surroundings.
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      this.#wake = () => {}
    }
  }
}
