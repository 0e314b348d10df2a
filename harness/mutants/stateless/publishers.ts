import type { Mutant } from '../mutant.ts'
import { defect, inPost, inTopics } from './edits.ts'

/** Defects in what a publish, or any post, makes of its receivers (STATELESS-06, STATELESS-15). */
export const publisherMutants: readonly Mutant[] = [
  defect({
    name: 'publish-rejects-for-the-gone',
    expected: 'STATELESS-06',
    also: {
      'PUB-10': 'one receiver that is gone fails the publish',
      'PUB-09': 'also that of the host',
    },
    standsFor: 'the error that a send to a closed channel rejects with, for every channel that is found closed',
    edits: [
      inTopics(
        "=== 'gone') await this.#gone(topic, subscriber, text, aged)",
        "!== 'gone') return\n    await this.#gone(topic, subscriber, text, aged)\n    this.met = true",
      ),
      inTopics(
        '    await Promise.all(posts)\n',
        '    await Promise.all(posts)\n    const { met } = this\n    this.met = false\n    if (met === true) throw new ChannelClosedError()\n',
      ),
    ],
  }),
  defect({
    name: 'tells-whoever-it-was-for',
    expected: 'STATELESS-15',
    standsFor: 'a 413 that is answered where it came from: the error goes to that connection, and to nobody who made the message',
    edits: [
      {
        file: 'adapters/serverless/event-channel.ts',
        find: 'return encoded.length * 3 > maxPostBytes && Buffer.byteLength(encoded) > maxPostBytes ? undefined : encoded',
        replace: 'return encoded',
      },
      inPost(
        "    warn(host, 'a message was not delivered', { channelId: address.channelId, reason: answer })\n",
        "    warn(host, 'a message was not delivered', { channelId: address.channelId, reason: answer })\n    if (answer === 'too large') return host.ports.gateway.post(address, JSON.stringify({ error: 'too large', errorName: 'PayloadTooLargeError' }))\n",
      ),
    ],
  }),
]
