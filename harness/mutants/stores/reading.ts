import type { Mutant } from '../mutant.ts'

const file = 'adapters/serverless/store-operations.ts'
const of = { area: 'stores', base: 'memory-serverless', tier: 'interleaved' } as const

const beginning = '  const live = async (id: string)'
const finding = '      return found && shown(found)\n'
const setting =
  '      return (await channels.change(id, { states: liveStates }, { session: { value: session } })) !== undefined\n'

/** Defects in what stores show: channels, sessions, subscribers, and what has expired. */
export const readingMutants: readonly Mutant[] = [
  {
    ...of,
    name: 'store-reads-lag',
    expected: 'STORE-01',
    also: {
      'STORE-03': 'a session just set is not read, and none can be set of a channel just added',
      'STORE-04': 'a remove does not see a channel just added, and a channel just removed is found',
      'STORE-05': 'the look behind a subscribe does not see that the channel has gone meanwhile',
      'STORE-06': 'a channel just added is refused',
      'STORE-09': 'channels with ids that need care are not found either',
    },
    standsFor: 'reads that are consistent some time later: each shows what the one before should have shown',
    edits: [
      {
        file,
        find: beginning,
        replace: `  const shownNext = new Map<string, Awaited<ReturnType<ChannelStore['find']>>>()
  const read: ChannelStore['find'] = async (id) => {
    const behind = shownNext.get(id)
    shownNext.set(id, await channels.find(id))
    return behind
  }
${beginning}`,
      },
      {
        file,
        find: 'const found = await channels.find(id)\n    return isLive',
        replace: 'const found = await read(id)\n    return isLive',
      },
      {
        file,
        find: 'async remove(id) {\n      const found = await channels.find(id)',
        replace: 'async remove(id) {\n      const found = await read(id)',
      },
    ],
  },
  {
    ...of,
    name: 'store-finds-some-attributes',
    expected: 'STORE-01',
    also: { 'STORE-09': 'channels with ids that need care are found without their names too' },
    standsFor: 'a read that names the attributes it wants, and was not told of those that came later',
    edits: [
      {
        file,
        find: finding,
        replace: '      return found && ({ id, openingData: found.openingData, session: found.session } as FoundChannel)\n',
      },
    ],
  },
  {
    ...of,
    name: 'store-null-where-no-session',
    expected: 'STORE-03',
    also: {
      'STORE-04': 'who removes the channel is given null as well',
      'STORE-09': 'a null that was set of another channel seems to be its own, with ids that need care too',
    },
    standsFor: 'a column for the session, which is null until one is written',
    edits: [
      {
        file,
        find: 'return { id: channelId, name, openingData, connectedAt, expires, session }',
        replace: 'return { id: channelId, name, openingData, connectedAt, expires, session: session ?? null }',
      },
    ],
  },
  {
    ...of,
    name: 'store-sessions-by-name',
    expected: 'STORE-03',
    also: { 'STORE-09': 'so do channels with ids that need care' },
    standsFor: 'sessions kept by the name of the channel, which all its connections have',
    edits: [
      { file, find: beginning, replace: `  const sessions = new Map<string, unknown>()\n${beginning}` },
      {
        file,
        find: setting,
        replace:
          '      const changed = await channels.change(id, { states: liveStates }, { session: { value: session } })\n      if (changed !== undefined) sessions.set(changed.name, session)\n      return changed !== undefined\n',
      },
      { file, find: finding, replace: '      return found && { ...shown(found), session: sessions.get(found.name) }\n' },
    ],
  },
  {
    ...of,
    name: 'store-caches-sessions-first',
    expected: 'STORE-03',
    also: {},
    standsFor:
      'a cache written before the store is: of two writers one is last here, the other there, and an entry does not stay',
    edits: [
      { file, find: beginning, replace: `  const cache = new Map<string, unknown>()\n${beginning}` },
      { file, find: setting, replace: `      cache.set(id, session)\n${setting}` },
      {
        file,
        find: finding,
        replace:
          '      if (found === undefined || !cache.has(id)) return found && shown(found)\n      const session = cache.get(id)\n      cache.delete(id)\n      return { ...shown(found), session }\n',
      },
    ],
  },
  {
    ...of,
    name: 'store-lists-onwards',
    expected: 'STORE-08',
    also: {
      'STORE-06': 'one topic less is not seen where another lists the channel',
      'STORE-07': 'nor is what one unsubscribe ended',
      'STORE-09': 'topics with names that need care are gone on behind as well',
    },
    standsFor: 'a range of keys with a beginning and no end, which goes on with the topics behind',
    edits: [
      {
        file: 'adapters/memory-serverless/event-hub-store.ts',
        find: 'const subscribers = [...(this.#forwards.get(topic)?.values() ?? [])]',
        replace: 'const subscribers = [...this.#forwards].flatMap(([key, found]) => (key >= topic ? [...found.values()] : []))',
      },
    ],
  },
  {
    ...of,
    name: 'store-pages-overlap',
    expected: 'STORE-08',
    also: { 'STORE-06': 'who was subscribed several times and ends a page is listed twice as well' },
    standsFor: 'a listing that goes on with the entry that the last page ended with',
    edits: [
      {
        file,
        find: 'async *subscribers(topic) {\n',
        replace: 'async *subscribers(topic) {\n      let last: { channelId: string; expires: number }[] = []\n',
      },
      {
        file,
        find: '        yield page.filter((each) => !isExpired(each, now())).map(({ channelId }) => channelId)\n',
        replace:
          '        yield [...last, ...page].filter((each) => !isExpired(each, now())).map(({ channelId }) => channelId)\n        last = page.slice(-1)\n',
      },
    ],
  },
  {
    ...of,
    name: 'store-lists-expired',
    expected: 'STORE-10',
    also: {},
    standsFor: 'a listing that leaves expiry to the sweep',
    edits: [{ file, find: 'yield page.filter((each) => !isExpired(each, now())).map(', replace: 'yield page.map(' }],
  },
  {
    ...of,
    name: 'store-sweep-reads-everybody',
    expected: 'STORE-10',
    also: {},
    standsFor: 'a sweep that scans the table, and asks every record whether it has expired',
    edits: [
      { file, find: beginning, replace: `  const ids = new Set<string>()\n${beginning}` },
      {
        file,
        find: '      const { ttl } = spanOf(connectedAt)\n',
        replace: '      const { ttl } = spanOf(connectedAt)\n      ids.add(id)\n',
      },
      {
        file,
        find: '      for await (const page of channels.expired(at)) yield page.map(({ channelId }) => channelId)\n',
        replace:
          "      for (const id of ids) {\n        const found = await channels.find(id)\n        if (found !== undefined && found.state !== 'closed' && isExpired(found, at)) yield [id]\n      }\n",
      },
    ],
  },
]
