/** Runs one program and judges it: the unit that searching, shrinking, confirming and replaying are made of. */
import type { Observation as Observes, Requirement } from '../spec/requirement.ts'
import { viewRun } from '../spec/run/view.ts'
import { type Deadlines, systemDeadlines } from './deadlines.ts'
import { type Host, HostError } from './host.ts'
import { type Judged, judge } from './judge.ts'
import { enterInto } from './ledger.ts'
import { type Execution, execute } from './live/execute.ts'
import { opensEarly } from './live/preflight.ts'
import { Session } from './live/session.ts'
import { needsOwnSystem, type Program } from './program.ts'

/** One program's execution with its judgments. */
export interface Observation extends Judged {
  program: Program
  execution: Execution
  observes: ReadonlySet<Observes>
}

/** Keeps a system started and runs programs on it; a program that stops it, and one that hung, gets the next a fresh one. */
export class Observer {
  readonly host: Host
  readonly requirements: readonly Requirement[]
  deadlines: Deadlines
  #session: Session | undefined
  #running: Session | undefined
  #opensEarly: boolean | undefined

  constructor(host: Host, requirements: readonly Requirement[], deadlines: Deadlines) {
    this.host = host
    this.requirements = requirements
    this.deadlines = deadlines
  }

  /** The session programs share. @throws HostError */
  async session(): Promise<Session> {
    const start = (): Promise<Session> => this.#start(systemDeadlines)
    this.#session ??= await (this.host.drive === undefined ? start() : this.host.drive([], start))
    return this.#session
  }

  async #start({ workers, ...deadlines }: NonNullable<Program['system']>): Promise<Session> {
    const session = await Session.start(this.host, this.deadlines, { deadlines, ...(workers !== undefined && { workers }) })
    this.#opensEarly ??= session.hosted.opensEarly ?? (await opensEarly(session))
    session.opensEarly = this.#opensEarly
    return session
  }

  /** Lets go of what is kept for the next programs of a family, and would only slow down those of others. */
  async endFamily(): Promise<void> {
    await this.#session?.dismissCrowds()
  }

  /** Stops the shared system; the next program starts another. */
  async refresh(): Promise<void> {
    const old = this.#session
    this.#session = undefined
    await old?.stop().catch(() => undefined)
  }

  /** Runs and judges one program. @throws HostError where the host dies on the way */
  async observe(program: Program): Promise<Observation> {
    const { host } = this
    try {
      // Nothing of a simulated program outlives it, so that the schedule alone decides what becomes of the next.
      if (host.drive !== undefined) return await host.drive(program.schedule ?? [], () => this.#observe(program))
      const observing = this.#observe(program)
      // Whatever is raced with a promise that never settles is kept as long as that: this must not be a history.
      await Promise.race([observing.then(() => undefined), host.died])
      return await observing
    } catch (error) {
      this.#running?.recorder.giveUp()
      throw error instanceof HostError ? new HostError(`${error.message}${this.#lastStep()}`) : error
    }
  }

  /** Where the program was when its host gave up. */
  #lastStep(): string {
    const last = this.#running?.recorder.events.findLast((event) => event.kind === 'invoke' && event.step !== undefined)
    return last === undefined ? '' : `, after step ${last.step} of program ${this.#running?.program} had begun`
  }

  async #observe(program: Program): Promise<Observation> {
    const own = this.host.drive !== undefined || needsOwnSystem(program)
    const session = own ? await this.#start({ ...systemDeadlines, ...program.system }) : await this.session()
    session.deadlines = this.deadlines
    this.#running = session
    const execution = await execute(session, program)
    const run = viewRun(execution.events, {
      capabilities: this.host.capabilities,
      observes: session.observes,
      ledger: session.ledger,
      inOrder: this.host.drive !== undefined,
    })
    session.recorder.close()
    const judged = judge(run, this.requirements)
    enterInto(session.ledger, run, execution.program)
    if (own) await session.stop().catch(() => undefined)
    // What hung may never stop: it is left to the end of its host.
    else if (execution.timeouts > 0) {
      this.#session = undefined
      void session.stop().catch(() => undefined)
    }
    return { ...judged, program, execution, observes: session.observes }
  }

  /** Runs and judges one program where none has run before. @throws HostError also where its host offers no such place */
  async observeAfresh(program: Program): Promise<Observation> {
    const host = await this.host.afresh?.()
    if (host === undefined) throw new HostError(`${this.host.name} cannot be hosted a second time`)
    const own = new Observer(host, this.requirements, this.deadlines)
    try {
      return await own.observe(program)
    } finally {
      await own.end()
      await host.end()
    }
  }

  async end(): Promise<void> {
    await this.#session?.stop().catch(() => undefined)
    this.#session = undefined
  }
}
