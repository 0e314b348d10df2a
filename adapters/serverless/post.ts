/** One post to one connection, or its close, repeated where that is safe (STATELESS-07). */
import { type Host, warn } from './host.ts'
import { pauses } from './poll.ts'
import type { Address, PostAnswer } from './ports.ts'
import { polls, postTimeout } from './times.ts'

/**
 * Posts a text. A throttled post proves that nothing was delivered: it is repeated with growing pauses, and nothing else
 * is. What is given up is logged, with its channel and the reason, and its answer given back.
 * @param until milliseconds since 1970: no post is begun that might not be over by then
 */
export async function post(host: Host, address: Address, text: string, until?: number): Promise<PostAnswer> {
  const answer = await repeated(host, () => host.ports.gateway.post(address, text), ['throttled'], until)
  if (answer !== 'ok' && answer !== 'gone') {
    warn(host, 'a message was not delivered', { channelId: address.channelId, reason: answer })
  }
  return answer
}

/**
 * Closes a connection. To close twice does no harm, so whatever leaves open whether it was heard is repeated: a client
 * must not stay on a socket whose channel is gone (LIFE-14).
 * @param until as `post`'s
 */
export async function hangUp(host: Host, address: Address, until?: number): Promise<PostAnswer> {
  const answer = await repeated(host, () => host.ports.gateway.close(address), ['throttled', 'unknown'], until)
  if (answer !== 'ok' && answer !== 'gone') {
    warn(host, 'a connection was not closed', { channelId: address.channelId, reason: answer })
  }
  return answer
}

/** Makes a request until it is answered otherwise, as often as the settings say. */
async function repeated(
  host: Host,
  request: () => Promise<PostAnswer>,
  again: readonly PostAnswer[],
  until = Number.POSITIVE_INFINITY,
): Promise<PostAnswer> {
  const { clock } = host.ports
  const pause = pauses(clock, polls.throttled)
  let answer: PostAnswer = 'throttled'
  for (let times = 0; times < polls.throttled.times; times++) {
    if (times > 0) await pause()
    if (clock.now() + postTimeout >= until) break
    answer = await request()
    if (!again.includes(answer)) break
  }
  return answer
}
