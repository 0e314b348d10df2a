/**
 * Variants of the protocol that only some order of requests, a crash or a lost answer shows: the wrong ones of
 * docs/serverless-protocol.md that no live program finds in reasonable time.
 */
import type { Mutant } from '../mutant.ts'
import { defect, inClaim, inConnect, inDeliver, inRemoval, inTopics } from './edits.ts'

const scheduled = (of: Parameters<typeof defect>[0]): Mutant => ({ ...defect(of), tier: 'simulated' })

export const scheduledMutants: readonly Mutant[] = [
  scheduled({
    name: 'connect-without-a-token',
    expected: 'STATELESS-11',
    also: { 'SUB-06': 'the record stays, and nobody knows of it' },
    standsFor: "a refused put taken for somebody else's, though it was the repetition of one's own",
    edits: [
      inConnect(
        "if (found === undefined || found.state === 'closed' || found.by !== record.by) return answerAgain",
        'return answerAgain',
      ),
    ],
  }),
  scheduled({
    name: 'completion-without-a-token',
    expected: 'LIFE-10',
    standsFor: 'a refused completion taken for a disconnect that came first, though it had been applied',
    edits: [
      inConnect("    if (found?.state === 'closed' && (found.from === 'connected' || found.from === 'open')) return gone\n", ''),
    ],
  }),
  scheduled({
    name: 'mark-without-a-token',
    expected: 'LIFE-10',
    standsFor: "a refused mark taken for somebody else's: everybody leaves onDisconnect to another",
    edits: [inRemoval('if (found.by === by && last !== undefined)', 'if (found.by === null && last !== undefined)')],
  }),
  scheduled({
    name: 'publisher-keeps-what-it-met',
    expected: 'STATELESS-12',
    standsFor: 'a removal by what the channel itself has on record, where a crash has left an entry without one',
    edits: [inTopics('{ known: found, topic }', '{ known: found }')],
  }),
  scheduled({
    name: 'posts-after-its-lease',
    expected: 'STATELESS-10',
    standsFor: 'a lease that is taken and not looked at again',
    edits: [
      inClaim('clock.now() + postTimeout < held.until', 'held.until > 0'),
      inClaim('await post(host, record, item, held.until)', 'await post(host, record, item)'),
    ],
  }),
  scheduled({
    name: 'leaves-the-close-to-whoever-waits',
    expected: 'STATELESS-10',
    standsFor: 'a close() that only a later message would carry out, to a client that never writes',
    edits: [inDeliver('if (record.pending?.close === true) await closeForSure(host, record)', '')],
  }),
  scheduled({
    name: 'subscribes-without-a-second-look',
    expected: 'SUB-07',
    standsFor: 'a subscribe that has seen the channel open, and writes on though it is closed meanwhile',
    edits: [inTopics('if (isLive(await channels.find(channelId), clock.now())) return\n', 'if (endpoint !== null) return\n')],
  }),
  scheduled({
    name: 'believes-the-first-gone',
    expected: 'STATELESS-08',
    standsFor: 'a 410 judged by what the record says after it: the post may have begun before the socket was open',
    edits: [inTopics("      if ((await post(this.#host, subscriber, text)) !== 'gone') return\n", '')],
  }),
]
