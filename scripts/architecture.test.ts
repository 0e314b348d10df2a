import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkedFolders, violations } from './architecture.ts'
import { sourceFiles } from './timers.ts'

const root = new URL('../', import.meta.url)
const sources = sourceFiles().filter((file) => checkedFolders.some((folder) => file.startsWith(`${folder}/`)) && !/\.test(-d)?\.ts$/.test(file))

test('planted imports against the arrows are found', () => {
  expect(violations('spec/run/run.ts', "import fc from 'fast-check'")).toEqual(['spec/run/run.ts imports fast-check'])
  expect(violations('spec/run/run.ts', "import { x } from '../../conformance/judge.ts'")).toEqual(['spec/run/run.ts imports conformance/judge.ts'])
  expect(violations('adapters/ws/server.ts', "import type { x } from '../uws/server.ts'")).toEqual(['adapters/ws/server.ts imports adapters/uws/server.ts'])
  expect(violations('conformance/judge.ts', "import { WebSocket } from 'ws'")).toEqual(['conformance/judge.ts imports ws'])
  expect(violations('harness/cli/run.ts', "const x = await import('../../adapters/ws/index.ts')")).toEqual(['harness/cli/run.ts imports adapters/ws/index.ts'])
  expect(violations('conformance/client.ts', "import { WebSocket } from 'ws'\nimport type { Wire } from '../spec/history.ts'")).toEqual([])
})

test('imports follow the arrows of the design', () => {
  expect(sources.length).toBeGreaterThan(50)
  expect(sources.flatMap((file) => violations(file, readFileSync(new URL(file, root), 'utf8')))).toEqual([])
})

test('no file is longer than 300 lines', () => {
  const long = sourceFiles().filter((file) => readFileSync(new URL(file, root), 'utf8').split('\n').length > 301)
  expect(long).toEqual([])
})
