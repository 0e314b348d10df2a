/** Performs one step of a lane and waits for its acknowledgement, where it has one of its own. */
import type { Json } from '../../spec/values.ts'
import type { Client } from '../client.ts'
import type { Step } from '../program.ts'
import { proveHandled } from './barriers.ts'
import { closeConnection, closedItself, ended, openConnection } from './connecting.ts'
import { Crowd } from './crowd.ts'
import type { Field } from './field.ts'
import { hostPublish, startVariant, stopSystem } from './host-steps.ts'
import { handled, overlaps, seesInvocations } from './invocations.ts'
import { platformStep } from './platform-steps.ts'
import { fill, gateOf, marked, resolveOps, topicOf, whoOf } from './resolve.ts'

/** Performs `step` under the name `id`; a step on a client that is not connected is skipped and recorded as such. */
export async function performStep(field: Field, id: string, step: Step): Promise<void> {
  switch (step.do) {
    case 'connect':
      return reconnect(field, id, step.client)
    case 'close':
    case 'vanish':
    case 'violate':
      return closeConnection(field, id, step.client, step)
    case 'pause':
      return pause(field, id, step.client)
    case 'open gate':
      return openGate(field, id, gateOf(step.gate, field), step.after)
    case 'publish': {
      const exclude = step.exclude === null ? null : (whoOf(step.exclude, field) as { id: string })
      return hostPublish(
        field,
        id,
        topicOf(step.topic, field),
        exclude,
        step.value === undefined ? marked(id, 0) : fill(step.value, `${id}.0`),
        false,
      )
    }
    case 'crowd': {
      const crowd = new Crowd(field, id, topicOf(step.topic, field))
      field.crowds.push(crowd)
      return crowd.assemble(step.size)
    }
    case 'stop':
      return stopSystem(field, id)
    case 'start':
      return startVariant(field, id, step.variant)
    case 'platform':
    case 'sweep':
    case 'advance':
    case 'stores':
    case 'idle':
      return platformStep(field, id, step)
    default:
      return message(field, id, step)
  }
}

async function reconnect(field: Field, id: string, index: number): Promise<void> {
  const state = field.clients[index]?.state
  if (state === 'open' || state === 'connecting') {
    field.recorder.emit({ at: 'client', kind: 'skip', step: id, why: `client ${index} is already connected` })
    return
  }
  await openConnection(field, index, id, false)
}

/** A wait that stalls opens the gate too. */
async function openGate(field: Field, id: string, gate: string, after: number | undefined): Promise<void> {
  const client = after === undefined ? undefined : field.clients[after]
  if (client !== undefined) {
    const conn = field.recorder.aliases.get(client.physical)
    await field.recorder.until(
      `a publish to reach ${conn}`,
      id,
      () => client.state !== 'open' || field.opened(gate) || givenPublish(field, conn),
    )
  }
  field.openGate(gate)
}

/** Whether a connection has received what is no reply. */
function givenPublish(field: Field, conn: string | undefined): boolean {
  return field.recorder.events.some(
    (event) => event.kind === 'receive' && event.conn === conn && 'text' in event.data && event.data.text.startsWith('{"m":'),
  )
}

function pause(field: Field, id: string, index: number): void {
  const client = field.clients[index]
  const conn = client === undefined ? undefined : field.recorder.aliases.get(client.physical)
  if (client?.state !== 'open') {
    field.recorder.emit({ at: 'client', kind: 'skip', step: id, why: `client ${index} is not connected` })
    return
  }
  field.recorder.emit({ at: 'client', kind: 'invoke', conn, step: id, action: { do: 'pause', client: index } })
  client.pause()
}

async function message(field: Field, id: string, step: Extract<Step, { do: 'act' | 'text' | 'bytes' }>): Promise<void> {
  const client = field.clients[step.client]
  const { recorder, session } = field
  const conn = client === undefined ? undefined : recorder.aliases.get(client.physical)
  // A client sends nothing before its handshake has completed; one that waits at a gate may be opened by a later step only.
  const stuck = client !== undefined && (field.opening(client) || (!session.opensEarly && field.heldUp(client)))
  if (client?.state === 'connecting' && !stuck)
    await recorder.until(`the handshake of ${conn}`, id, () => client.state !== 'connecting')
  if (client === undefined || conn === undefined || client.state !== 'open' || client.leaving) {
    recorder.emit({ at: 'client', kind: 'skip', step: id, why: `client ${step.client} is not connected` })
    return
  }
  const text = step.do === 'act' ? actText(field, id, step) : step.do === 'text' ? step.text.replaceAll('$id', id) : undefined
  const data = text === undefined ? { hex: (step as { hex: string }).hex } : { text }
  recorder.emit({ at: 'client', kind: 'invoke', conn, step: id, action: step as unknown as Json })
  const errorsBefore = errorsOf(field, conn)
  const free = overlaps(field) || (!field.heldUp(client) && (field.outstanding.get(client) ?? 0) === 0)
  if (step.do === 'act') field.willHold(client, step.ops)
  recorder.emit({ at: 'client', kind: 'message', conn, step: id, data })
  client.send(data)
  await acknowledge(field, id, step, client, conn, errorsBefore, free)
}

function actText(field: Field, id: string, step: Extract<Step, { do: 'act' }>): string {
  const message: Record<string, unknown> = { ...step.extra }
  const set = (name: string, value: unknown): void => {
    Object.defineProperty(message, name, { value, enumerable: true, configurable: true, writable: true })
  }
  if (step.action !== null) set(step.key ?? field.clients[step.client]?.channel.keys[0] ?? 'action', step.action ?? 'probe')
  set('id', id)
  set('ops', resolveOps(step.ops, id, field))
  return JSON.stringify(message)
}

/**
 * A waited act is acknowledged by its trace, by an error reply where nothing else of its connection is outstanding, or
 * by its connection's end; one that holds at a gate, or that the program says not to wait for, by the phase's end.
 * `free`: no earlier handler of its connection is in its way.
 */
async function acknowledge(
  field: Field,
  id: string,
  step: Step,
  client: Client,
  conn: string,
  errorsBefore: number,
  free: boolean,
): Promise<void> {
  const { recorder, session } = field
  // Where messages are handled in turn nothing of a connection is answered behind a handler that waits at a gate.
  const behind = overlaps(field) ? !isPlain(step, client) && field.heldUp(client) : field.heldUp(client)
  const held =
    behind || (step.do === 'act' && (overlaps(field) ? field.holds(step.ops) : step.ops.some((op) => op.op === 'hold')))
  if (held && free && isPlain(step, client) && step.wait !== false && session.observes.has('trace')) {
    await recorder.until(
      'its handler to wait at a gate',
      id,
      () => client.state !== 'open' || field.traced('settled', id) || waits(field, id),
    )
  }
  if (held || (step.do === 'act' && step.wait === false)) {
    field.outstanding.set(client, (field.outstanding.get(client) ?? 0) + 1)
    return
  }
  if (isPlain(step, client) && session.observes.has('trace') && free) {
    const armed = step.ops.some((op) => op.op === 'arm' && op.gate === undefined)
    const settled = (): boolean => field.traced('settled', id) && (!armed || field.traced('settled', id, 'armed'))
    await recorder.until('its handler to settle', id, () => {
      if (client.state !== 'open' && !field.traced('enter', id)) return true
      if (seesInvocations(field)) return over(field, client, id, settled)
      return settled() || errorsOf(field, conn) > errorsBefore
    })
  } else if (!(await proveHandled(field, client))) {
    field.outstanding.set(client, (field.outstanding.get(client) ?? 0) + 1)
    return
  }
  if (step.do === 'act' && closedItself(field, client, step.ops)) await ended(field, client, id)
  recorder.emit({ at: 'client', kind: 'ack', conn, step: id })
}

/** Where invocations can be seen: the handler has settled and its invocation returned, which may itself wait for a held one; or none ran. */
function over(field: Field, client: Client, id: string, settled: () => boolean): boolean {
  if (field.traced('enter', id) && !field.invocations.killed) return settled() && (field.holdsAnyone() || returned(field, client))
  return returned(field, client)
}

const returned = (field: Field, client: Client): boolean => handled(field, client, field.outstanding.get(client) ?? 0)

/** An action that any client may use, so that its handler is certain to start. */
function isPlain(step: Step, client: Client): step is Extract<Step, { do: 'act' }> {
  return step.do === 'act' && client.channel.name === 'main' && (step.action === undefined || step.action === 'probe')
}

/** Whether the handler of a step waits at a gate, or has done so. */
function waits(field: Field, id: string): boolean {
  return field.recorder.events.some((event) => event.kind === 'begin' && event.name === 'hold' && event.step === id)
}

function errorsOf(field: Field, conn: string): number {
  return field.recorder.events.filter(
    (event) => event.kind === 'receive' && event.conn === conn && 'text' in event.data && event.data.text.includes('"errorName"'),
  ).length
}
