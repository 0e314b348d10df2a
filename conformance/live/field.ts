/** The state of one program while it runs: its clients, its open gates, what has been acknowledged. */
import type { TraceEvent } from '../../spec/history.ts'
import type { ConnectionFaults } from '../../spec/platform.ts'
import type { Op } from '../../spec/probe/ops.ts'
import type { Client } from '../client.ts'
import { alarm, readDeadline } from '../deadlines.ts'
import { type ClientSpec, opsIn, opsOf, type Program, type Step, type StoreFault, stepsOf } from '../program.ts'
import type { Crowd } from './crowd.ts'
import { Invocations } from './invocations.ts'
import type { Recorder } from './recorder.ts'
import { gateOf, type Names, topicOf } from './resolve.ts'
import type { Session } from './session.ts'

/** How often the host is asked again for what is left of a closed channel: each time is a turn of its event loop. */
const residueLooks = 40

/** How often a host answers before it counts as not merely slow: each time is a turn of its event loop. */
const turnsOfLife = 40

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
  /** Clients whose end has not come, and is waited for no more. */
  readonly abandoned = new Set<Client>()
  readonly crowds: Crowd[] = []
  readonly shared: ReadonlyMap<string, string>
  /** Connections known to have ended. */
  readonly closed = new Set<string>()
  /** Resolves once a stop has begun, where one was asked for and that can be known. */
  stopping: Promise<void> | undefined
  readonly invocations: Invocations
  /** Handshakes that the schema of their opening data holds up, with their steps; until the end of the phase in which it answers. */
  readonly openings = new Map<Client, string>()
  /** What the platform was asked for while a handler was held, and has not done yet. */
  readonly owed = new Set<Promise<void>>()
  /** The faults of connections, by the name on the wire. */
  readonly faulty = new Map<string, ConnectionFaults>()
  /** How requests to the stores may still fail. */
  storesFail: StoreFault | undefined
  /** Gates that handlers of a connection have been told to wait at. */
  readonly #holds = new Map<Client, string[]>()
  #fences = 0
  #gates = new Set<string>()

  constructor(session: Session, spec: Program) {
    this.session = session
    this.spec = spec
    this.recorder = session.begin()
    this.invocations = new Invocations(() => this.recorder.events)
    this.name = String(session.program)
    const crowds = stepsOf(spec).flatMap((step) => (step.do === 'crowd' ? [step] : []))
    const [crowd] = crowds
    // Two crowds of one program listen to topics of its own: only one at a time can be kept, and told from another.
    this.shared = new Map(crowd === undefined || crowds.length > 1 ? [] : [[crowd.topic, session.crowdTopic(crowd.size)]])
    this.clients = spec.clients.map(() => undefined)
    this.lives = spec.clients.map(() => 0)
    this.recorder.onStall = () => this.letGo()
    this.recorder.proveAlive = () => this.turns()
  }

  get program(): string {
    return this.name
  }

  channelId(client: number): string | undefined {
    const of = this.clients[client]
    return of === undefined ? undefined : this.learnChannelId(of)
  }

  /** The id of a client's channel; one without onConnect shows it only with its first handler. */
  learnChannelId(client: Client): string | undefined {
    if (client.channelId !== undefined) return client.channelId
    const conn = this.recorder.aliases.get(client.physical)
    for (const event of this.recorder.events) {
      if (event.at === 'server' && event.conn === conn && conn !== undefined && 'channelId' in event)
        client.channelId ??= event.channelId
    }
    return client.channelId
  }

  /** What the program says of a client. */
  specOf(client: Client): ClientSpec | undefined {
    return this.spec.clients[this.clients.indexOf(client)]
  }

  nextFence(): string {
    return `${this.name}.f${this.#fences++}`
  }

  /** Whether a trace event of this kind has come for a step (of this handler, where named). */
  traced(kind: TraceEvent['kind'], step: string, handler?: string): boolean {
    return this.recorder.traced(kind, step, handler)
  }

  /** Whether the kit has opened a gate. */
  opened(gate: string): boolean {
    return this.#gates.has(gate)
  }

  openGate(gate: string): void {
    if (this.#gates.has(gate)) return
    this.#gates.add(gate)
    this.recorder.emit({ at: 'client', kind: 'gate', name: gate })
    void this.#allRead().then(() => this.session.hosted.openGate(gate))
  }

  /**
   * What was sent before a gate opens is to be there when it does: the way of the gate may be the faster one. A server
   * that reads nothing while a handler runs answers no ping either, and is not waited for.
   */
  async #allRead(): Promise<void> {
    const { late, cancel } = alarm(readDeadline)
    await Promise.race([Promise.all(this.clients.map((client) => client?.read())), late])
    cancel()
  }

  /** Notes the gates at which these operations, sent on a client's connection, will hold its handlers. */
  willHold(client: Client, ops: readonly Op[]): void {
    const gates = ops.flatMap((op) => (op.op === 'hold' ? [gateOf(op.gate, this)] : []))
    if (gates.length > 0) this.#holds.set(client, [...(this.#holds.get(client) ?? []), ...gates])
  }

  /** Whether a handler of the client's connection may be waiting at a gate that the program has not opened yet. */
  heldUp(client: Client): boolean {
    return this.#holds.get(client)?.some((gate) => !this.#gates.has(gate)) ?? false
  }

  /** Whether a client's handshake waits for a schema whose gate the program has not opened yet. */
  opening(client: Client): boolean {
    const gate = this.openings.has(client) ? this.specOf(client)?.gate : undefined
    return gate !== undefined && !this.#gates.has(gateOf(gate, this))
  }

  /** Whether any handler of the program may be waiting at a gate. */
  holdsAnyone(): boolean {
    if ([...this.#holds.values()].some((gates) => gates.some((gate) => !this.#gates.has(gate)))) return true
    return this.spec.clients.some(
      ({ disconnect, middleware }, index) =>
        this.clients[index] !== undefined &&
        (this.holds(disconnect) ||
          Object.values(middleware ?? {}).some((script) => this.holds(script?.before) || this.holds(script?.after))),
    )
  }

  /** The host answers with errors, or not at all: the program is given up. */
  lose(error: unknown): void {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    this.recorder.emit({ at: 'client', kind: 'timeout', waitingFor: `the host, which answered ${message}`, patience: 0 })
    this.recorder.giveUp()
  }

  /** Whether a client's channel was told to close: it answers nothing any more. */
  closing(client: Client): boolean {
    const channelId = this.learnChannelId(client)
    return this.recorder.events.some((event) => event.kind === 'begin' && event.name === 'close' && event.channelId === channelId)
  }

  /** Whether these operations wait at a gate that the program has not opened yet. */
  holds(ops: readonly Op[] | undefined): boolean {
    return ops?.some((op) => op.op === 'hold' && !this.#gates.has(gateOf(op.gate, this))) ?? false
  }

  /** Lets go of everything that the program holds up: handlers, and clients that do not read. */
  letGo(): void {
    this.openAllGates()
    this.letClientsRead()
  }

  /** Lets every client read that has stopped reading. */
  letClientsRead(): void {
    for (const client of this.clients) client?.resume()
  }

  /** Opens every gate of the program. */
  openAllGates(): void {
    const ops = [
      ...stepsOf(this.spec).flatMap(opsOf),
      ...this.spec.clients.flatMap((client) => [
        ...opsIn(client.connect ?? []),
        ...opsIn(client.disconnect ?? []),
        ...Object.values(client.middleware ?? {}).flatMap((script) => [...(script?.before ?? []), ...(script?.after ?? [])]),
      ]),
    ]
    for (const gate of [...ops, ...this.spec.clients].map((each) => ('gate' in each ? each.gate : undefined)))
      if (gate !== undefined) this.openGate(gateOf(gate, this))
  }

  /** Every topic the program names, as the hub knows it. */
  topics(): Set<string> {
    const found = new Set<string>()
    const note = (op: { topic: string } | Op | Step): void => {
      if ('topic' in op) found.add(topicOf(op.topic, this))
      if ('topics' in op) for (const topic of op.topics) found.add(topicOf(topic, this))
    }
    for (const step of stepsOf(this.spec)) {
      note(step)
      opsOf(step).forEach(note)
    }
    for (const client of this.spec.clients) [...(client.connect ?? []), ...(client.disconnect ?? [])].forEach(note)
    return found
  }

  /** Lets the host's event loop go round, as far as it can be asked anything; returns whether it answered, and one that does not is not asked again. */
  async turns(): Promise<boolean> {
    const { residue, publish, flush } = this.session.hosted
    try {
      for (let turn = 0; turn < turnsOfLife; turn++) {
        if (residue !== undefined) await residue()
        else if (publish !== undefined) await publish(`${this.name}:nobody`, null, null)
        // Without either, whoever hosts it is asked: turns of the kit's own loop say nothing of another process.
        else await flush?.()
        await new Promise((resolve) => setImmediate(resolve))
      }
      return true
    } catch {
      // Whoever waits for something of this host finds out by that wait.
      return false
    }
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
