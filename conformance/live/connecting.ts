/** Opening and ending connections, each acknowledged by what the client and the trace show. */
import { type ConnectionScript, packScript } from '../../spec/probe/ops.ts'
import { probeChannels } from '../../spec/probe/channels/index.ts'
import type { Json } from '../../spec/values.ts'
import { Client } from '../client.ts'
import type { ClientSpec } from '../program.ts'
import type { Field } from './field.ts'
import { resolveOps } from './resolve.ts'

/** Connects client `index`, on a pooled connection where `reuse` allows and one is free. */
export async function openConnection(field: Field, index: number, step: string, reuse: boolean): Promise<void> {
  const spec = field.spec.clients[index]
  if (spec === undefined) return
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
  const script = scriptOf(field, spec, physical, step)
  const query = [`s=${packScript(script)}`, ...(spec.query === undefined ? [] : [spec.query])].join('&')
  recorder.emit({ at: 'client', kind: 'invoke', conn, step, action: { do: 'connect', client: index, ...spec, ...script } as unknown as Json })
  const client = new Client(physical, channel, `${session.hosted.url(channel.name, spec.path ?? channel.route)}?${query}`, spec.protocols ?? [], {
    // A pooled connection belongs to another program each time: where its events go is looked up when they come.
    open: (protocol) => tell(field, client, (to) => ({ at: 'client', kind: 'open', conn: to, step, protocol })),
    refused: (status) => tell(field, client, (to) => ({ at: 'client', kind: 'refused', conn: to, step, status })),
    receive: (data) => tell(field, client, (to) => ({ at: 'client', kind: 'receive', conn: to, data })),
    closed: (code, reason) => tell(field, client, (to) => ({ at: 'client', kind: 'closed', conn: to, code, reason })),
  })
  field.clients[index] = client
  if (holds(spec)) await opened(field, client, step)
  else {
    await recorder.until(`the handshake and onConnect of ${conn}`, step, () => connected(field, client, step))
    recorder.emit({ at: 'client', kind: 'ack', conn, step })
  }
}

const holds = (spec: ClientSpec): boolean => spec.connect?.some((op) => op.op === 'hold') ?? false

/** The connect is over: open with onConnect settled, or refused, or closed again. */
function connected(field: Field, client: Client, step: string): boolean {
  learnChannelId(field, client, step)
  if (client.state === 'refused' || client.state === 'closed') return true
  return client.state === 'open' && (!client.channel.onConnect || !field.session.observes.has('trace') || field.traced('settled', step))
}

/** With onConnect held, what can be waited for is that it has begun, and the handshake where the system completes it first. */
async function opened(field: Field, client: Client, step: string): Promise<void> {
  const begun = (): boolean => client.state !== 'connecting' || field.traced('enter', step)
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
  if (spec.connect !== undefined) script.connect = resolveOps(spec.connect, step, field)
  if (spec.disconnect !== undefined) script.disconnect = resolveOps(spec.disconnect, `${step}~`, field)
  if (spec.middleware !== undefined) script.middleware = spec.middleware
  return script
}

/** Ends client `index`'s connection from its side, and waits until the server has seen to it. */
export async function closeConnection(field: Field, step: string, index: number, how: 'close' | 'vanish'): Promise<void> {
  const client = field.clients[index]
  const { recorder } = field
  const conn = client === undefined ? undefined : recorder.aliases.get(client.physical)
  if (client === undefined || conn === undefined || client.state !== 'open') {
    recorder.emit({ at: 'client', kind: 'skip', step, why: `client ${index} is not connected` })
    return
  }
  recorder.emit({ at: 'client', kind: 'invoke', conn, step, action: { do: how, client: index } })
  if (how === 'close') client.close()
  else client.vanish()
  await ended(field, client, step)
  recorder.emit({ at: 'client', kind: 'ack', conn, step })
}

/** Waits until a connection that is ending has ended: its socket closed and, where that shows, its onDisconnect settled. */
export async function ended(field: Field, client: Client, step: string): Promise<void> {
  const { recorder, session } = field
  const conn = recorder.aliases.get(client.physical) ?? ''
  await recorder.until(`the socket of ${conn} to close`, step, () => client.state === 'closed' || client.state === 'refused')
  const expectsDisconnect = client.channel.onDisconnect && session.observes.has('trace') && connectSucceeded(field, conn)
  if (expectsDisconnect) {
    await recorder.until(`onDisconnect of ${conn}`, step, () =>
      recorder.events.some((event) => event.kind === 'settled' && event.handler === 'onDisconnect' && event.conn === conn),
    )
  }
  if (client.channelId !== undefined) field.closed.add(client.channelId)
}

function connectSucceeded(field: Field, conn: string): boolean {
  const leave = field.recorder.events.find((event) => event.kind === 'leave' && event.handler === 'onConnect' && event.conn === conn)
  return leave === undefined || (leave.kind === 'leave' && leave.outcome === 'ok')
}
