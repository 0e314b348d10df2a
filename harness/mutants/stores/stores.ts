import type { Mutant } from '../mutant.ts'

const channels = 'adapters/memory-serverless/channel-store.ts'
const topics = 'adapters/memory-serverless/event-hub-store.ts'
const of = { area: 'stores', base: 'memory-serverless' } as const

/** Defects in the stores' own requests, which the handlers stand on as well. */
export const storeMutants: readonly Mutant[] = [
  {
    ...of,
    name: 'store-mark-unconditional',
    expected: 'STORE-04',
    also: {
      'STATELESS-03': 'two disconnects that overlap both run onDisconnect',
      'LIFE-10': 'and so do a close and a disconnect',
    },
    standsFor: 'a removal that writes its mark whatever is there',
    edits: [
      {
        file: channels,
        find: "      if (found === undefined || found.state === 'closed' || !states.includes(found.state)) return undefined\n      this.#mark(mark)\n      return copied(found)",
        replace: '      if (found === undefined) return undefined\n      this.#mark(mark)\n      return copied(found) as never',
      },
    ],
  },
  {
    ...of,
    name: 'store-session-creates',
    expected: 'STORE-05',
    also: {
      'SUB-06': 'the mark of a closed channel holds its session',
      'STATELESS-05': 'what was closed is written to again',
    },
    standsFor: 'an update without a condition, which makes what is not there',
    edits: [
      {
        file: channels,
        find: "if (found === undefined || found.state === 'closed' || !meets(found, expected)) return undefined",
        replace: "if (found === undefined || (found.state !== 'closed' && !meets(found, expected))) return undefined",
      },
    ],
  },
  {
    ...of,
    name: 'store-unsubscribe-deletes-intent',
    expected: 'STORE-05',
    also: { 'STATELESS-12': 'what no removal finds stays' },
    standsFor: 'an unsubscribe that tidies up what a removal needs, beside a subscribe that has just written it',
    edits: [
      {
        file: topics,
        find: "  leave(topic: string, channelId: string): Promise<void> {\n    return this.#request('write', 'leave', channelId, 1, () => this.#drop(topic, channelId))",
        replace:
          "  async leave(topic: string, channelId: string): Promise<void> {\n    await this.#request('write', 'leave', channelId, 1, () => this.#drop(topic, channelId))\n    await this.#request('write', 'forget', channelId, 1, () => this.#forget(topic, channelId))",
      },
    ],
  },
  {
    ...of,
    name: 'store-intent-not-awaited',
    expected: 'STORE-05',
    also: {
      'STATELESS-12': 'what no removal finds stays',
      'STATELESS-13': 'a write goes on behind the invocation',
      'STORE-08': 'a listing shows whom no removal has found',
    },
    standsFor: 'an entry written before what a removal finds it by, and the look at the channel between the two',
    edits: [
      {
        file: topics,
        find: 'await Promise.all([',
        replace: 'await Promise.any([',
      },
    ],
  },
  {
    ...of,
    name: 'store-sweeps-whole-hours',
    expected: 'STORE-10',
    also: { 'STATELESS-09': 'a sweep ends channels that are to live on' },
    standsFor: 'a sweep by bucket that takes what has not expired yet for expired',
    edits: [{ file: channels, find: '.filter(({ expires }) => expires < now),', replace: ',' }],
  },
]
