/**
 * What proves absence: at the end of a phase everything sent has been handled; at the end of the program a sentinel has
 * gone through every topic and a reply has come back on every connection. What has not arrived by then is lost.
 */
import type { Client } from '../client.ts'
import { ended, settleOpenings } from './connecting.ts'
import type { Field } from './field.ts'
import { hostPublish } from './host-steps.ts'
import { atRest, handled, idle, overlaps, seesInvocations } from './invocations.ts'
import { concludeEnding } from './platform-endings.ts'
import { settleOwed } from './platform-steps.ts'

/**
 * Sends a message of the kit's own and waits for its reply: everything sent to this client before has then arrived, and
 * everything it has sent has been handled. Where messages overlap the reply says the latter only if nothing was
 * being handled when the fence was sent (`proves`); the answer to any other is no proof, and not recorded as one.
 */
export async function fence(field: Field, client: Client, proves = true): Promise<void> {
  const { recorder } = field
  const conn = recorder.aliases.get(client.physical)
  if (client.state !== 'open' || client.leaving || conn === undefined || client.channel.fence === 'none' || field.closing(client))
    return
  const id = field.nextFence()
  const message =
    client.channel.fence === null ? { fence: id } : { [client.channel.fence.key]: client.channel.fence.action, fence: id }
  const data = { text: JSON.stringify(message) }
  recorder.emit({ at: 'client', kind: 'message', conn, step: id, data })
  client.send(data)
  let read = recorder.events.length
  let found = false
  const answered = (): boolean => {
    for (; read < recorder.events.length && !found; read++) {
      const event = recorder.events[read]
      found = event?.kind === 'receive' && event.conn === conn && 'text' in event.data && event.data.text.includes(`"${id}"`)
    }
    return found
  }
  // A platform may refuse the answer, or the channel be gone though the socket is there: then none will come.
  const lost = (): boolean =>
    seesInvocations(field) &&
    !field.holdsAnyone() &&
    handled(field, client) &&
    !field.invocations.of(conn).delivered.some((text) => text.includes(`"${id}"`))
  await recorder.until(`the fence of ${conn}`, id, () => client.state !== 'open' || answered() || field.closing(client) || lost())
  // Where nothing tells that invocations have returned, absence is not proved at all.
  const proof = proves && (!overlaps(field) || field.session.hosted.idle !== undefined)
  if (client.state === 'open' && answered() && proof) {
    field.outstanding.delete(client)
    recorder.emit({ at: 'client', kind: 'fenced', conn, step: id })
  }
}

/**
 * Proves that what a client has sent so far has been handled; false where that has to wait for the end of the phase,
 * since a handler of its connection is held.
 */
export async function proveHandled(field: Field, client: Client): Promise<boolean> {
  const { recorder } = field
  // Without a view of its invocations the system can be asked only once the program holds nothing up.
  if (!overlaps(field) || !seesInvocations(field)) {
    await fence(field, client, !overlaps(field))
    return true
  }
  const conn = recorder.aliases.get(client.physical)
  const over = (): boolean => handled(field, client) || field.heldUp(client)
  // Another lane may send on this connection in the moment in which the wait ends.
  while (!over() && !recorder.hung) await recorder.until(`what ${conn} sent to be handled`, undefined, over)
  if (!handled(field, client)) return false
  await fence(field, client)
  return true
}

/** Ends a phase: gates are opened, every message has been handled, every handler that began has settled. */
export async function settlePhase(field: Field): Promise<void> {
  field.letGo()
  await settleOpenings(field)
  await settleOwed(field)
  const fenceOutstanding = (proves = true): Promise<unknown> =>
    Promise.all(
      field.clients.map((client) =>
        client !== undefined && field.outstanding.has(client) ? fence(field, client, proves) : undefined,
      ),
    )
  // A fence shows that what was sent before it has been taken up, where the platform does not tell.
  if (overlaps(field) && !seesInvocations(field)) await fenceOutstanding(false)
  if (!atRest(field)) await idle(field)
  await fenceOutstanding()
  await traced(field)
  await field.recorder.until(
    'every handler to settle',
    undefined,
    () => field.invocations.killed || (unsettled(field) === undefined && !armed(field)),
  )
  for (const client of field.clients) {
    if (client?.state === 'connecting')
      await field.recorder.until('the handshake', undefined, () => client.state !== 'connecting')
    if (client !== undefined && seesInvocations(field)) concludeEnding(field, client)
    if (client === undefined || field.closed.has(client.channelId ?? '')) continue
    if (client.state === 'closed' || client.state === 'refused' || field.closing(client)) await ended(field, client, field.name)
  }
}

/** Whether operations are armed that have not been carried out: their gates are open now. */
function armed(field: Field): boolean {
  let pending = 0
  for (const event of field.recorder.events) {
    if (event.conn?.startsWith('~')) continue
    if (event.kind === 'end' && event.name === 'arm') pending++
    else if (event.kind === 'settled' && event.handler === 'armed') pending--
  }
  return pending > 0
}

/** The first handler call of this program that has begun and not settled. */
function unsettled(field: Field): number | undefined {
  const open = new Set<number>()
  for (const event of field.recorder.events) {
    if (event.kind === 'enter' && !event.conn?.startsWith('~')) open.add(event.call)
    else if (event.kind === 'settled') open.delete(event.call)
  }
  return open.values().next().value
}

/** Ends the program: a sentinel through every topic, then a fence on every connection. */
export async function settleProgram(field: Field): Promise<void> {
  if (field.recorder.hung) return
  await settlePhase(field)
  if (field.session.hosted.publish !== undefined) {
    const topics = [...field.topics()]
    await Promise.all(
      topics.map((topic, index) =>
        hostPublish(field, `${field.name}.s${index}`, topic, null, { m: `${field.name}.s${index}` }, true),
      ),
    )
  }
  await Promise.all(field.clients.map((client) => (client === undefined ? undefined : fence(field, client))))
  await traced(field)
}

/**
 * Resolves when everything traced so far is known here. Traces travel apart from replies: without this a handler that ran
 * might look as if it had not, and what is asked next as if it came before. Idleness tells it as well.
 */
async function traced(field: Field): Promise<void> {
  if (!seesInvocations(field)) await field.session.hosted.flush?.()
}
