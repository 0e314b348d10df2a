/** A child process that hosts a system, and the questions it still owes answers to. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { HostError, type TraceSink } from '../../conformance/host.ts'
import type { Loaded, RemoteError, Reply, Request } from './messages.ts'

type Ask = Request extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never

/** Resolved from here: the working directory may be a project that has no tsx of its own at hand. */
const tsx = import.meta.resolve('tsx')

/** The last lines a dying child wrote are worth this many characters. */
const outputKept = 2_000

/** Children that still run: none may outlive the kit, however it ends. */
const living = new Set<Child>()
const endAll = (): void => {
  for (const child of living) child.kill()
}
process.on('exit', endAll)
// A signal ends the process without 'exit': the children first, then what the signal would have done.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    endAll()
    process.kill(process.pid, signal)
  })
}

/** The process and the questions it still owes answers to. */
export class Child {
  readonly loaded: Promise<Loaded['loaded']>
  readonly died: Promise<never>
  readonly #process: ChildProcess
  readonly #owed = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>()
  readonly #sinks = new Map<number, TraceSink>()
  /** Started systems that have not been stopped. */
  readonly #running = new Set<number>()
  #ids = 0
  #instances = 0
  #output = ''
  #ending = false

  constructor(reference: string, alone?: 'stores') {
    const main = new URL(import.meta.url.endsWith('.ts') ? './child-main.ts' : './child-main.js', import.meta.url)
    this.#process = fork(fileURLToPath(main), alone === undefined ? [reference] : [reference, alone], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: ['--import', tsx],
      // A process group of its own: whatever the system starts is ended with it.
      detached: true,
    })
    living.add(this)
    const keep = (chunk: Buffer): void => {
      if (process.env.CHANNEL_CONFORMANCE_OUTPUT === '1') process.stderr.write(chunk)
      this.#output = (this.#output + chunk.toString('utf8')).slice(-outputKept)
    }
    this.#process.stdout?.on('data', keep)
    this.#process.stderr?.on('data', keep)
    this.loaded = new Promise((resolve, reject) => {
      this.#process.on('message', (reply: Reply) => this.#hear(reply, resolve, reject))
    })
    this.died = new Promise((_resolve, reject) => {
      this.#process.on('error', (error) => reject(new HostError(`the system ${reference} could not be hosted: ${error.message}`)))
      this.#process.on('exit', (code, signal) => {
        living.delete(this)
        const error = new HostError(
          `the system ${reference} ended by itself with ${signal ?? `exit code ${code}`}${this.#lastWords()}`,
        )
        for (const { reject: fail } of this.#owed.values()) fail(error)
        this.#owed.clear()
        if (!this.#ending) reject(error)
      })
    })
    // Whoever is interested races against these; nobody has to be.
    this.loaded.catch(() => undefined)
    this.died.catch(() => undefined)
  }

  #lastWords(): string {
    const lines = this.#output
      .trim()
      .split('\n')
      .filter((line) => line.trim() !== '')
    const telling = lines.find((line) => /^\w*Error\b.*: /.test(line)) ?? lines.at(-1)
    return telling === undefined ? '' : `; it had written: ${telling.trim()}`
  }

  #hear(reply: Reply, loaded: (of: Loaded['loaded']) => void, failed: (error: unknown) => void): void {
    if ('loaded' in reply) loaded(reply.loaded)
    else if ('failed' in reply) failed(new HostError(reply.failed))
    else if ('trace' in reply) {
      const sink = this.#sinks.get(reply.instance)
      // Each started system numbers its own events, and each process of one does.
      for (const [process, event] of reply.trace) sink?.(`${process}${reply.instance}`, event)
    } else {
      const owed = this.#owed.get(reply.answers)
      this.#owed.delete(reply.answers)
      if ('error' in reply) owed?.reject(rebuilt(reply.error))
      else owed?.resolve(reply.value)
    }
  }

  nextInstance(sink: TraceSink): number {
    const instance = ++this.#instances
    this.#sinks.set(instance, sink)
    this.#running.add(instance)
    return instance
  }

  /** Notes that a system has been stopped. */
  stopped(instance: number): void {
    this.#running.delete(instance)
  }

  /** Whether it lives, and every system that was started in it has been stopped. */
  get atRest(): boolean {
    return this.#process.connected && !this.#ending && this.#running.size === 0
  }

  ask(question: Ask): Promise<unknown> {
    const id = this.#ids++
    return new Promise((resolve, reject) => {
      this.#owed.set(id, { resolve, reject })
      // A child that is gone answers nothing: its exit rejects what it owes.
      if (this.#process.connected) this.#process.send({ ...question, id } as Request, () => {})
      else this.died.catch(reject)
    })
  }

  /** Lets go of a system that was stopped: a long run starts hundreds. */
  forget(instance: number): void {
    void this.ask({ ask: 'forget', instance })
      .catch(() => undefined)
      .then(() => this.#sinks.delete(instance))
  }

  /** Ends the child, whatever it is doing. */
  async end(): Promise<void> {
    this.#ending = true
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    const gone = new Promise<void>((resolve) => this.#process.once('exit', () => resolve()))
    this.kill()
    await gone
  }

  /** Ends the child and all that it started, without waiting. */
  kill(): void {
    const { pid } = this.#process
    if (pid === undefined) return
    try {
      process.kill(-pid, 'SIGKILL')
    } catch {
      // It has just ended by itself.
    }
  }
}

function rebuilt(error: RemoteError): Error {
  const made = error.host
    ? new HostError(error.message)
    : error.typeError
      ? new TypeError(error.message)
      : new Error(error.message)
  made.name = error.name
  return made
}
