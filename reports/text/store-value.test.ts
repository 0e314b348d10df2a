/** Lines of store events: whatever makes two values different can be read in them. */
import { expect, test } from 'vitest'
import { ops, record, StoreLiteral } from '../../spec/testing/store-literal.ts'
import { eventLine, eventLines } from './event-line.ts'

const long = 'x'.repeat(5_000)
const changed = (at: number): string => `${long.slice(0, at)}y${long.slice(at + 1)}`

/** The lines of an add and of the find behind it, of a channel with this opening data and one with that. */
function lines(added: string, found: string): [begins: string, resolves: string] {
  const of = (text: string) => ({ openingData: { text } })
  const { events } = new StoreLiteral().then(ops.add(true, 'a', of(added)), ops.find(record('a', { user: 'u1' }, of(found))))
  const told = eventLines(events)
  return [told[0] ?? '', told[3] ?? '']
}

const textIn = (line: string): string => /"text":"([^"]*)"/.exec(line)?.[1] ?? ''

test('no field is cut off behind a long one', () => {
  expect(lines(long, long)).toEqual([
    `server: operation 0, add, begins {"id":"a","name":"n","openingData":{"text":"xxxxxxxxxxxxxxxx…4968 more…xxxxxxxxxxxxxxxx"},"connectedAt":0,"expires":1000}`,
    `server: operation 1, find, resolves to {"id":"a","name":"n","openingData":{"text":"xxxxxxxxxxxxxxxx…4968 more…xxxxxxxxxxxxxxxx"},"connectedAt":0,"expires":1000,"session":{"user":"u1"}}`,
  ])
})

test.each<[what: string, added: string, found: string]>([
  ['the beginning', long, `y${long.slice(1)}`],
  ['the middle', long, changed(2_500)],
  ['the end', long, `${long.slice(1)}y`],
  ['the length', long, long.slice(1)],
  ['so much that one is short', long, long.slice(0, 30)],
  ['that one is the other cut off', `${'x'.repeat(255)}y`, 'x'.repeat(255)],
  ['close to where a string is cut', long, changed(16)],
])('strings that differ in %s are shown as different ones', (_what, added, found) => {
  const [begins, resolves] = lines(added, found).map(textIn)
  expect(begins).not.toBe(resolves)
  expect(Math.max(begins?.length ?? 0, resolves?.length ?? 0)).toBeLessThan(160)
})

test('a line by itself shortens too, and a short value is shown as it is', () => {
  const { events } = new StoreLiteral().then(ops.sub(true, 'a', long), ops.find())
  expect(events.map((event) => eventLine(event)).slice(0, 4)).toEqual([
    'server: operation 0, subscribe, begins {"topic":"xxxxxxxxxxxxxxxx…4968 more…xxxxxxxxxxxxxxxx","id":"a"}',
    'server: operation 0, subscribe, resolves to true',
    'server: operation 1, find, begins {"id":"a"}',
    'server: operation 1, find, resolves to {"id":"a","name":"n","openingData":{"x":1},"connectedAt":0,"expires":1000,"session":{"$":"undefined"}}',
  ])
})
