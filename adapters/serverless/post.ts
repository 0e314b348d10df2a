/** One post to one connection, repeated where that is safe (STATELESS-07). */
import { type Host, warn } from './host.ts'
import { pauses } from './poll.ts'
import type { Address, PostAnswer } from './ports.ts'
import { polls, postTimeout } from './times.ts'

/**
 * Posts a text. A throttled post proves that nothing was delivered: it is repeated with growing pauses, and nothing else
 * is. What is given up is logged, with its channel and the reason, and its answer given back.
 * @param until milliseconds since 1970: no post is begun that might not be over by then
 */
export async function post(host: Host, address: Address, text: string, until = Number.POSITIVE_INFINITY): Promise<PostAnswer> {
  const { gateway, clock } = host.ports
  const pause = pauses(clock, polls.throttled)
  let answer: PostAnswer = 'throttled'
  for (let times = 0; times < polls.throttled.times; times++) {
    if (times > 0) await pause()
    if (clock.now() + postTimeout >= until) break
    answer = await gateway.post(address, text)
    if (answer !== 'throttled') break
  }
  if (answer !== 'ok' && answer !== 'gone') {
    warn(host, 'a message was not delivered', { channelId: address.channelId, reason: answer })
  }
  return answer
}
