import { expect, test } from 'vitest'
import type { ConformanceResult } from '../spec/result.ts'
import { shortcomings } from './ci-count.ts'

const clause = { exercised: 30, programs: 25, undecided: 0 }
const requirement = { id: 'LIFE-15', level: 'must', verdict: 'passed', exercised: 30, programs: 25, violations: [] } as const

function result(
  clauses: Record<string, { exercised: number; programs: number; undecided: number; heavy?: boolean }>,
  more: object = {},
): ConformanceResult {
  const system = {
    name: 'ws',
    capabilities: [],
    programs: 30,
    steps: 90,
    timeouts: 0,
    requirements: [{ ...requirement, clauses }],
  }
  return {
    schemaVersion: 1,
    contractVersion: '1.0',
    packageVersion: '0',
    nodeVersion: '20',
    date: '',
    seed: 1,
    timeoutsHit: 0,
    systems: [{ ...system, ...more } as never],
  }
}

test('a good run has none', () => {
  expect(shortcomings(result({ a: clause, b: { ...clause, programs: 3, heavy: true } }), ['ws'])).toEqual([])
})

test('a skipped system, a thin clause and a time-out are each told of', () => {
  expect(shortcomings(result({ a: clause }, { skipped: 'no binary' }), ['ws'])).toEqual(['ws was not judged'])
  expect(shortcomings(result({ a: { ...clause, programs: 19 } }), ['ws'])).toEqual([
    'ws: LIFE-15 a was decided in 19 programs only',
  ])
  expect(shortcomings(result({ a: { ...clause, programs: 2, heavy: true } }), ['ws'])).toHaveLength(1)
  expect(shortcomings({ ...result({ a: clause }), timeoutsHit: 1 }, ['ws'])).toEqual(['1 time-outs were hit'])
})
