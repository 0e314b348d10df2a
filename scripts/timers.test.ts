import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { permitted, sourceFiles, strayTimers } from './timers.ts'

const root = new URL('../', import.meta.url)

test('a planted timer is found, in code and not in a comment', () => {
  expect(strayTimers('conformance/run.ts', 'const a = 1\nsetTimeout(() => a, 10)\n// setTimeout(x)')).toEqual([
    { file: 'conformance/run.ts', line: 2, text: 'setTimeout(() => a, 10)' },
  ])
  expect(strayTimers('x.test.ts', "import { setTimeout as wait } from 'node:timers/promises'")).toHaveLength(1)
  expect(strayTimers('x.ts', 'await sleep(5)')).toHaveLength(1)
  expect(strayTimers('x.ts', 'const later = setTimeout')).toHaveLength(1)
  expect(strayTimers('x.ts', "import { setInterval as every } from 'node:timers'")).toHaveLength(1)
  expect(strayTimers('x.ts', "const url = 'ws://x'; setTimeout(dial, 5)")).toHaveLength(1)
  expect(strayTimers('x.ts', 'globalThis.setTimeout(dial, 5)')).toHaveLength(1)
  expect(strayTimers('x.ts', 'AbortSignal.timeout(5)')).toHaveLength(1)
  expect(strayTimers('x.ts', "vi.useFakeTimers({ toFake: ['setTimeout'] })")).toEqual([])
  expect(strayTimers('x.ts', 'await new Promise((done) => setImmediate(done))')).toEqual([])
})

test('the project keeps the rule', () => {
  expect(sourceFiles().flatMap((file) => strayTimers(file, readFileSync(new URL(file, root), 'utf8')))).toEqual([])
})

test('every file on the list has a timer', () => {
  for (const file of Object.keys(permitted)) expect(readFileSync(new URL(file, root), 'utf8')).toMatch(/setTimeout/)
})
