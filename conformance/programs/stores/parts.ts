/** What programs over stores are made of. */
import fc from 'fast-check'
import type { Tagged } from '../../../spec/values.ts'
import type { Program } from '../../program.ts'
import type { AddStep, StoreProgram, StoreStep } from '../../stores/program.ts'

const minute = 60_000

/** Far beyond any program's end. Of no span of time that is added up here are the seconds whole: stores must not round them. */
export const later = 60 * minute + 617

export const ids = ['a', 'b', 'c', 'd', 'e'] as const
export const topics = ['t', 'u'] as const

/** Opening data whose fields are called what a record's own may be called. */
export const likeRecords: Tagged = {
  id: 'b',
  name: 'x',
  session: { user: 'u9' },
  connectedAt: 0,
  channelId: 'c',
  endpoint: 'e',
  openingData: { x: 2 },
}

/** Opening data of every shape JSON has, and of names that objects have of their own. */
export const data: readonly Tagged[] = [
  {},
  { x: 1 },
  { empty: '', none: null, no: false, zero: 0 },
  { list: [], inner: { deep: [{ a: [1, [2]] }] } },
  { text: 'é\u0000\u2028😀', ' ': ' ' },
  { $: 'object', of: [['__proto__', { polluted: true }]] },
  { constructor: 'c', toString: 't', hasOwnProperty: 'h' },
  { S: 'x', N: '1', M: {}, pk: 'a', sk: 'b', ttl: 1, state: 'closed', expires: 0 },
  { large: 9007199254740991, small: -1.5e-7, long: 'x'.repeat(5000) },
  likeRecords,
]

/** More than a cookie or a small column holds. */
export const longSession: Tagged = { long: 'x'.repeat(5000) }

export const sessions: readonly Tagged[] = [
  { user: 'u1' },
  { user: 'u2' },
  { user: 'u3' },
  null,
  '',
  0,
  false,
  [],
  { $: 'undefined' },
  { none: null, list: [[]], text: '\u0000é' },
  longSession,
]

const names = ['n', 'main', ' padded ', 'Ünï/code#', '__proto__', 'x y', '0', 'false'] as const

/** Opening data and sessions as generators know them: a copy would lie outside of what they give. */
const plainData = data[0] as Tagged
export const session = (number: 1 | 2 | 3): Tagged => sessions[number - 1] as Tagged

/** An add; what is left out is plain. */
export const add = (id: string, of: Partial<Omit<AddStep, 'op' | 'id'>> = {}): AddStep => ({
  op: 'add',
  id,
  name: 'n',
  data: plainData,
  expires: later,
  ...of,
})

/** A program over stores; what is left out is empty. */
export const onStores = (of: Partial<StoreProgram>): Program => ({
  clients: [],
  prefix: [],
  phases: [],
  stores: { page: 100, channels: [], prefix: [], together: [], after: [], early: false, choices: [], ...of },
})

/** Times at which channels expire; no clock ever stands at one of them. */
export const expiries = [5 * minute + 617, 10 * minute + 617, later] as const

/** How far the clock goes on at once. */
export const advances = [1_500, 6 * minute + 500, 11 * minute + 500] as const

/** Every step over these names, the likelier ones first. */
export function steps(of: {
  ids: readonly string[]
  topics: readonly string[]
}): Record<StoreStep['op'], fc.Arbitrary<StoreStep>> {
  const id = fc.constantFrom(...of.ids)
  const topic = fc.constantFrom(...of.topics)
  const op = <N extends string>(name: N) => fc.constant(name)
  return {
    add: adds(of.ids),
    find: fc.record({ op: op('find'), id }),
    'set session': fc.record({ op: op('set session'), id, value: fc.constantFrom(...sessions) }),
    remove: fc.record({ op: op('remove'), id }),
    subscribe: fc.record({ op: op('subscribe'), topic, id }),
    unsubscribe: fc.record({ op: op('unsubscribe'), topic, id }),
    subscribers: fc.record({ op: op('subscribers'), topic }),
    expired: fc.record({ op: op('expired') }),
    advance: fc.record({ op: op('advance'), milliseconds: fc.constantFrom(...advances) }),
  }
}

/** An add of one of these that expires at one of these times. */
const addsBy = (of: readonly string[], times: readonly number[]): fc.Arbitrary<AddStep> =>
  fc.record({
    op: fc.constant('add' as const),
    id: fc.constantFrom(...of),
    name: fc.constantFrom(...names),
    data: fc.constantFrom(...data),
    expires: fc.constantFrom(...times),
  })

/** An add of one of these; few channels expire unless asked for. */
export const adds = (of: readonly string[], soon = false): fc.Arbitrary<AddStep> =>
  addsBy(of, soon ? [expiries[0], ...expiries.slice(0, 2)] : [later, later, ...expiries])

/** An add of one of these that has not expired however far the clock has gone on. */
export const addsLate = (of: readonly string[]): fc.Arbitrary<AddStep> => addsBy(of, [later])

/** Channels of different ids. */
export const channels = (of: readonly string[], minLength: number, maxLength: number, soon = false): fc.Arbitrary<AddStep[]> =>
  fc.uniqueArray(adds(of, soon), { minLength, maxLength, size: 'max', selector: ({ id }) => id })

/** So many choices as the requests of three operations can ask for. */
const choices = fc.array(fc.nat({ max: 5 }), { maxLength: 24, size: 'max' })

const none = fc.tuple() as unknown as fc.Arbitrary<never[]>

/** Programs over stores of these parts; those that run nothing side by side choose nothing. */
export function storePrograms(of: {
  channels: fc.Arbitrary<AddStep[]>
  prefix: fc.Arbitrary<StoreStep[]>
  together?: fc.Arbitrary<StoreStep[]>
  after?: fc.Arbitrary<StoreStep[]>
  pages?: readonly number[]
}): fc.Arbitrary<Program> {
  const stores = fc.record({
    page: fc.constantFrom(...(of.pages ?? [100, 1, 2, 3])),
    channels: of.channels,
    prefix: of.prefix,
    together: of.together ?? none,
    after: of.after ?? none,
    early: of.together === undefined ? fc.constant(false) : fc.constantFrom(true, true, false),
    choices: of.together === undefined ? none : choices,
  })
  return fc.record({ clients: none, prefix: none, phases: none, stores })
}
