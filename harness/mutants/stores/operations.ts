import type { Mutant } from '../mutant.ts'

const file = 'adapters/serverless/store-operations.ts'
const of = { area: 'stores', base: 'memory-serverless' } as const

/** Defects in how operations are composed of requests. */
export const operationMutants: readonly Mutant[] = [
  {
    ...of,
    name: 'store-copies-by-assignment',
    expected: 'STORE-01',
    also: { 'STORE-04': 'who removes the channel is given what was stored' },
    standsFor: 'opening data copied field by field, so that a field called __proto__ becomes a prototype',
    edits: [
      {
        file,
        find: 'name, openingData, session: undefined',
        replace: 'name, openingData: Object.assign({}, openingData), session: undefined',
      },
    ],
  },
  {
    ...of,
    name: 'store-adds-what-was-removed',
    expected: 'STORE-02',
    also: {},
    standsFor: 'a refused add that is taken for the repetition of an accepted one, though its channel is closed',
    edits: [
      { file, find: 'return false\n    },\n    async find', replace: "return found?.state === 'closed'\n    },\n    async find" },
    ],
  },
  {
    ...of,
    name: 'store-session-not-awaited',
    expected: 'STORE-03',
    also: { 'STORE-04': 'the record lacks the session whose write is still to come' },
    standsFor: 'a session write that nobody waits for, so that the next message does not see it',
    edits: [
      {
        file,
        find: 'return (await channels.change(id, { states: liveStates }, { session: { value: session } })) !== undefined',
        replace: 'void channels.change(id, { states: liveStates }, { session: { value: session } })\n      return true',
      },
    ],
  },
  {
    ...of,
    name: 'store-no-look-after-entering',
    tier: 'interleaved',
    expected: 'STORE-05',
    also: {},
    standsFor: 'a subscribe that has seen the channel open and does not look again once it has written',
    edits: [{ file, find: 'if ((await live(id)) !== undefined) return true', replace: 'if (found !== undefined) return true' }],
  },
  {
    ...of,
    name: 'store-looks-before-writing-only',
    expected: 'STORE-05',
    also: {},
    standsFor: 'a subscribe that looks twice, and both times before it writes',
    edits: [
      {
        file,
        find: 'await topics.enter(topic, { channelId: id, endpoint: found.endpoint, expires: found.expires })\n      if ((await live(id)) !== undefined) return true',
        replace:
          'if ((await live(id)) !== undefined) {\n        await topics.enter(topic, { channelId: id, endpoint: found.endpoint, expires: found.expires })\n        return true\n      }',
      },
    ],
  },
  {
    ...of,
    name: 'store-clears-before-mark',
    expected: 'STORE-05',
    also: {},
    standsFor: 'a removal that ends subscriptions first and marks the channel closed last',
    edits: [
      {
        file,
        find: 'const record = await channels.close(',
        replace: 'await topics.clear(id)\n      const record = await channels.close(',
      },
      {
        file,
        find: '      await topics.clear(id)\n      await channels.unschedule(id, record.expires)',
        replace: '      await channels.unschedule(id, record.expires)',
      },
    ],
  },
  {
    ...of,
    name: 'store-subscribes-anybody',
    expected: 'STORE-06',
    also: { 'STORE-10': 'an expired channel is told as well that it is subscribed' },
    standsFor: 'a subscribe of a channel that is not there which resolves as if it had worked',
    edits: [
      {
        file,
        find: 'if (found === undefined) return false\n      await topics.enter',
        replace: 'if (found === undefined) return true\n      await topics.enter',
      },
    ],
  },
  {
    ...of,
    name: 'store-refuses-vain-unsubscribes',
    expected: 'STORE-07',
    also: {},
    standsFor: 'an unsubscribe that insists on there being a channel',
    edits: [
      {
        file,
        find: 'unsubscribe: (topic, id) => topics.leave(topic, id),',
        replace:
          "unsubscribe: async (topic, id) => {\n      if ((await live(id)) === undefined) throw new Error('no such channel')\n      await topics.leave(topic, id)\n    },",
      },
    ],
  },
  {
    ...of,
    name: 'store-skips-at-page-ends',
    expected: 'STORE-08',
    also: { 'STORE-09': 'topics with names that need care have lists of several pages too' },
    standsFor: 'a listing that goes on one entry behind where the last page ended',
    edits: [
      { file, find: 'async *subscribers(topic) {', replace: 'async *subscribers(topic) {\n      let pages = 0' },
      { file, find: 'yield page.filter((each) =>', replace: 'yield page.slice(pages++ === 0 ? 0 : 1).filter((each) =>' },
    ],
  },
  {
    ...of,
    name: 'store-trims-topics',
    expected: 'STORE-09',
    also: {},
    standsFor: 'topics tidied up on their way into the store, and not on their way out',
    edits: [{ file, find: 'topics.enter(topic,', replace: 'topics.enter(topic.trim(),' }],
  },
  {
    ...of,
    name: 'store-finds-expired',
    expected: 'STORE-10',
    also: {},
    standsFor: 'a reader that leaves expiry to the sweep',
    edits: [
      {
        file,
        find: 'return isLive(found, now()) ? found : undefined',
        replace: "return found === undefined || found.state === 'closed' ? undefined : found",
      },
    ],
  },
]
