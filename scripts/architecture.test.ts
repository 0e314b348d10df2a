import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkedFolders, violations } from './architecture.ts'
import { sourceFiles } from './timers.ts'

const root = new URL('../', import.meta.url)
const sources = sourceFiles().filter(
  (file) => checkedFolders.some((folder) => file.startsWith(`${folder}/`)) && !/\.test(-d)?\.ts$/.test(file),
)

test('planted imports against the arrows are found', () => {
  expect(violations('spec/run/run.ts', "import fc from 'fast-check'")).toEqual(['spec/run/run.ts imports fast-check'])
  expect(violations('spec/run/run.ts', "import { x } from '../../conformance/judge.ts'")).toEqual([
    'spec/run/run.ts imports conformance/judge.ts',
  ])
  expect(violations('adapters/ws/server.ts', "import type { x } from '../uws/server.ts'")).toEqual([
    'adapters/ws/server.ts imports adapters/uws/server.ts',
  ])
  expect(violations('adapters/runtime/encode.ts', "import { wireProbe } from '../../spec/probe/probe.ts'")).toEqual([
    'adapters/runtime/encode.ts imports spec/probe/probe.ts',
  ])
  expect(violations('adapters/ws/server.ts', "export * from '../../conformance/index.ts'")).toEqual([
    'adapters/ws/server.ts imports conformance/index.ts',
  ])
  expect(violations('reports/text/card.ts', "import {\n  a,\n  b,\n} from '../../conformance/card.ts'")).toEqual([
    'reports/text/card.ts imports conformance/card.ts',
  ])
  expect(violations('conformance/card.ts', "import { html } from '../reports/html/page.ts'")).toEqual([
    'conformance/card.ts imports reports/html/page.ts',
  ])
  expect(violations('conformance/judge.ts', "import { WebSocket } from 'ws'")).toEqual(['conformance/judge.ts imports ws'])
  expect(violations('conformance/conform.ts', "import { test } from 'vitest'")).toEqual(['conformance/conform.ts imports vitest'])
  expect(violations('spec/wire.ts', "type T = import('node:fs').Stats")).toEqual(['spec/wire.ts imports node:fs'])
  expect(violations('spec/wire.ts', "import 'tsx'")).toEqual(['spec/wire.ts imports tsx'])
  expect(violations('tools/x.ts', '')).toEqual(['tools/x.ts stands in no folder with a rule'])
  expect(violations('harness/cli/run.ts', "const x = await import('../../adapters/ws/index.ts')")).toEqual([
    'harness/cli/run.ts imports adapters/ws/index.ts',
  ])
  expect(
    violations('conformance/client.ts', "import { WebSocket } from 'ws'\nimport type { Wire } from '../spec/history.ts'"),
  ).toEqual([])
})

test('imports follow the arrows of the design', () => {
  expect(sources.length).toBeGreaterThan(50)
  expect(sources.flatMap((file) => violations(file, readFileSync(new URL(file, root), 'utf8')))).toEqual([])
})
