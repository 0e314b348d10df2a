/** Deliveries of onConnect's output that come twice, too early, out of order, out of turn, or never (STATELESS-10, STATELESS-13). */
import type { Edit, Mutant } from '../mutant.ts'

const common = { area: 'stateless', base: 'memory-serverless' } as const
const edit = (file: string, find: string, replace: string): Edit => ({ file: `adapters/serverless/${file}`, find, replace })

export const outputMutants: readonly Mutant[] = [
  {
    ...common,
    name: 'delivers-without-a-claim',
    expected: 'STATELESS-10',
    also: {
      'PUB-05': 'what two invocations deliver is received twice',
      'LIFE-08': 'the second copy comes after a reply',
    },
    standsFor: 'reading what is pending, posting it, and clearing it afterwards',
    edits: [edit('claim.ts', 'pending: true, claimedBy: null } as const', 'pending: true } as const')],
  },
  {
    ...common,
    name: 'does-not-wait-for-a-claim',
    expected: 'STATELESS-10',
    also: { 'LIFE-08': 'the reply overtakes what onConnect returned' },
    standsFor: 'a message handler that starts as soon as the channel is open, whoever is still delivering',
    edits: [
      edit(
        'message.ts',
        '} else if (found.pending !== undefined) {',
        '} else if (found.pending !== undefined && found.claim === undefined) {',
      ),
    ],
  },
  {
    ...common,
    name: 'repeats-the-rest-after-a-lease',
    expected: 'STATELESS-10',
    also: {
      'PUB-05': 'the part that had been delivered is received again',
      'LIFE-08': 'after whatever came in between',
    },
    standsFor: 'taking over the claim of a dead invocation, with all it had claimed',
    edits: [
      edit(
        'message.ts',
        "const ended = { state: 'open', pending: null, claim: null } as const",
        "const ended = { state: 'open', claim: null } as const",
      ),
    ],
  },
  {
    ...common,
    name: 'loses-the-close-with-the-lease',
    expected: 'STATELESS-10',
    also: {
      'LIFE-05': 'a message handler runs on a channel that has been closed',
      'LIFE-14': 'and the client never sees its socket close',
    },
    standsFor: 'a close() kept among the messages that a lease may lose',
    edits: [edit('message.ts', 'if (found.pending?.close === true) {', 'if (found.pending?.close === undefined) {')],
  },
  {
    ...common,
    name: 'loses-without-a-word',
    expected: 'STATELESS-10',
    also: {},
    standsFor: 'a remainder that is dropped where nobody will look for it',
    edits: [edit('claim.ts', '  if (messages > 0) warn(', '  if (messages < 0) warn(')],
  },
  {
    ...common,
    name: 'delivers-the-last-first',
    expected: 'STATELESS-10',
    also: { 'LIFE-08': 'what onConnect returned comes before what it sent' },
    standsFor: 'a list in a store that is read from its end',
    edits: [
      edit(
        'claim.ts',
        'for (const [index, item] of items.entries()) {',
        'for (const [index, item] of [...items].reverse().entries()) {',
      ),
    ],
  },
  {
    ...common,
    name: 'an-early-post-counts-as-delivered',
    expected: 'STATELESS-10',
    also: {
      'LIFE-08': 'what onConnect returned never arrives',
      'STATELESS-08': 'the "gone" of a connection that is still connecting is believed, for its output',
      'STATELESS-13': 'so that nothing of it was kept for another invocation',
    },
    standsFor: 'a "gone" taken for an answer like any other, while the connect has not returned',
    edits: [edit('claim.ts', "if (index === 0) return 'early'", "if (index === 0) return 'delivered'")],
  },
  {
    ...common,
    name: 'never-defers',
    expected: 'STATELESS-13',
    also: {
      'LIFE-08': 'what onConnect returned waits for a message that may never come',
      'LIFE-14': 'so does its close()',
    },
    standsFor: 'output that is delivered with the first message, since the clients at hand all send one',
    edits: [edit('connect.ts', '    await defer(channelId)\n', '')],
  },
  {
    ...common,
    name: 'posts-from-onConnect-at-once',
    expected: 'STATELESS-10',
    also: {},
    standsFor: 'a send that is the same in every handler, also while the platform knows nothing of the connection',
    edits: [
      edit(
        'connecting-channel.ts',
        '    this.#items.push(text)\n',
        '    await this.host.ports.gateway.post(this.record, text)\n',
      ),
    ],
  },
]
