import type { Mutant } from '../mutant.ts'

const file = 'adapters/serverless/store-operations.ts'
const of = { area: 'stores', base: 'memory-serverless', tier: 'interleaved' } as const

const shown = 'return { id: channelId, name, openingData, connectedAt, expires, session }'
const setting = '    async setSession(id, session) {\n'
const given = { 'STORE-04': 'who removes the channel is given the record as it was stored' }

/** Defects in what a record can hold. */
export const recordMutants: readonly Mutant[] = [
  {
    ...of,
    name: 'store-connected-in-seconds',
    expected: 'STORE-01',
    also: given,
    standsFor: 'a time kept in whole seconds, as a column of Unix times is',
    edits: [{ file, find: shown, replace: shown.replace('connectedAt', 'connectedAt: Math.floor(connectedAt / 1000) * 1000') }],
  },
  {
    ...of,
    name: 'store-expires-in-minutes',
    expected: 'STORE-01',
    also: given,
    standsFor: 'an expiry kept in whole minutes, by which a sweep has its buckets',
    edits: [{ file, find: shown, replace: shown.replace('expires', 'expires: Math.floor(expires / 60_000) * 60_000') }],
  },
  {
    ...of,
    name: 'store-connected-when-added',
    expected: 'STORE-01',
    also: given,
    standsFor: 'a column for the time of connecting that the store fills in by itself',
    edits: [
      {
        file,
        find: "await channels.add({ ...base, state: 'open', connectedAt, expires",
        replace: "await channels.add({ ...base, state: 'open', connectedAt: now(), expires",
      },
    ],
  },
  {
    ...of,
    name: 'store-columns-hide-opening-data',
    expected: 'STORE-01',
    also: given,
    standsFor: 'opening data kept as columns beside those of the record, which hide what has their names',
    edits: [
      {
        file,
        find: 'function shown({ channelId, name, openingData, connectedAt, expires, session }: ChannelRecord): FoundChannel {\n',
        replace: `function shown({ channelId, name, openingData: given, connectedAt, expires, session }: ChannelRecord): FoundChannel {
  const own = ['id', 'channelId', 'name', 'endpoint', 'connectedAt', 'session']
  const openingData = Object.fromEntries(Object.entries(given).filter(([field]) => !own.includes(field)))
`,
      },
    ],
  },
  {
    ...of,
    name: 'store-drops-large-sessions',
    expected: 'STORE-03',
    also: { 'STORE-04': 'who removes the channel is given the session before that one' },
    standsFor: 'a store with a limit for its values, which leaves away what is longer and tells nobody, as a cookie does',
    edits: [
      {
        file,
        find: setting,
        replace: `${setting}      if ((JSON.stringify(session) ?? '').length > 4096) return (await live(id)) !== undefined\n`,
      },
    ],
  },
  {
    ...of,
    name: 'store-remove-echoes-unknown-ids',
    expected: 'STORE-04',
    also: {
      'STORE-03': 'what is removed beside its add is there afterwards, and its session can be set',
      'STORE-05': 'so it is kept, and what subscribes it stays',
      'STORE-06': 'and it can be subscribed',
    },
    standsFor: 'a removal that answers with what it was told where there was nothing to remove',
    edits: [
      {
        file,
        find: "      if (found === undefined || found.state === 'closed') return undefined\n      const record",
        replace:
          "      if (found === undefined) return { id } as FoundChannel\n      if (found.state === 'closed') return undefined\n      const record",
      },
    ],
  },
]
