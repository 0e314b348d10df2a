/** Collects the events of the program that is running, and wakes whoever waits for one of them. */

import type { ClientEntry, HistoryEvent, TraceEvent } from '../../spec/history.ts'
import { type Alarm, alarm, type Deadlines } from '../deadlines.ts'

/** What came of a wait. */
export type Waited = 'done' | 'absent' | 'hung'

/** What may stay away without holding up the rest of the program: of a connection's end, or of the whole system's. */
export type Absent = { conn: string; what: 'the close' | 'onDisconnect' } | { conn?: undefined; what: 'the stop' }

/** How often a wait begins anew because something else has happened meanwhile. */
const mostExtensions = 12

/** Events of one program in the order in which the kit learned of them. */
export class Recorder {
  events: HistoryEvent[] = []
  /** Traced after its program was judged. */
  readonly late: [process: string, event: TraceEvent][] = []
  #closed = false
  #waking = false
  #seq = 0
  #waiters = new Set<() => void>()
  /** Counts whatever happens: a wait during which something did is no stall yet. */
  #signs = 0
  /** The connection's name in this program by the name it has on the wire. */
  readonly aliases = new Map<string, string>()
  /** What was traced for each step, as `kind`, and as `kind handler` where there is one. */
  readonly #traced = new Map<string, Set<string>>()
  /** Called on a stall: lets go of whatever holds handlers up. */
  onStall: () => void = () => {}
  /** Whether the system has answered enough to show that it is not merely slow; asked before a stall or an absence is noted. */
  proveAlive: () => Promise<boolean> = async () => true
  timeouts = 0
  /** Set for good once a wait has hung: the program is given up. */
  hung = false
  readonly deadlines: Deadlines
  readonly #alarm: Alarm

  /** @param alarms real ones, where the host has none of its own */
  constructor(deadlines: Deadlines, alarms: Alarm = alarm) {
    this.deadlines = deadlines
    this.#alarm = alarms
  }

  /** Records what the kit did or saw. */
  emit(entry: ClientEntry): void {
    this.events.push({ ...entry, seq: this.#seq++, process: 'kit' } as HistoryEvent)
    this.#wake()
  }

  /** Its program has been judged: what is traced from here on belongs to the next. */
  close(): void {
    this.#closed = true
  }

  /** Records what a host told; an unknown connection is marked as a stray of an earlier program. */
  trace(process: string, event: TraceEvent): void {
    if (this.#closed) {
      this.late.push([process, event])
      return
    }
    const conn = event.conn === undefined ? undefined : (this.aliases.get(event.conn) ?? `~${event.conn}`)
    this.events.push({ ...event, conn, process, seen: this.#seq } as HistoryEvent)
    if (event.step !== undefined) this.#index(event.step, event)
    this.#wakeSoon()
  }

  #index(step: string, event: TraceEvent): void {
    const traced = this.#traced.get(step) ?? new Set()
    this.#traced.set(step, traced.add(event.kind))
    if ('handler' in event) traced.add(`${event.kind} ${event.handler}`)
  }

  /** Whether a trace event of this kind has come for a step (of this handler, where named). */
  traced(kind: TraceEvent['kind'], step: string, handler?: string): boolean {
    return this.#traced.get(step)?.has(handler === undefined ? kind : `${kind} ${handler}`) === true
  }

  /** Ends every wait: there is nobody left to wait for. */
  giveUp(): void {
    this.hung = true
    this.#wake()
  }

  /** Has whoever waits look again: something happened that is not recorded by itself. */
  poke(): void {
    this.#wake()
  }

  /** Once for all events that are told at one time: whoever waits reads all of them. */
  #wakeSoon(): void {
    if (this.#waking || this.#waiters.size === 0) return
    this.#waking = true
    queueMicrotask(() => {
      this.#waking = false
      this.#wake()
    })
  }

  #wake(): void {
    this.#signs++
    for (const waiter of this.#waiters) waiter()
  }

  /**
   * Waits until `done` holds, looking again at every event. After `deadlines.stall` without it the stall is recorded,
   * where the system answers, and `onStall` called; after `deadlines.hang` more the program is given up. What is merely `absent` is noted after
   * `deadlines.absent` instead, and the program goes on.
   */
  async until(what: string, step: string | undefined, done: () => boolean, absent?: Absent): Promise<Waited> {
    if (done()) return 'done'
    if (this.hung) return 'hung'
    const happened = new Promise<'done'>((resolve) => {
      const waiter = (): void => {
        if (!this.hung && !done()) return
        this.#waiters.delete(waiter)
        resolve('done')
      }
      this.#waiters.add(waiter)
    })
    const { stall, hang } = this.deadlines
    if (await this.#withSigns(stall, happened)) return done() ? 'done' : 'hung'
    const answers = await this.#alive()
    if (done()) return 'done'
    // Of a system that does not answer a stall would say what is not known: that nothing of it was on its way.
    if (answers) this.emit({ at: 'client', kind: 'stall', step, waitingFor: what, patience: stall })
    this.onStall()
    // A stop is never waited for with less than full patience, however often its system has stalled before.
    const patience = absent === undefined || absent.what === 'the stop' ? hang : this.deadlines.absent
    if (await this.#withSigns(patience, happened)) return done() ? 'done' : 'hung'
    // What froze for a while, the kit itself included, has its answers waiting: they are read before this one is asked for.
    const alive = absent !== undefined && (await this.#alive())
    if (done()) return 'done'
    if (alive) {
      this.emit({ at: 'client', kind: 'absent', ...absent, step, patience })
      return 'absent'
    }
    this.hang(what, step, patience)
    return 'hung'
  }

  /** Gives the program up: what was waited for has not come, and what that means cannot be told. */
  hang(waitingFor: string, step: string | undefined, patience = this.deadlines.hang): void {
    this.timeouts++
    this.hung = true
    this.emit({ at: 'client', kind: 'timeout', step, waitingFor, patience })
  }

  /** Whether the system answers, within the time of a hang. */
  async #alive(): Promise<boolean> {
    let answered = false
    const asking = this.proveAlive().then((answer) => {
      answered = answer
    })
    return (await this.#within(this.deadlines.hang, asking)) && answered
  }

  /** Whether something happens before so many milliseconds have passed without any sign of life; one that only talks is not waited for without end. */
  async #withSigns(patience: number, happens: Promise<unknown>): Promise<boolean> {
    for (let extension = 0; ; extension++) {
      const signs = this.#signs
      if (await this.#within(patience, happens)) return true
      if (signs === this.#signs || extension === mostExtensions) return false
    }
  }

  /** Whether something happens within so many milliseconds. */
  async #within(patience: number, happens: Promise<unknown>): Promise<boolean> {
    const { late, cancel } = this.#alarm(patience)
    const first = await Promise.race([happens, late])
    cancel()
    return first !== 'late'
  }
}
