/** Runs one program's work with nothing in it but tasks: the scheduler chooses among them, and time is a task like others. */
import type { Simulation, TaskOptions } from '../../spec/simulation.ts'
import { HostError } from '../host.ts'
import { Schedule, type Waiting } from './schedule.ts'

/**
 * Simulated milliseconds after which the runner's patience is at an end: longer than anything a system may rightly wait
 * for (a claim's lease, an age), and shorter than any limit of a platform's. Counted only while nothing happens.
 */
const patience = 120_000

/** A program that goes on for longer hangs. */
const mostTasks = 30_000

/** Waits no longer than this may end while other things can happen; longer ones only when nothing else can, or when a program lets time pass. */
const shortWait = 5_000

/** Turns of the event loop that scripts take (`turn`, `arm`) when no task is in sight. */
const turnsAtRest = 24

/** The scheduler, the clock and the patience of one simulated program. */
export class SimulatedProgram implements Simulation {
  readonly schedule: Schedule
  #now = 1_700_000_000_000
  /** Time that passed because nothing else could happen. */
  #idle = 0
  #tasks: (Waiting & { readonly until: number })[] = []
  #waits: Wait[] = []
  #alarms: Ringing[] = []
  #advances = new Set<number>()
  #happened = 0

  constructor(choices: readonly number[]) {
    this.schedule = new Schedule(choices)
  }

  now(): number {
    return this.#now
  }

  async task<T>(name: string, make: () => T | Promise<T>, options: TaskOptions = {}): Promise<T> {
    const { waiting, turn } = this.schedule.enter(name, options.by ?? '')
    this.#tasks.push({ ...waiting, until: this.#now + (options.patience ?? Number.POSITIVE_INFINITY) })
    await turn
    return make()
  }

  async wait(milliseconds: number, name: string, by = ''): Promise<void> {
    const { waiting, turn } = this.schedule.enter(name, by)
    this.#waits.push({ ...waiting, due: this.#now + Math.max(0, milliseconds) })
    await turn
  }

  async advance(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds
    this.#advances.add(until)
    await this.wait(milliseconds, 'time has passed', 'program')
    this.#advances.delete(until)
  }

  /** The runner's alarm: it rings when nothing has happened for long enough, however long the machine took over it. */
  readonly alarm = (): { late: Promise<'late'>; cancel(): void } => {
    let ring = (): void => {}
    const late = new Promise<'late'>((resolve) => {
      ring = () => resolve('late')
    })
    const entry = { due: this.#idle + patience, ring }
    this.#alarms.push(entry)
    return {
      late,
      cancel: () => {
        this.#alarms = this.#alarms.filter((each) => each !== entry)
      },
    }
  }

  /** Has tasks happen until the work is done. @throws HostError where nothing can happen any more and it is not */
  async run<T>(work: Promise<T>): Promise<T> {
    let over = false
    const end = (): void => {
      over = true
    }
    work.then(end, end)
    for (;;) {
      // Every promise that has been settled is followed to its end before anything is chosen.
      let turns = 0
      do await new Promise((resolve) => setImmediate(resolve))
      while (!over && this.#tasks.length === 0 && ++turns < turnsAtRest)
      if (over) return work
      if (!(await this.#step())) {
        throw new HostError(`the simulated program has come to a stop: nothing is left to happen after ${this.#happened} tasks`)
      }
    }
  }

  /** Has the next thing happen; false where there is none. */
  async #step(): Promise<boolean> {
    const endless = this.#happened >= mostTasks
    const wait = endless ? undefined : this.#nextWait()
    if (!endless && this.#tasks.length > 0) {
      const chosen = this.schedule.choose(this.#tasks, wait !== undefined && this.#mayPass(wait) ? wait : undefined)
      if (chosen === wait) this.#pass(wait)
      else this.#tasks = this.#tasks.filter((each) => each !== chosen)
      return this.#happen(chosen)
    }
    const left = wait === undefined ? Number.POSITIVE_INFINITY : wait.due - this.#now
    const advancing = this.#advances.size > 0 && !endless
    const alarm = this.#nextAlarm()
    if (alarm !== undefined && !advancing && alarm.due - this.#idle < left) {
      this.#idle = alarm.due
      this.#alarms = this.#alarms.filter((each) => each !== alarm)
      alarm.ring()
      return true
    }
    if (wait === undefined) return false
    if (!advancing) this.#idle += Math.max(0, left)
    this.#pass(wait)
    return this.#happen(wait)
  }

  async #happen(chosen: Waiting): Promise<true> {
    this.#happened++
    await this.schedule.happen(chosen)
    return true
  }

  #pass(wait: Wait): void {
    this.#now = Math.max(this.#now, wait.due)
    this.#waits = this.#waits.filter((each) => each !== wait)
  }

  /** Whether time may pass this far while tasks wait: none of them may be kept from happening for longer than it can be under way. */
  #mayPass({ due }: Wait): boolean {
    if (this.#advances.size === 0 && due - this.#now > shortWait) return false
    return this.#tasks.every(({ until }) => due <= until)
  }

  #nextWait(): Wait | undefined {
    return earliest(this.#waits)
  }

  #nextAlarm(): Ringing | undefined {
    return earliest(this.#alarms)
  }
}

interface Wait extends Waiting {
  readonly due: number
}

interface Ringing {
  readonly due: number
  ring(): void
}

/** The one that is due first; of several, the one that was there first. */
function earliest<T extends { readonly due: number }>(list: readonly T[]): T | undefined {
  return list.reduce<T | undefined>((first, each) => (first === undefined || each.due < first.due ? each : first), undefined)
}
