/** The door for authors of stores: right stores pass, wrong ones fail by what is wrong with them, the README's example runs. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { StoreSystem } from '../../spec/stores.ts'
import { conformStores, testStores } from './index.ts'
import { type MapDefects, mapStores } from './testing/map-stores.ts'

const settings = { seed: 1, out: false } as const

test('right stores pass everything that binds them, each order of requests tried', { timeout: 60_000 }, async () => {
  const { systems, interleavings } = await conformStores(mapStores(), settings)
  const verdicts = systems[0]?.requirements.map(({ id, verdict }) => [id, verdict])
  expect(verdicts).toEqual(Array.from({ length: 10 }, (_, index) => [`STORE-${String(index + 1).padStart(2, '0')}`, 'passed']))
  expect(Object.values(interleavings).every(({ complete }) => complete)).toBe(true)
  expect(interleavings['remove, remove, remove']).toEqual({ interleavings: 6, complete: true })
})

/** A defect, the requirement it breaks, and others that it entails. */
const defects: [defect: MapDefects, expected: string, also: string[]][] = [
  [{ trimsNames: true }, 'STORE-01', ['STORE-04', 'STORE-09']],
  [{ addsAgain: true }, 'STORE-02', []],
  [{ looksFirst: 'add' }, 'STORE-02', []],
  [{ oneSession: true }, 'STORE-03', ['STORE-04', 'STORE-09']],
  [{ removesTwice: true }, 'STORE-04', ['STORE-02', 'STORE-06', 'STORE-09', 'STORE-10', 'STORE-05', 'STORE-03']],
  [{ looksFirst: 'remove' }, 'STORE-04', []],
  [{ keepsSubscriptions: true }, 'STORE-05', []],
  [{ looksFirst: 'subscribe' }, 'STORE-05', []],
  [{ subscribesAnybody: true }, 'STORE-06', ['STORE-05', 'STORE-10']],
  [{ counts: true }, 'STORE-06', []],
  [{ refusesUnknownUnsubscribes: true }, 'STORE-07', []],
  [{ skipsPageEnds: true }, 'STORE-08', ['STORE-09', 'STORE-10']],
  [{ foldsCase: true }, 'STORE-09', []],
  [{ findsExpired: true }, 'STORE-10', []],
  [{ sweepsAll: true }, 'STORE-10', []],
]

test.each(defects)('%o is found by what it breaks', { timeout: 60_000 }, async (defect, expected, also) => {
  const { systems } = await conformStores(mapStores(defect), { ...settings, interleavings: 200, runs: 250 })
  const failed = systems[0]?.requirements.filter(({ verdict }) => verdict === 'failed').map(({ id }) => id) ?? []
  expect(failed).toContain(expected)
  expect(failed.filter((id) => id !== expected && !also.includes(id))).toEqual([])
})

/** Declares the tests as a runner would and runs the one of `id`. */
async function outcome(system: StoreSystem, id: string): Promise<string> {
  const tests = new Map<string, () => Promise<void>>()
  const runner = {
    describe: (_name: string, body: () => void) => body(),
    it: (name: string, body: () => Promise<void>) => tests.set(name.split(' ')[0] ?? '', body),
  }
  testStores(system, runner as never, { ...settings, only: id })
  expect([...tests.keys()]).toEqual([id])
  return tests
    .get(id)?.()
    .then(
      () => 'passed',
      (error: Error) => error.message,
    ) as Promise<string>
}

test('a wrong store fails with a card that explains itself', { timeout: 60_000 }, async () => {
  const system = mapStores({ looksFirst: 'subscribe' })
  const card = await outcome(system, 'STORE-05')
  expect(card).toMatch(/STORE-05 \(must\) violated by "map", program of 3 steps \(shrunk from \d+\), reproduced 10 of 10 times/)
  expect(
    card
      .split('\n')
      .slice(2)
      .join('\n')
      .replaceAll(/\d{13}/g, 'TIME'),
  ).toMatchInlineSnapshot(`
    "  rule      After remove has resolved no topic lists the channel, whatever ran beside it [subscribed beside]
                decided: a publish tries whom the topic lists: a subscriber left behind costs every publish to come, and nobody would ever take it out
      program   pages of 100
                operation 0  add id=a name=n data={} expires=3600617
                side by side, by the choices [0,1]
                  operation 1  subscribe topic=t id=a
                  operation 2  remove id=a
      expected  operation 4, subscribers "t" does not list "a": operation 2, remove "a" had removed it
      observed  it is listed; it resolved to [["a"]]
      events    server: operation 0, add, begins {"id":"a","name":"n","connectedAt":TIME,"expires":TIME,"openingData":{}}
                server: operation 0 makes its request add
                server: operation 0, add, resolves to true
                server: operation 1, subscribe, begins {"topic":"t","id":"a"}
                server: operation 1 makes its request look before subscribe
                server: operation 2, remove, begins {"id":"a"}
                server: operation 2 makes its request remove
                server: operation 2, remove, resolves to {"id":"a","name":"n","connectedAt":TIME,"expires":TIME,"openingData":{},"session":{"$":"undefined"}}
                server: operation 1 makes its request subscribe
                server: operation 1, subscribe, resolves to true
                server: operation 4, subscribers, begins {"topic":"t"}
                server: operation 4 makes its request page
                server: operation 4, subscribers, resolves to [["a"]]
      signature STORE-05 [subscribed beside] it is listed"
  `)
})

test('stores that do not open, and stores that hang, are told of', { timeout: 60_000 }, async () => {
  const closed: StoreSystem = { name: 'closed', open: () => Promise.reject(new Error('no server')) }
  expect(await outcome(closed, 'STORE-01')).toMatch(
    /closed could not be judged \(seed 1\): the stores closed did not open: Error: no server/,
  )
})

test('the example of the README passes as it stands', { timeout: 120_000 }, async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const example = /```ts\n(\/\/ my-stores\.test\.ts[\s\S]*?)```/.exec(readme)?.[1] ?? ''
  const door = JSON.stringify(fileURLToPath(new URL('./index.ts', import.meta.url)))
  const file = join(mkdtempSync(join(tmpdir(), 'stores-')), 'my-stores.test.ts')
  writeFileSync(file, example.replace("'channel-conformance/stores'", door))
  const args = ['--import', import.meta.resolve('tsx'), '--test', '--test-reporter', 'tap', file]
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined }
  const output = await new Promise<string>((resolve) =>
    execFile(process.execPath, args, { env }, (_error, stdout) => resolve(stdout)),
  )
  expect(output.match(/^ +ok \d+ - STORE-\d\d/gm), output).toHaveLength(10)
})
