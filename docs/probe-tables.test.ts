/** The tables of the page that are made from spec/probe are as it is now, and the fields are those of the history's types. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { page, withTables } from '../scripts/probe-tables.ts'
import { traceFields } from '../spec/probe/trace-fields.ts'

test('the tables; `npx tsx scripts/probe-tables.ts` writes them', () => {
  const text = readFileSync(page, 'utf8')
  expect(text).toBe(withTables(text))
})

test('the events and their fields are those that the history knows', () => {
  const history = readFileSync(new URL('../spec/history.ts', import.meta.url), 'utf8')
  const events = history.split('export type ServerEvent')[1]?.split('/** Platform: an event is given')[0] ?? ''
  expect([...events.matchAll(/kind: '([^']+)'/g)].map(([, kind]) => kind)).toEqual(Object.keys(traceFields))
  for (const fields of Object.values(traceFields))
    for (const field of Object.keys(fields))
      if (!['outcome', 'value', 'error'].includes(field)) expect(events).toMatch(new RegExp(`\\b${field}\\??:`))
})
