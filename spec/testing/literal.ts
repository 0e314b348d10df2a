/**
 * Literal histories for the tests of judgments: written step by step, numbered and attributed as the recorder would.
 * Every server event counts as seen by the kit at once; `late()` leaves the ones after it unseen.
 */
import { type Capability, capabilityNames } from '../capabilities.ts'
import type { ClientEntry, HistoryEvent, MiddlewareAt, Outcome, ServerEvent, Wire } from '../history.ts'
import type { Op } from '../probe/ops.ts'
import type { Observation, Requirement } from '../requirement.ts'
import type { Ledger, Run } from '../run/run.ts'
import { viewRun } from '../run/view.ts'
import type { Json, Tagged } from '../values.ts'

type ServerEntry = ServerEvent extends infer E ? (E extends unknown ? Omit<E, 'seq' | 'process' | 'seen'> : never) : never

const allObservations: Observation[] = ['trace', 'hub', 'residue', 'stop', 'start', 'idle', 'platform']

/** A history under construction. Connections are `c0`, `c1`…; channel ids are theirs with `id-` before. */
export class Literal {
  readonly events: HistoryEvent[] = []
  #kit = 0
  #host = 0
  #calls = 0
  #steps = 0
  #fences = 0
  #late = false
  #calling = new Map<number, { conn: string; step: string | undefined; channelId: string; handler: string; ops: number }>()

  /** Server events from here on are not yet known to the kit. */
  late(): this {
    this.#late = true
    return this
  }

  client(entry: ClientEntry): this {
    this.events.push({ ...entry, seq: this.#kit++, process: 'kit' } as HistoryEvent)
    return this
  }

  server(entry: ServerEntry): this {
    const seen = this.#late ? undefined : this.#kit
    this.events.push({ ...entry, seq: this.#host++, process: 'host', seen } as HistoryEvent)
    return this
  }

  nextStep(): string {
    return `1.${this.#steps++}`
  }

  /** A connect, acknowledged, with its onConnect unless told otherwise. `spec` is merged into the connect's action. */
  connect(conn: string, spec: { [key: string]: Json } = {}, onConnect = true): this {
    const step = this.nextStep()
    this.client({
      at: 'client',
      kind: 'invoke',
      conn,
      step,
      action: { do: 'connect', client: Number(conn[1]), channel: 'main', conn, step, ...spec },
    })
    if (onConnect) this.leave(this.enter(conn, step, { handler: 'onConnect', state: 'initial' }))
    this.client({ at: 'client', kind: 'open', conn, step, protocol: '' })
    return this.client({ at: 'client', kind: 'ack', conn, step })
  }

  /** A message sent; gives back its step. */
  message(conn: string, json: Json, step = this.nextStep()): string {
    this.client({ at: 'client', kind: 'invoke', conn, step, action: { do: 'act' } })
    const data = typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json, id: step } : json
    this.client({
      at: 'client',
      kind: 'message',
      conn,
      step,
      data: { text: typeof data === 'string' ? data : JSON.stringify(data) },
    })
    return step
  }

  /** A handler entered; gives back its call. */
  enter(
    conn: string,
    step: string | undefined,
    of: {
      handler?: string
      data?: Tagged
      state?: string
      session?: Tagged
      openingData?: Tagged
      channelId?: string
      middleware?: MiddlewareAt
    } = {},
  ): number {
    const call = this.#calls++
    const handler = of.handler ?? 'action:probe'
    const channelId = of.channelId ?? `id-${conn}`
    this.#calling.set(call, { conn, step, channelId, handler, ops: 0 })
    this.server({
      at: 'server',
      kind: 'enter',
      conn,
      step,
      call,
      handler,
      channelId,
      data: of.data ?? null,
      openingData: of.openingData ?? {},
      state: of.state ?? 'open',
      session: of.session ?? { $: 'undefined' },
      service: call,
      ...(of.middleware === undefined ? {} : { middleware: of.middleware }),
    })
    return call
  }

  /** An operation begun; gives back its index. */
  begin(call: number, op: Op): number {
    const { conn, step, channelId, ...calling } = this.#of(call)
    const index = calling.ops
    this.#of(call).ops++
    this.server({ at: 'server', kind: 'begin', conn, step, call, channelId, op: index, name: op.op, args: op as unknown as Json })
    return index
  }

  /** An operation ended. */
  end(call: number, index: number, name: string, outcome: Outcome = { outcome: 'ok' }, state = 'open'): this {
    const { conn, step, channelId } = this.#of(call)
    return this.server({ at: 'server', kind: 'end', conn, step, call, channelId, op: index, name, state, ...outcome })
  }

  /** An operation begun and ended. */
  op(call: number, op: Op, outcome: Outcome = { outcome: 'ok' }): this {
    return this.end(call, this.begin(call, op), op.op, outcome)
  }

  /** A handler left and settled. */
  leave(call: number, outcome: Outcome = { outcome: 'ok', value: { $: 'undefined' } }, state = 'open'): this {
    const { conn, step, channelId, handler } = this.#of(call)
    this.server({ at: 'server', kind: 'leave', conn, step, call, channelId, handler, state, ...outcome })
    return this.server({ at: 'server', kind: 'settled', conn, step, call, channelId, handler })
  }

  /** A whole act: sent, performed, replied to (unless `reply` is null) and acknowledged; gives back its step. */
  act(conn: string, ops: Op[], reply?: Json): string {
    const step = this.message(conn, { action: 'probe', ops: ops as unknown as Json })
    const call = this.enter(conn, step)
    for (const op of ops) this.op(call, op)
    this.leave(call)
    if (reply !== null) this.receive(conn, reply ?? { action: 'probe' })
    this.client({ at: 'client', kind: 'ack', conn, step })
    return step
  }

  receive(conn: string, json: Json | Wire): this {
    const wire = typeof json === 'object' && json !== null && !Array.isArray(json) && ('text' in json || 'hex' in json)
    const data = wire ? (json as Wire) : { text: typeof json === 'string' ? json : JSON.stringify(json) }
    return this.client({ at: 'client', kind: 'receive', conn, data })
  }

  /** A publish of the host's, acknowledged. */
  hostPublish(topic: string, value: Json, exclude: string | null = null): this {
    const step = this.nextStep()
    const action = { do: 'publish', topic, exclude: exclude === null ? null : { id: exclude }, value }
    this.client({ at: 'client', kind: 'invoke', step, action })
    return this.client({ at: 'client', kind: 'hosted', step, outcome: 'ok' })
  }

  /** Proof that a connection has everything sent before. */
  fence(...conns: string[]): this {
    for (const conn of conns) {
      const step = `f${this.#fences++}`
      this.client({ at: 'client', kind: 'message', conn, step, data: { text: JSON.stringify({ fence: step }) } })
      this.client({ at: 'client', kind: 'fenced', conn, step })
    }
    return this
  }

  /** The run these events make, for a system that declares everything unless told otherwise. */
  run(facts: { capabilities?: Capability[]; observes?: Observation[]; ledger?: Ledger } = {}): Run {
    return viewRun(this.events, { capabilities: capabilityNames, observes: allObservations, ...facts })
  }

  #of(call: number) {
    const calling = this.#calling.get(call)
    if (calling === undefined) throw new Error(`no call ${call}`)
    return calling
  }
}

/** What shows of a system that has no platform beneath it, which would end connections for reasons of its own. */
export const withoutPlatform = { observes: allObservations.filter((each) => each !== 'platform') }

/** What a requirement says of a run: per clause its judgments, in order. */
export function verdicts(of: Requirement, run: Run): Record<string, ('kept' | 'broken' | 'undecided')[]> {
  const found: Record<string, ('kept' | 'broken' | 'undecided')[]> = {}
  for (const judgment of of.judge(run)) {
    found[judgment.clause] ??= []
    found[judgment.clause]?.push(judgment.verdict)
  }
  return found
}
