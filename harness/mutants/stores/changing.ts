import type { Mutant } from '../mutant.ts'

const file = 'adapters/serverless/store-operations.ts'
const of = { area: 'stores', base: 'memory-serverless', tier: 'interleaved' } as const

const beginning = '  const live = async (id: string)'
const lookForRemove = "      if (found === undefined || found.state === 'closed') return undefined\n      const record"
const removed = '      await channels.unschedule(id, record.expires)\n      return shown(record)\n'
const entering = 'await topics.enter(topic, { channelId: id, endpoint: found.endpoint, expires: found.expires })'
const leaving = '    unsubscribe: (topic, id) => topics.leave(topic, id),\n'

/** Defects in what changes stores, and in what is told of a change. */
export const changingMutants: readonly Mutant[] = [
  {
    ...of,
    name: 'store-refuses-empty-texts',
    expected: 'STORE-01',
    also: { 'STORE-09': 'channels with ids that need care are not added either' },
    standsFor: 'a table that takes no empty texts, met in the opening data',
    edits: [
      {
        file,
        find: '      const { ttl } = spanOf(connectedAt)\n',
        replace:
          "      const { ttl } = spanOf(connectedAt)\n      if (Object.values(openingData).includes('')) throw new Error('an attribute must not be empty')\n",
      },
    ],
  },
  {
    ...of,
    name: 'store-session-makes-channels',
    expected: 'STORE-03',
    also: {
      'STORE-01': 'what nobody added is found, and can no longer be added',
      'STORE-02': 'of adds that run beside each other none is the one any more',
      'STORE-04': 'it is given to who removes it',
      'STORE-06': 'it is kept, and can be subscribed',
      'STORE-09': 'nor can ids that need care be added any more',
    },
    standsFor: 'an update that inserts what is not there',
    edits: [
      {
        file,
        find: '      if ((await live(id)) === undefined) return false\n',
        replace: `      const found = await channels.find(id)
      const times = { connectedAt: now(), expires: now() + 3_600_000, ttl: now() + 86_400_000 }
      const made = { channelId: id, endpoint: 'stores', by: token(), name: '', openingData: {}, session, ...times }
      if (found === undefined) return channels.add({ ...made, state: 'open' })
      if (!isLive(found, now())) return false
`,
      },
    ],
  },
  {
    ...of,
    name: 'store-removes-live-ones-only',
    expected: 'STORE-04',
    also: {},
    standsFor: 'a removal that looks the channel up as every other reader does, so that no sweep removes what has expired',
    edits: [
      {
        file,
        find: `const found = await channels.find(id)\n${lookForRemove}`,
        replace: 'const found = await live(id)\n      if (found === undefined) return undefined\n      const record',
      },
    ],
  },
  {
    ...of,
    name: 'store-remove-gives-empty-records',
    expected: 'STORE-04',
    also: {},
    standsFor: 'a removal that marks whatever it is told to, and gives an empty record where there is none to give',
    edits: [
      {
        file,
        find: lookForRemove,
        replace: `      const mark = { channelId: id, state: 'closed', by: token(), from: 'open', ttl: now() + 86_400_000 } as const
      if (found === undefined) return (await channels.forbid(mark)) ? ({ id } as FoundChannel) : undefined
      if (found.state === 'closed') return { id } as FoundChannel
      const record`,
      },
    ],
  },
  {
    ...of,
    name: 'store-removal-keeps-its-row',
    expected: 'STORE-10',
    also: { 'STORE-05': 'the row is kept of a channel that was removed' },
    standsFor: 'a removal that leaves to the sweep what only the sweep reads',
    edits: [{ file, find: removed, replace: '      return shown(record)\n' }],
  },
  {
    ...of,
    name: 'store-refuses-and-keeps',
    expected: 'STORE-06',
    also: {
      'STORE-05': 'what was refused of a removed channel is listed and kept',
      'STORE-10': 'what was refused of an expired one is listed',
    },
    standsFor: 'a subscribe that writes first and looks afterwards, and does not take back what it refuses',
    edits: [
      {
        file,
        find: `if (found === undefined) return false\n      ${entering}`,
        replace: "await topics.enter(topic, { channelId: id, endpoint: 'stores', expires: found?.expires ?? now() + 3_600_000 })",
      },
      { file, find: '      await topics.withdraw(topic, id)\n', replace: '' },
    ],
  },
  {
    ...of,
    name: 'store-tells-new-subscribers',
    expected: 'STORE-06',
    also: {},
    standsFor: 'a subscribe that says whether it is a new one, as adding to a set does',
    edits: [
      {
        file,
        find: entering,
        replace: `for await (const page of topics.subscribers(topic)) if (page.some(({ channelId }) => channelId === id)) return false
      ${entering}`,
      },
    ],
  },
  {
    ...of,
    name: 'store-lists-each-subscribe',
    expected: 'STORE-06',
    also: {},
    standsFor: 'subscribers in a list, into which every subscribe puts one more and from which every unsubscribe takes one',
    edits: [
      {
        file,
        find: beginning,
        replace: `  const entries: string[] = []\n  const entryOf = (topic: string, id: string) => JSON.stringify([topic, id])\n${beginning}`,
      },
      { file, find: 'undefined) return true\n', replace: 'undefined) return entries.push(entryOf(topic, id)) > 0\n' },
      {
        file,
        find: leaving,
        replace: `    async unsubscribe(topic, id) {
      const index = entries.indexOf(entryOf(topic, id))
      if (index >= 0) entries.splice(index, 1)
      if (!entries.includes(entryOf(topic, id))) await topics.leave(topic, id)
    },
`,
      },
      {
        file,
        find: '.map(({ channelId }) => channelId)\n      }\n    },\n    async *expired',
        replace:
          '.flatMap(({ channelId: id }) => [id, ...entries.filter((each) => each === entryOf(topic, id)).slice(1).map(() => id)])\n      }\n    },\n    async *expired',
      },
    ],
  },
  {
    ...of,
    name: 'store-unsubscribe-insists',
    expected: 'STORE-07',
    also: {},
    standsFor: 'an unsubscribe that insists on there being a subscription',
    edits: [
      {
        file,
        find: leaving,
        replace: `    async unsubscribe(topic, id) {
      for await (const page of topics.subscribers(topic))
        if (page.some(({ channelId }) => channelId === id)) return topics.leave(topic, id)
      throw new Error('not subscribed')
    },
`,
      },
    ],
  },
  {
    ...of,
    name: 'store-unsubscribe-not-awaited',
    expected: 'STORE-07',
    also: {
      'STORE-06': 'one unsubscribe of what was subscribed twice has not ended it either',
      'STORE-08': 'it takes away who has subscribed again meanwhile',
    },
    standsFor: 'an unsubscribe that nobody waits for, so that a publish behind it still reaches the channel',
    edits: [
      {
        file,
        find: leaving,
        replace: '    async unsubscribe(topic, id) {\n      void topics.leave(topic, id)\n    },\n',
      },
    ],
  },
]
