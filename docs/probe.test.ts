/** The page names every channel, operation, tag and trace event there is. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { probeChannels } from '../spec/probe/channels/index.ts'
import { tagNames } from '../spec/values.ts'

const source = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const page = source('./probe.md')
const named = (name: string): boolean => page.includes(`\`${name}\``)

test('every channel and tag', () => {
  expect([...probeChannels.keys(), ...tagNames].filter((name) => !named(name))).toEqual([])
})

test('every operation and trace event', () => {
  const operations = [...source('../spec/probe/ops.ts').matchAll(/\{ op: '([^']+)'/g)].map((match) => match[1] ?? '')
  const events = [
    ...(source('../spec/history.ts').split('export type ServerEvent')[1]?.split('export type HistoryEvent')[0] ?? '').matchAll(
      /kind: '([^']+)'/g,
    ),
  ]
  expect(operations.length).toBeGreaterThan(15)
  expect([...operations, ...events.map((match) => match[1] ?? '')].filter((name) => !named(name))).toEqual([])
})
