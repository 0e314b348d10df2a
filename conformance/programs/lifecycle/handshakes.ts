/** Programs about handshakes: routes, queries, paths, schemas and sub-protocols, and handlers that change what they are given. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { ClientSpec, Phase, Program } from '../../program.ts'
import type { Family } from '../family.ts'
import { act, clientIndex, program } from '../parts.ts'
import { namedQueries, queries, repeatedQueries } from './queries.ts'

const count = 3

/** Paths of no channel; those that differ from one in case or slashes alone are ROUTE-11's. */
const unwiredPaths = ['/nowhere', '/', '/nowhere/main', '/main/deeper', '/nowhere%20at/all', '/toString', '/__proto__']

const paths = [
  '/path/a/b',
  '/path/a%20b/c%2Fd',
  '/path/%F0%9F%98%80/a+b',
  '/path/%25/%2525',
  '/path/__proto__/constructor',
  '/path/fixed/b',
] as const

const malformedPaths = ['/path/%zz/b', '/path/a/%', '/path/%E/b'] as const

const given = (value: unknown): string => `give=${encodeURIComponent(JSON.stringify(value))}`

/** What the schema is asked to return: JSON values of every kind, and what is none. */
const jsonValues = [null, 0, -1.5, '', false, [], {}, [1, [null, { a: [] }]], { deep: { deeper: ['\u2028', '\ud83d\ude00'] } }]
const otherValues = [
  { $: 'undefined' },
  { $: 'nan' },
  { $: 'infinity' },
  { $: 'date', of: '2026-01-01T00:00:00.000Z' },
  { $: 'bigint', of: '1' },
  { $: 'symbol', of: 's' },
  { $: 'function' },
  { $: 'cycle' },
  { $: 'toJSON', of: 1 },
  { $: 'undefined toJSON' },
  { $: 'bytes', of: '00ff' },
  [1, { $: 'undefined' }],
  { deep: [{ $: 'date', of: '2026-01-01T00:00:00.000Z' }] },
]

const pathQueries = ['name=query', 'part=query&name=1&name=2', 'a=1&part=1', 'name=%zz', 'a=1'] as const
const refusedQueries = [
  'verdict=refuse',
  'verdict=refuse&later=1',
  'verdict=refuse&a=1',
  'a=1&verdict=refuse',
  'verdict=refuse&token=secret-of-a-handshake',
] as const
const takenQueries = [...jsonValues.map(given), `${given(jsonValues[7])}&later=1`]
const otherQueries = [...otherValues.map(given), `${given(otherValues[3])}&later=1`]

const looks: fc.Arbitrary<Op> = fc.oneof(
  fc.record({ op: fc.constant('mutate' as const), what: fc.constantFrom('openingData' as const, 'data' as const) }),
  fc.record({ op: fc.constant('look' as const) }),
)
const ops = fc.array(looks, { minLength: 0, maxLength: 2 })

const client = (of: {
  channel: string
  path?: fc.Arbitrary<string>
  query?: fc.Arbitrary<string>
  protocols?: fc.Arbitrary<string[]>
}) =>
  fc.record({ ...of, channel: fc.constant(of.channel), connect: ops }, { requiredKeys: ['channel'] }) as fc.Arbitrary<ClientSpec>

const unwired = client({ channel: 'main', path: fc.constantFrom(...unwiredPaths) })
const querying = client({
  channel: 'main',
  query: fc.oneof(fc.constantFrom(...queries), fc.constantFrom(...repeatedQueries), fc.constantFrom(...namedQueries)),
})
const pathed = client({
  channel: 'path-deep',
  path: fc.oneof(fc.constantFrom(...paths), fc.constantFrom(...malformedPaths)),
  query: fc.constantFrom(...pathQueries),
})
const checked = client({
  channel: 'opened',
  query: fc.oneof(
    fc.constantFrom(...refusedQueries),
    fc.constantFrom('a=1&a=2', 'a=1&later=1', '__proto__=own', 'verdict=throw'),
    fc.constantFrom(...takenQueries),
    fc.constantFrom(...otherQueries),
  ),
})
const subProtocols = ['chat', 'v2', 'v1', 'Chat', 'V2.json', 'x-y_z~1'] as const
const offering = client({
  channel: 'main',
  protocols: fc.uniqueArray(fc.constantFrom(...subProtocols), { minLength: 1, maxLength: 3 }),
})

const one = (spec: ClientSpec, ...acts: Op[][]): Program => ({
  clients: [spec],
  prefix: acts.map((each) => ({ do: 'act', client: 0, ops: each })),
  phases: [],
})

const many = (...clients: ClientSpec[]): Program => ({ clients, prefix: [], phases: [] })
const asking = (channel: string, ...all: (readonly string[])[]): Program =>
  many(...all.flat().map((query): ClientSpec => ({ channel, query })))

const anyClient = fc.oneof(
  { weight: 2, arbitrary: unwired },
  { weight: 5, arbitrary: querying },
  { weight: 4, arbitrary: pathed },
  { weight: 7, arbitrary: checked },
  { weight: 2, arbitrary: offering },
)
/** One handshake after another: what one leaves behind would show in the next. */
const oneAfterAnother: fc.Arbitrary<Program> = fc.record({
  clients: fc.array(anyClient, { minLength: 1, maxLength: 100 }),
  prefix: fc.array(act(clientIndex(count), ops), { maxLength: 0 }),
  phases: fc.array(fc.constant<Phase>({ lanes: [] }), { maxLength: 0 }),
})

export const lifecycleHandshakes: Family = {
  name: 'lifecycle/handshakes',
  area: 'lifecycle',
  runs: 240,
  arbitrary: fc.oneof(
    {
      weight: 20,
      arbitrary: program({
        clients: fc.array(anyClient, { minLength: 1, maxLength: count }),
        prefix: fc.array(act(clientIndex(count), ops), { minLength: 0, maxLength: 3 }),
        step: act(clientIndex(count), ops),
        phases: 1,
        lanes: 2,
        steps: 2,
      }),
    },
    { weight: 1, arbitrary: oneAfterAnother },
  ),
  examples: {
    'LIFE-01 refused': many(...unwiredPaths.map((path): ClientSpec => ({ channel: 'main', path }))),
    'LIFE-01 no handler': one({ channel: 'main', path: '/nowhere', connect: [{ op: 'look' }] }, [{ op: 'look' }]),
    'LIFE-01 status': one({ channel: 'main', path: '/' }),
    'LIFE-02 refused': asking('opened', refusedQueries),
    'LIFE-02 no handler': one({ channel: 'opened', query: 'verdict=refuse&later=1' }),
    'LIFE-02 status': one({ channel: 'opened', query: 'verdict=refuse&a=1' }),
    'LIFE-02 accepted': one({ channel: 'opened', query: 'a=1&a=2' }),
    'LIFE-04 query fields': asking('main', queries),
    'LIFE-04 repeated fields': asking('main', repeatedQueries.slice(0, repeatedQueries.length / 4), ['tag=&tag=a', 'tag=0&tag=']),
    'LIFE-04 names of any kind': asking('main', namedQueries),
    'LIFE-04 path fields': many(...paths.map((path): ClientSpec => ({ channel: 'path-deep', path }))),
    'LIFE-04 path wins': many(...pathQueries.map((query): ClientSpec => ({ channel: 'path-deep', path: '/path/a/b', query }))),
    'LIFE-04 malformed escape': many(...malformedPaths.map((path): ClientSpec => ({ channel: 'path-deep', path }))),
    'LIFE-04 as the schema made it': one({ channel: 'opened', query: 'a=1&later=1' }),
    'LIFE-04 same in every handler': one({ channel: 'main', query: 'a=1&a=2' }, [{ op: 'look' }]),
    'LIFE-04 whatever a handler did': one({ channel: 'main', query: 'a=1&a=2', connect: [{ op: 'mutate', what: 'data' }] }, [
      { op: 'mutate', what: 'openingData' },
    ]),
    'LIFE-04 given to onConnect': one({ channel: 'main', query: 'a=1&a=2', connect: [{ op: 'look' }] }),
    'LIFE-22 refused': asking('opened', otherQueries),
    'LIFE-22 no handler': one({ channel: 'opened', query: given({ $: 'cycle' }) }),
    'LIFE-22 status': one({ channel: 'opened', query: given({ $: 'nan' }) }),
    'LIFE-22 handshake accepted': asking('opened', takenQueries),
    'LIFE-23 one of those offered': many(
      ...[['v2', 'chat'], ['Chat'], ['V2.json', 'x-y_z~1'], ['v1', 'Chat', 'x-y_z~1']].map(
        (protocols): ClientSpec => ({ channel: 'main', protocols }),
      ),
    ),
    'LIFE-23 none unasked': one({ channel: 'main', query: 'room=general' }),
  },
}
