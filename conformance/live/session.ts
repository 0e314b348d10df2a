/** One started system with what lasts longer than a program: pooled connections and the ledger of what went before. */
import type { TraceEvent } from '../../spec/history.ts'
import type { Observation } from '../../spec/requirement.ts'
import type { Client } from '../client.ts'
import type { Deadlines } from '../deadlines.ts'
import type { Host, Hosted, LaunchOptions } from '../host.ts'
import { newLedger } from '../ledger.ts'
import { bounded, inTime } from './bounded.ts'
import { atOnce, type KeptCrowd } from './crowd.ts'
import { Recorder } from './recorder.ts'

/** A pooled connection is given back this often before it is closed, which is also when its subscriptions must end. */
const usesOfAConnection = 40

/** More programs and connections than there are in a session for each event that it traces. */
const numbersAnEvent = 1_000

/** A system under test that programs run against, one after another. */
export class Session {
  readonly host: Host
  readonly hosted: Hosted
  /** The limits of its next program. */
  deadlines: Deadlines
  readonly ledger = newLedger()
  /** Where events go: the recorder of the program that is running, or nowhere between programs. */
  recorder: Recorder
  /** Whether the system completes handshakes while onConnect is pending; found out once, by `preflight`. */
  opensEarly = true
  /** Of the program that runs, 1 for the first where the system is new. */
  program: number
  #connections: number
  #pool: Client[] = []
  readonly #crowds = new Map<number, KeptCrowd>()
  #uses = new WeakMap<Client, number>()

  private constructor(host: Host, hosted: Hosted, deadlines: Deadlines, recorder: Recorder) {
    this.host = host
    this.hosted = hosted
    this.deadlines = deadlines
    this.recorder = recorder
    // Gates of an earlier session may still be open, and its handlers running: no name of theirs is used again.
    this.program = (hosted.tracedBefore ?? 0) * numbersAnEvent
    this.#connections = this.program
  }

  /** Starts a system. @throws HostError */
  static async start(host: Host, deadlines: Deadlines, options: LaunchOptions = {}): Promise<Session> {
    const idle = new Recorder(deadlines)
    let session: Session | undefined
    const sink = (process: string, event: TraceEvent): void => (session?.recorder ?? idle).trace(process, event)
    const patience = (): number => (session?.deadlines ?? deadlines).stall + (session?.deadlines ?? deadlines).hang
    session = new Session(host, bounded(await host.launch(options, sink), host.name, patience), deadlines, idle)
    return session
  }

  get observes(): ReadonlySet<Observation> {
    return this.hosted.observes
  }

  /** Begins a program: its number and the recorder its events go to. Events between programs stand at its beginning. */
  begin(): Recorder {
    this.program++
    const recorder = new Recorder(this.deadlines, this.hosted.alarm)
    const { late } = this.recorder
    this.recorder = recorder
    for (const [process, event] of late) recorder.trace(process, event)
    return recorder
  }

  /** A name for a new connection, never used before in this session. */
  nextConnection(): string {
    return `k${++this.#connections}`
  }

  /** A connection of an earlier program that is fit to be used again. */
  takePooled(): Client | undefined {
    for (;;) {
      const client = this.#pool.pop()
      if (client === undefined || client.state === 'open') return client
    }
  }

  /** Keeps a connection for later programs; false where it has served long enough and is to be closed. */
  giveBack(client: Client): boolean {
    const uses = (this.#uses.get(client) ?? 0) + 1
    if (client.state !== 'open' || uses >= usesOfAConnection) return false
    this.#uses.set(client, uses)
    this.#pool.push(client)
    return true
  }

  /** The topic of the next crowd of this size: one that is kept goes on listening to its own. */
  crowdTopic(size: number): string {
    return this.#crowds.get(size)?.topic ?? `crowd ${this.#connections} of ${size}`
  }

  /** A crowd of an earlier program, every member of which still listens. */
  takeCrowd(size: number): KeptCrowd | undefined {
    const kept = this.#crowds.get(size)
    this.#crowds.delete(size)
    return kept
  }

  /** Keeps a crowd for later programs: to gather a thousand takes longer than all that is done with them. */
  keepCrowd(crowd: KeptCrowd): void {
    this.#crowds.set(crowd.members.length, crowd)
  }

  /** Lets the crowds that were kept go: as long as they are there, each look at what the system holds is a look at all of them. */
  async dismissCrowds(): Promise<void> {
    if (this.#crowds.size === 0) return
    // As many limits as it took to gather them: nothing shows from outside how far their going has come.
    const batches = [...this.#crowds.values()].reduce((sum, { members }) => sum + Math.ceil(members.length / atOnce), 0)
    this.#vanishCrowds()
    const { stall, hang } = this.deadlines
    await inTime(this.hosted.idle?.() ?? Promise.resolve(), `${this.host.name} to let its crowd go`, batches * (stall + hang))
  }

  #vanishCrowds(): void {
    for (const { members } of this.#crowds.values()) for (const { client } of members) client.vanish()
    this.#crowds.clear()
  }

  /** Ends the session. @throws HostError where the system does not stop in time, or fails to */
  async stop(): Promise<void> {
    for (const client of this.#pool) client.vanish()
    this.#vanishCrowds()
    const { stall, hang } = this.deadlines
    await inTime(this.hosted.stop(), `${this.host.name} to stop`, stall + hang)
    this.hosted.forget?.()
  }
}
