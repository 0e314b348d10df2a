/** One worker process, seen from the platform. */
import { type ChildProcess, fork } from 'node:child_process'
import type { Invocation, InvokeAnswer } from '../invocation.ts'
import type { FromWorker, ToWorker, WorkerSetup } from './worker-messages.ts'

/** The last lines a dying worker wrote are worth this many characters. */
const outputKept = 2_000

/** What the platform's side does about what a worker tells. */
export interface WorkerEars {
  trace(worker: WorkerProcess, event: Extract<FromWorker, { trace: unknown }>['trace']): void
  gate(worker: WorkerProcess, name: string): void
  ask(question: { defer: string } | { question: unknown }): Promise<unknown>
  heard(report: unknown): void
  /** It is to be killed, or has died by itself: it is given nothing any more. */
  lost(worker: WorkerProcess): void
}

/** Workers that still run: none may outlive the platform's process. */
const living = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL')
})

/** A worker and what it still owes. */
export class WorkerProcess {
  readonly name: string
  /** Resolves once its module is loaded. Rejects where that fails, or where it dies before. */
  readonly ready: Promise<void>
  /** Resolves once it has died. */
  readonly dead: Promise<void>
  state: 'starting' | 'ready' | 'dead' = 'starting'
  /** It is to be killed at a request of an invocation it has been given, or behind that. */
  doomed = false
  /** Its module could not be loaded. */
  failed = false
  readonly #child: ChildProcess
  readonly #owed = new Map<number, (answer: InvokeAnswer) => void>()
  readonly #reached = new Map<number, () => Promise<void>>()
  readonly #ears: WorkerEars
  #ids = 0
  #output = ''

  /** @param file the main program of a worker, with its module */
  constructor(name: string, file: string, setup: WorkerSetup, ears: WorkerEars) {
    this.name = name
    this.#ears = ears
    this.#child = fork(file, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] })
    living.add(this.#child)
    const keep = (chunk: Buffer): void => {
      this.#output = (this.#output + chunk.toString('utf8')).slice(-outputKept)
    }
    this.#child.stdout?.on('data', keep)
    this.#child.stderr?.on('data', keep)
    this.dead = this.#death()
    this.ready = new Promise((resolve, reject) => {
      this.#child.on('message', (message: FromWorker) => this.#hear(message, resolve, reject))
      void this.dead.then(() => reject(new Error(`a worker ended before it was ready: ${this.#output.trim()}`)))
    })
    // Whoever waits for a worker is told; nobody has to be.
    this.ready.catch(() => {})
    this.#send({ setup })
  }

  // A process has exited when it has, but what it wrote before is heard only until the channel ends: both are awaited.
  async #death(): Promise<void> {
    const child = this.#child
    const ended = Promise.all(
      ['exit', 'disconnect'].map((event) => new Promise<void>((resolve) => child.once(event, () => resolve()))),
    )
    await Promise.race([ended, new Promise<void>((resolve) => child.once('error', () => resolve()))])
    this.#lose()
    living.delete(child)
    for (const resolve of this.#owed.values()) resolve({ outcome: 'killed' })
    this.#owed.clear()
  }

  #lose(): void {
    if (this.state === 'dead') return
    this.state = 'dead'
    this.#ears.lost(this)
  }

  /** Has it handle an event; `killed` where it dies before it has answered. */
  invoke({ reached, ...invocation }: Invocation): Promise<InvokeAnswer> {
    if (reached !== undefined) this.#reached.set(invocation.invocation, reached)
    return this.#ask((id) => ({ id, invoke: invocation })).finally(() => this.#reached.delete(invocation.invocation))
  }

  /** Moves its clock on; resolves once that is done. */
  async advance(milliseconds: number): Promise<void> {
    await this.#ask((id) => ({ id, advance: milliseconds }))
  }

  /** How much it is at: what would die with it. */
  get busy(): number {
    return this.#owed.size
  }

  openGate(name: string): void {
    this.#send({ gate: name })
  }

  tell(message: unknown): void {
    this.#send({ tell: message })
  }

  /** Kills it, whatever it is doing. */
  kill(): void {
    this.#lose()
    this.#child.kill('SIGKILL')
  }

  #ask(question: (id: number) => ToWorker): Promise<InvokeAnswer> {
    if (this.state === 'dead') return Promise.resolve({ outcome: 'killed' })
    return new Promise((resolve) => {
      this.#ids += 1
      this.#owed.set(this.#ids, resolve)
      this.#send(question(this.#ids))
    })
  }

  #send(message: ToWorker): void {
    if (this.#child.connected) this.#child.send(message, () => {})
  }

  #hear(message: FromWorker, ready: () => void, failed: (error: Error) => void): void {
    if ('trace' in message) this.#ears.trace(this, message.trace)
    else if ('answers' in message) {
      this.#owed.get(message.answers)?.(message.answer ?? { outcome: 'ok' })
      this.#owed.delete(message.answers)
    } else if ('gate' in message) this.#ears.gate(this, message.gate)
    else if ('reached' in message) void this.#proceed(message.reached)
    else if ('strike' in message) this.kill()
    else if ('report' in message) this.#ears.heard(message.report)
    else if ('ask' in message) void this.#answer(message)
    else if ('failed' in message) {
      this.failed = true
      failed(new Error(message.failed))
      this.kill()
    } else {
      if (this.state === 'starting') this.state = 'ready'
      ready()
    }
  }

  async #proceed(invocation: number): Promise<void> {
    await this.#reached.get(invocation)?.()
    this.#send({ proceed: invocation })
  }

  async #answer({ ask, ...question }: Extract<FromWorker, { ask: number }>): Promise<void> {
    try {
      this.#send({ answers: ask, value: await this.#ears.ask(question) })
    } catch (error) {
      this.#send({ answers: ask, error: error instanceof Error ? error.message : String(error) })
    }
  }
}
