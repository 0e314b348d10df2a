import { expect, test } from 'vitest'
import { eventLine } from '../../reports/text/event-line.ts'
import type { HistoryEvent } from '../../spec/history.ts'
import type { StoreOperations, StoreSystem } from '../../spec/stores.ts'
import { executeStores } from './execute.ts'
import { enumerate } from './interleavings.ts'
import type { StoreProgram } from './program.ts'
import { mapStores } from './testing/map-stores.ts'

const add = { op: 'add', id: 'a', name: 'n', data: { x: 1 }, expires: 60_000 } as const
const plain: StoreProgram = { page: 2, channels: [], prefix: [], together: [], after: [], early: false, choices: [] }

const lines = async (system: StoreSystem, program: StoreProgram, patience = 5_000): Promise<string[]> =>
  (await executeStores(system, program, patience)).map((event) => eventLine({ ...event, process: 'stores' } as HistoryEvent))

test('operations one after another, then a look at everything', async () => {
  const told = await lines(mapStores(), { ...plain, prefix: [add, { op: 'subscribe', topic: 't', id: 'a' }] })
  expect(told.filter((line) => line.includes('resolves'))).toEqual([
    'server: operation 0, add, resolves to true',
    'server: operation 1, subscribe, resolves to true',
    `server: operation 2, find, resolves to {"id":"a","name":"n","connectedAt":4102444801379,"expires":4102444861379,"openingData":{"x":1},"session":{"$":"undefined"}}`,
    'server: operation 3, subscribers, resolves to [["a"]]',
  ])
})

/** A store whose operations make so many requests one after another. */
const counting = (requests: number): StoreSystem => ({
  name: 'counting',
  open: async ({ request }) => ({
    operations: {
      ...({} as StoreOperations),
      find: async (id: string) => {
        for (let made = 1; made <= requests; made++) await request(`${id}${made}`, async () => undefined)
        return undefined
      },
      expired: async function* () {},
    },
    close: async () => undefined,
  }),
})

const two: StoreProgram = {
  ...plain,
  together: [
    { op: 'find', id: 'a' },
    { op: 'find', id: 'b' },
  ],
}
const orderOf = async (choices: number[]): Promise<string> =>
  (await executeStores(counting(2), { ...two, choices }, 5_000))
    .flatMap((event) => (event.kind === 'store request' && event.op !== null && event.op < 2 ? [event.name] : []))
    .join(' ')

test('choices decide the order of requests, and the same ones give it again', async () => {
  expect(await orderOf([])).toBe('a1 a2 b1 b2')
  expect(await orderOf([1, 0, 1])).toBe('b1 a1 b2 a2')
  expect(await orderOf([1, 0, 1])).toBe('b1 a1 b2 a2')
})

test('every order is enumerated once', async () => {
  const orders: string[] = []
  const run = async (choices: number[]) => {
    orders.push(await orderOf(choices))
    return executeStores(counting(2), { ...two, choices }, 5_000)
  }
  expect(await enumerate(run, 100)).toEqual({ interleavings: 6, complete: true })
  expect(new Set(orders).size).toBe(6)
  expect(await enumerate(run, 4)).toEqual({ interleavings: 4, complete: false })
})

test('three operations of three requests have 1680 orders', async () => {
  const program: StoreProgram = { ...two, together: [...two.together, { op: 'find', id: 'c' }] }
  const run = (choices: number[]) => executeStores(counting(3), { ...program, choices }, 5_000)
  expect(await enumerate(run, 10_000)).toEqual({ interleavings: 1680, complete: true })
})

test('requests made side by side by one operation are ordered too', async () => {
  const forks: StoreSystem = {
    name: 'forks',
    open: async ({ request }) => ({
      operations: {
        ...({} as StoreOperations),
        find: async () => {
          await Promise.all([request('x', async () => undefined), request('y', async () => undefined)])
          return undefined
        },
        expired: async function* () {},
      },
      close: async () => undefined,
    }),
  }
  const run = (choices: number[]) => executeStores(forks, { ...two, choices }, 5_000)
  // Two pairs without an order of their own: 4! orders, each of them once.
  expect(await enumerate(run, 100)).toEqual({ interleavings: 24, complete: true })
})

test('what an operation did not wait for happens last', async () => {
  const log: string[] = []
  const floating: StoreSystem = {
    name: 'floating',
    open: async ({ request }) => ({
      operations: {
        ...({} as StoreOperations),
        remove: async () => {
          await request('mark', async () => void log.push('mark'))
          void request('clear', async () => void log.push('clear'))
          return undefined
        },
        find: async () => {
          await request('find', async () => void log.push('find'))
          return undefined
        },
        expired: async function* () {},
      },
      close: async () => void log.push('close'),
    }),
  }
  await executeStores(floating, { ...plain, together: [{ op: 'remove', id: 'a' }] }, 5_000)
  expect(log).toEqual(['mark', 'find', 'clear', 'close'])
})

test('stores that use no `request` are run as they come; one that hangs is given up and named', async () => {
  const real = (find: () => Promise<undefined>): StoreSystem => ({
    name: 'real',
    open: async () => ({
      operations: { ...({} as StoreOperations), find, expired: async function* () {} },
      close: async () => undefined,
    }),
  })
  const turns = async (): Promise<undefined> => {
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
    return undefined
  }
  expect((await lines(real(turns), two)).filter((line) => line.includes('resolves'))).toHaveLength(4)
  const told = await lines(
    real(() => new Promise(() => {})),
    two,
    20,
  )
  expect(told.at(-1)).toBe('server: nothing came for 20 ms while waiting for operation 0, find')
})

test('a rejection is an outcome', async () => {
  const told = await lines(mapStores({ refusesUnknownUnsubscribes: true }), {
    ...plain,
    prefix: [{ op: 'unsubscribe', topic: 't', id: 'a' }],
  })
  expect(told[2]).toBe('server: operation 0, unsubscribe, rejects with Error: a is no subscriber of t')
})
