import { expect, test } from 'vitest'
import { nextSlice, type Slice, totals } from './record.ts'

const slice = (of: Partial<Slice>): Slice => ({
  ...{ date: '', sources: 'a', contract: '1.0', node: '20', system: 'ws', seed: 1, busy: 2, programs: 100, timeouts: 0 },
  ...{ violations: [], unexercised: [], ...of },
})
const wanted = { programs: 1_000, slice: 250 }

test('slices go on until every system has its share, each with a seed of its own', () => {
  const record: Slice[] = []
  for (let next = nextSlice(record, 'a', wanted); next !== undefined; next = nextSlice(record, 'a', wanted))
    record.push(slice(next))
  const programs = (system: string) => totals(record, 'a').get(system)?.programs
  expect([programs('ws'), programs('uws'), programs('memory-serverless'), programs('dynamodb-serverless')]).toEqual([
    400, 400, 150, 50,
  ])
  expect(new Set(record.map(({ seed }) => seed)).size).toBe(record.length)
})

test('what was run with other sources does not count', () => {
  expect(totals([slice({ sources: 'b' })], 'a').size).toBe(0)
  expect(nextSlice([slice({ sources: 'b', programs: 1_000 })], 'a', wanted)?.system).toBe('ws')
})

test('violations, time-outs and what was not judged add up; a clause that one slice decided is exercised', () => {
  const violation = { requirement: 'PUB-02', clause: 'c', observed: 'x' }
  const record = [
    slice({ violations: [violation], unexercised: ['A', 'B'] }),
    slice({ timeouts: 1, couldNotJudge: 'it died', unexercised: ['B'] }),
  ]
  expect(totals(record, 'a').get('ws')).toEqual({ programs: 200, violations: 1, timeouts: 1, broken: 1, unexercised: ['B'] })
})
