/** Opening and ending connections, each acknowledged by what the client and the trace show. */

import type { ClientListener } from '../../spec/dial.ts'
import { probeChannels } from '../../spec/probe/channels/index.ts'
import { type ConnectionScript, type Op, packScript } from '../../spec/probe/ops.ts'
import type { Json } from '../../spec/values.ts'
import { Client } from '../client.ts'
import type { ClientSpec, ViolationOfProtocol } from '../program.ts'
import { endsDisconnect, expectsDisconnect } from './expected-endings.ts'
import type { Field } from './field.ts'
import { seesInvocations } from './invocations.ts'
import { endedOnPlatform } from './platform-endings.ts'
import { tellFaults } from './platform-steps.ts'
import { gateOf, resolveMiddleware, resolveOps } from './resolve.ts'

/** Connects client `index`, on a pooled connection where `reuse` allows and one is free. */
export async function openConnection(field: Field, index: number, step: string, reuse: boolean): Promise<void> {
  const spec = field.spec.clients[index]
  if (spec === undefined) return
  const channel = probeChannels.get(spec.channel)
  if (channel?.capabilities?.every((name) => field.session.host.capabilities.includes(name)) === false) {
    field.recorder.emit({ at: 'client', kind: 'skip', step, why: `this system has no channel ${spec.channel}` })
    return
  }
  // What is asked for from here on must be refused, once the stop is known to have begun (LIFE-18).
  await field.stopping
  const life = field.lives[index] ?? 0
  field.lives[index] = life + 1
  const conn = life === 0 ? `c${index}` : `c${index}+${life}`
  const pooled = reuse ? field.session.takePooled() : undefined
  if (pooled !== undefined) {
    adopt(field, index, conn, step, pooled)
    return
  }
  await connect(field, index, conn, step, spec)
}

function adopt(field: Field, index: number, conn: string, step: string, client: Client): void {
  field.clients[index] = client
  field.recorder.aliases.set(client.physical, conn)
  const action = { do: 'adopt', client: index, channel: client.channel.name, channelId: client.channelId ?? '' }
  field.recorder.emit({ at: 'client', kind: 'invoke', conn, step, action })
}

async function connect(field: Field, index: number, conn: string, step: string, spec: ClientSpec): Promise<void> {
  const { recorder, session } = field
  const channel = probeChannels.get(spec.channel)
  if (channel === undefined) throw new Error(`the probe has no channel ${JSON.stringify(spec.channel)}`)
  const physical = session.nextConnection()
  recorder.aliases.set(physical, conn)
  const packed = scriptOf(field, spec, physical, step)
  if (spec.faults !== undefined) field.faulty.set(physical, spec.faults)
  await tellFaults(field, physical, spec.faults)
  // Behind some systems a channel has an address of its own, and no path that a client could vary.
  const address = session.hosted.url(channel.name, spec.path ?? channel.route)
  const addressed = spec.path === undefined || address !== session.hosted.url(channel.name, `${spec.path}/`)
  const query = [`s=${packScript(packed)}`, ...(spec.query === undefined ? [] : [spec.query])].join('&')
  recorder.emit({
    at: 'client',
    kind: 'invoke',
    conn,
    step,
    action: { do: 'connect', client: index, addressed, ...spec, ...packed } as unknown as Json,
  })
  const listener: ClientListener = {
    // A pooled connection belongs to another program each time: where its events go is looked up when they come.
    open: (protocol, key) =>
      tell(field, client, (to) => ({ at: 'client', kind: 'open', conn: to, step, protocol, ...(key && { key }) })),
    refused: (status) => tell(field, client, (to) => ({ at: 'client', kind: 'refused', conn: to, step, status })),
    receive: (data) => tell(field, client, (to) => ({ at: 'client', kind: 'receive', conn: to, data })),
    closed: (code, reason, fault) =>
      tell(field, client, (to) => ({
        at: 'client',
        kind: 'closed',
        conn: to,
        code,
        reason,
        ...(fault !== undefined && { fault }),
      })),
  }
  const client = new Client(physical, channel, `${address}?${query}`, spec.protocols ?? [], listener, session.hosted.dial)
  field.clients[index] = client
  const script = channel.onConnect ? (spec.connect ?? []) : []
  field.willHold(client, script)
  if (spec.gate !== undefined) {
    field.openings.set(client, step)
    if (field.opening(client)) {
      await asked(field, client, step)
      return
    }
  }
  if (script.some((op) => op.op === 'hold')) await opened(field, client, step)
  else {
    await recorder.until(`the handshake and onConnect of ${conn}`, step, () => connected(field, client, step))
    if (closedItself(field, client, script)) await ended(field, client, step)
    recorder.emit({ at: 'client', kind: 'ack', conn, step })
  }
}

/** Whether these operations, which have been performed, have ended their own connection. */
export function closedItself(field: Field, client: Client, ops: readonly Op[]): boolean {
  return ops.some((op) => op.op === 'close') && (!field.session.observes.has('trace') || field.closing(client))
}

/** The connect is over: open with onConnect settled, or refused, or closed again. */
function connected(field: Field, client: Client, step: string): boolean {
  learnChannelId(field, client, step)
  if (client.state === 'refused' || client.state === 'closed') return true
  return (
    client.state === 'open' &&
    (!client.channel.onConnect || !field.session.observes.has('trace') || field.traced('settled', step))
  )
}

/** With its schema held, what can be waited for is that this has been asked: nothing else shows that the handshake has come. */
async function asked(field: Field, client: Client, step: string): Promise<void> {
  if (!field.session.observes.has('trace')) return
  const come = (): boolean => client.state !== 'connecting' || field.traced('waits', step)
  await field.recorder.until('its opening data to be looked at', step, come)
}

/** Waits for the handshakes that schemas held up, once their gates are open. */
export async function settleOpenings(field: Field): Promise<void> {
  for (const [client, step] of field.openings) {
    if (field.opening(client)) continue
    field.openings.delete(client)
    await field.recorder.until('the handshake and onConnect', step, () => connected(field, client, step))
  }
}

/** With onConnect held, what can be waited for is that it has begun, and the handshake where the system completes it first. */
async function opened(field: Field, client: Client, step: string): Promise<void> {
  const shows = client.channel.onConnect && field.session.observes.has('trace')
  const begun = (): boolean =>
    client.state === 'closed' || client.state === 'refused' || (shows ? field.traced('enter', step) : client.state === 'open')
  await field.recorder.until('onConnect to begin', step, begun)
  if (field.session.opensEarly) await field.recorder.until('the handshake', step, () => client.state !== 'connecting')
  learnChannelId(field, client, step)
}

function learnChannelId(field: Field, client: Client, step: string): void {
  if (client.channelId !== undefined) return
  const enter = field.recorder.events.find((event) => event.kind === 'enter' && event.step === step)
  if (enter?.kind === 'enter') client.channelId = enter.channelId
}

function tell(field: Field, client: Client, entry: (conn: string | undefined) => Parameters<Field['recorder']['emit']>[0]): void {
  const { recorder } = field.session
  recorder.emit(entry(recorder.aliases.get(client.physical) ?? `~${client.physical}`))
}

function scriptOf(field: Field, spec: ClientSpec, conn: string, step: string): ConnectionScript {
  const script: ConnectionScript = { conn, step }
  if (spec.gate !== undefined) script.gate = gateOf(spec.gate, field)
  if (spec.connect !== undefined) script.connect = resolveOps(spec.connect, step, field)
  if (spec.disconnect !== undefined) script.disconnect = resolveOps(spec.disconnect, `${step}~`, field)
  if (spec.middleware !== undefined) script.middleware = resolveMiddleware(spec.middleware, step, field)
  return script
}

/** Ways in which a client's side ends a connection. */
export type Ending = { do: 'close' } | { do: 'vanish' } | { do: 'violate'; how: ViolationOfProtocol }

/**
 * Ends client `index`'s connection from its side, and waits until the server has seen to it. A client whose handshake
 * is pending can only vanish.
 */
export async function closeConnection(field: Field, step: string, index: number, ending: Ending): Promise<void> {
  const client = field.clients[index]
  const { recorder } = field
  const conn = client === undefined ? undefined : recorder.aliases.get(client.physical)
  const begun = (): boolean =>
    recorder.events.some((event) => event.kind === 'enter' && event.handler === 'onConnect' && event.conn === conn)
  const held = client !== undefined && field.opening(client)
  // Before onConnect has begun there is nothing yet that could be seen to end.
  if (client?.state === 'connecting' && !held)
    await recorder.until(`the handshake or onConnect of ${conn}`, step, () => client.state !== 'connecting' || begun())
  const pending = client?.state === 'connecting' && !held && ending.do !== 'violate'
  if (client === undefined || conn === undefined || (client.state !== 'open' && !pending)) {
    recorder.emit({ at: 'client', kind: 'skip', step, why: `client ${index} is not connected` })
    return
  }
  recorder.emit({ at: 'client', kind: 'invoke', conn, step, action: { ...ending, client: index } })
  client.resume()
  field.abandoned.delete(client)
  if (ending.do === 'violate') client.write(violations[ending.how])
  else if (ending.do === 'close') client.close()
  else client.vanish()
  await ended(field, client, step, true)
  recorder.emit({ at: 'client', kind: 'ack', conn, step })
}

/** Masked frames that break the protocol, each with an empty mask. */
const violations: Readonly<Record<ViolationOfProtocol, Uint8Array>> = {
  'reserved bit': Uint8Array.of(0xc1, 0x80, 0, 0, 0, 0),
  'unknown opcode': Uint8Array.of(0x83, 0x80, 0, 0, 0, 0),
  'orphan continuation': Uint8Array.of(0x80, 0x80, 0, 0, 0, 0),
  'fragmented ping': Uint8Array.of(0x09, 0x80, 0, 0, 0, 0),
  'long ping': Uint8Array.of(0x89, 0xfe, 0, 126, 0, 0, 0, 0, ...new Uint8Array(126)),
}

/** Whether what holds the connection up is a message handler, and its system has a deadline for those that soon passes. */
function outlived(field: Field, client: Client): boolean {
  return field.spec.system?.handler !== undefined && !field.holds(field.specOf(client)?.connect)
}

/**
 * Waits until a connection that is ending has ended: its socket closed and, where that shows, its onDisconnect settled.
 * What the program itself still holds up is waited for at the end of the phase.
 */
export async function ended(field: Field, client: Client, step: string, byClient = false): Promise<void> {
  const { recorder } = field
  if (field.abandoned.has(client)) return
  if (seesInvocations(field)) return endedOnPlatform(field, client, step, byClient)
  const conn = recorder.aliases.get(client.physical) ?? ''
  const gone = (): boolean => client.state === 'closed' || client.state === 'refused'
  const waited = await recorder.until(`the socket of ${conn} to close`, step, gone, { conn, what: 'the close' })
  if (waited === 'absent') field.abandoned.add(client)
  if (waited !== 'done' || (field.heldUp(client) && !outlived(field, client))) return
  if (expectsDisconnect(field, client, conn)) {
    const [kind, what] = field.holds(field.specOf(client)?.disconnect)
      ? (['enter', 'begin'] as const)
      : (['settled', 'settle'] as const)
    // An onConnect that was let go a moment ago may still refuse, and then no onDisconnect comes.
    const seen = (): boolean =>
      recorder.events.some((event) => event.kind === kind && event.conn === conn && endsDisconnect(event)) ||
      !expectsDisconnect(field, client, conn)
    const ran = await recorder.until(`onDisconnect of ${conn} to ${what}`, step, seen, { conn, what: 'onDisconnect' })
    if (ran === 'absent') field.abandoned.add(client)
    if (ran !== 'done' || kind === 'enter') return
  }
  const channelId = field.learnChannelId(client)
  if (channelId !== undefined) field.closed.add(channelId)
}
