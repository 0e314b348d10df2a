/** The connect event: onConnect once for each connection, and an answer that is the client's handshake status. */
import {
  admit,
  type CompiledChannel,
  dispatchConnect,
  ForbiddenError,
  UnauthorizedError,
  ValidationError,
} from '../runtime/index.ts'
import { ConnectingChannel } from './connecting-channel.ts'
import type { ConnectAnswer, ConnectEvent } from './events.ts'
import { type Host, warn } from './host.ts'
import { pauses } from './poll.ts'
import type { ChannelRecord } from './ports.ts'
import { type Found, isAged, isSettled, liveStates } from './records.ts'
import { clear, remove } from './removal.ts'
import { polls, spanOf } from './times.ts'

const ok = 200
const gone = 410
const failed = 500

/** Handles a connect event, however often it comes. */
export async function connect(host: Host, event: ConnectEvent): Promise<ConnectAnswer> {
  let status = failed
  const [protocol] = event.protocols ?? []
  const admitted = await admit(
    host.environment,
    {
      application: host.application,
      route: event.route,
      request: { query: queryText(event.query) },
      response: {
        refuse: (refusal) => {
          status = refusal
        },
      },
    },
    (channel, openingData) => ({ channel, openingData }),
  )
  if (admitted === undefined) {
    warnOfRoute(host, event)
    return { status }
  }
  status = await open(host, event, admitted.channel, admitted.openingData)
  return status === ok && protocol !== undefined ? { status, protocol } : { status }
}

/** Nobody but the log can tell why: the client is given a status alone, and it was not the client who chose the route. */
function warnOfRoute(host: Host, { route, channelId }: ConnectEvent): void {
  const { application } = host
  if (typeof application.match(route) === 'object') return
  const wired = [...application.channels()].map((channel) => channel.route)
  warn(host, 'a connect was refused: no channel is wired to its route', { route, wired, channelId })
}

function queryText(query: ConnectEvent['query']): string {
  const fields = Object.entries(query).flatMap(([name, value]) => [value].flat().map((each) => [name, each] as [string, string]))
  return new URLSearchParams(fields).toString()
}

async function open(host: Host, event: ConnectEvent, channel: CompiledChannel, openingData: object): Promise<number> {
  const { channels, token } = host.ports
  const { channelId, endpoint, connectedAt } = event
  const span = spanOf(connectedAt)
  const record: ChannelRecord = {
    ...{ channelId, endpoint, connectedAt, ...span },
    ...{ state: 'connecting', by: token(), name: channel.name, openingData, session: undefined },
  }
  // The row first: a crash in between leaves a row without a record, never a record that no sweep finds.
  await channels.schedule(channelId, span.expires)
  if (!(await channels.add(record))) {
    const found = await channels.find(channelId)
    // Mine all the same: the answer to my own write was lost.
    if (found === undefined || found.state === 'closed' || found.by !== record.by) return answerAgain(host, record, found)
  }
  const connecting = new ConnectingChannel(host, channel, record)
  const succeeded = (await dispatchConnect(connecting)) ?? true
  await connecting.settle()
  if (!succeeded) return abandon(host, record, statusOf(connecting.thrown?.error), undefined)
  return complete(host, record, connecting)
}

/** The event has come before, or its connection has gone: the answer is what became of the first. */
async function answerAgain(host: Host, { channelId, expires }: ChannelRecord, first: Found): Promise<number> {
  const { channels, clock } = host.ports
  const pause = pauses(clock, polls.connecting)
  let found = first
  while (found?.state === 'connecting' && !isAged(found, clock.now())) {
    await pause()
    found = await channels.find(channelId)
  }
  if (first === undefined || first.state === 'closed') {
    // The row that this event has just written would otherwise stay.
    await clear(host, channelId)
    await channels.unschedule(channelId, expires)
  }
  return isSettled(found) ? ok : gone
}

async function complete(host: Host, record: ChannelRecord, connecting: ConnectingChannel): Promise<number> {
  const { pending, session } = connecting
  const { channels, clock, defer } = host.ports
  const { channelId } = record
  if (isAged(record, clock.now())) return abandon(host, record, gone, connecting)
  const change = { state: 'connected', ...(pending && { pending }), ...(session && { session }) } as const
  const written = await channels.change(channelId, { states: ['connecting'] }, change)
  if (written === undefined) {
    const found = await channels.find(channelId)
    // Mine, applied, and removed since: its remover runs onDisconnect.
    if (found?.state === 'closed' && (found.from === 'connected' || found.from === 'open')) return gone
    // Otherwise a settled state is my own write, of which the answer was lost: nobody else completes this connect.
    if (!isSettled(found)) return abandon(host, record, gone, connecting)
  }
  if (pending === undefined) return ok
  try {
    await defer(channelId)
    return ok
  } catch (error) {
    // Nobody would deliver it to a client that never writes: the connection is refused, as one that was opened and ended.
    warn(host, 'its output could not be deferred', { channelId, reason: String(error) })
    await remove(host, channelId, { known: { ...record, state: 'connected' } })
    return failed
  }
}

/**
 * Gives the connection up. Nobody else runs onDisconnect of a record taken from connecting or closing, so where onConnect
 * succeeded it is run here, after onConnect has settled (STATELESS-17).
 * @param succeeded the connection's onConnect, where it succeeded
 */
async function abandon(
  host: Host,
  record: ChannelRecord,
  status: number,
  succeeded: ConnectingChannel | undefined,
): Promise<number> {
  const { channels } = host.ports
  const { channelId, by, ttl, expires } = record
  await channels.close({ channelId, state: 'closed', by, from: 'closing', ttl }, liveStates)
  await clear(host, channelId)
  if (succeeded !== undefined) await host.runDisconnect({ ...record, session: succeeded.session?.value })
  await channels.unschedule(channelId, expires)
  return status
}

function statusOf(error: unknown): number {
  if (error instanceof UnauthorizedError) return 401
  if (error instanceof ForbiddenError) return 403
  return error instanceof ValidationError ? 400 : failed
}
