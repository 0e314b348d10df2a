/** The state of one program while it runs: its clients, its open gates, what has been acknowledged. */
import type { TraceEvent } from '../../spec/history.ts'
import type { Client } from '../client.ts'
import { opsOf, type Program, stepsOf } from '../program.ts'
import { gateOf, type Names, topicOf } from './resolve.ts'
import type { Recorder } from './recorder.ts'
import type { Session } from './session.ts'

/** How often the host is asked again for what is left of a closed channel: each time is a turn of its event loop. */
const residueLooks = 40

/** One program's run. */
export class Field implements Names {
  readonly session: Session
  readonly recorder: Recorder
  readonly spec: Program
  /** The program's name: part of its topics, gates and step ids. */
  readonly name: string
  readonly clients: (Client | undefined)[]
  /** How often each client has connected. */
  readonly lives: number[]
  /** Messages of a client that no acknowledgement has been seen for. */
  readonly outstanding = new Map<Client, number>()
  /** Connections known to have ended. */
  readonly closed = new Set<string>()
  #fences = 0
  #gates = new Set<string>()

  constructor(session: Session, spec: Program) {
    this.session = session
    this.spec = spec
    this.recorder = session.begin()
    this.name = String(session.program)
    this.clients = spec.clients.map(() => undefined)
    this.lives = spec.clients.map(() => 0)
    this.recorder.onStall = () => this.openAllGates()
  }

  get program(): string {
    return this.name
  }

  channelId(client: number): string | undefined {
    return this.clients[client]?.channelId
  }

  nextFence(): string {
    return `${this.name}.f${this.#fences++}`
  }

  /** Whether a trace event of this kind has come for a step (of this handler, where named). */
  traced(kind: TraceEvent['kind'], step: string, handler?: string): boolean {
    return this.recorder.events.some(
      (event) =>
        event.at === 'server' && event.kind === kind && event.step === step && (handler === undefined || ('handler' in event && event.handler === handler)),
    )
  }

  openGate(gate: string): void {
    if (this.#gates.has(gate)) return
    this.#gates.add(gate)
    this.recorder.emit({ at: 'client', kind: 'gate', name: gate })
    this.session.hosted.openGate(gate)
  }

  /** Lets go of everything that the program holds up. */
  openAllGates(): void {
    const ops = [
      ...stepsOf(this.spec).flatMap(opsOf),
      ...this.spec.clients.flatMap((client) => [
        ...(client.connect ?? []),
        ...(client.disconnect ?? []),
        ...Object.values(client.middleware ?? {}).flatMap((script) => [...(script?.before ?? []), ...(script?.after ?? [])]),
      ]),
    ]
    for (const op of ops) if ('gate' in op && op.gate !== undefined) this.openGate(gateOf(op.gate, this))
  }

  /** Every topic the program names, as the hub knows it. */
  topics(): Set<string> {
    const found = new Set<string>()
    for (const step of stepsOf(this.spec)) {
      if ('topic' in step) found.add(topicOf(step.topic, this))
      for (const op of opsOf(step)) if ('topic' in op) found.add(topicOf(op.topic, this))
    }
    for (const client of this.spec.clients) {
      for (const op of [...(client.connect ?? []), ...(client.disconnect ?? [])]) if ('topic' in op) found.add(topicOf(op.topic, this))
    }
    return found
  }

  /** Asks what hub and stores hold, again while a closed channel is still there: its clean-up may be a turn behind its trace. */
  async lookForResidue(): Promise<void> {
    const { residue } = this.session.hosted
    if (residue === undefined) return
    let seen = await residue()
    for (let look = 1; look < residueLooks && holds(seen, this.closed); look++) seen = await residue()
    this.recorder.emit({ at: 'client', kind: 'residue', ...seen })
  }
}

function holds(residue: { channels: string[]; subscriptions: [string, string][] }, closed: ReadonlySet<string>): boolean {
  return residue.channels.some((id) => closed.has(id)) || residue.subscriptions.some(([, id]) => closed.has(id))
}
