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

const ws = { systems: ['ws'], engine: /./ }

test('a good run has none', () => {
  expect(shortcomings(result({ a: clause, b: { ...clause, programs: 3, heavy: true } }), ws)).toEqual([])
})

test('a skipped system, a thin clause and a time-out are each told of', () => {
  expect(shortcomings(result({ a: clause }, { skipped: 'no binary' }), ws)).toEqual(['ws was not judged'])
  expect(shortcomings(result({ a: { ...clause, programs: 19 } }), ws)).toEqual(['ws: LIFE-15 a was decided in 19 programs only'])
  expect(shortcomings(result({ a: { ...clause, programs: 2, heavy: true } }), ws)).toHaveLength(1)
  expect(shortcomings({ ...result({ a: clause }), timeoutsHit: 1 }, ws)).toEqual(['1 time-outs were hit'])
})

test('a run on DynamoDB Local has its own floors, and has to have run there', () => {
  const local = { systems: ['dynamodb-serverless'], floors: { clause: 5, heavy: 1 }, engine: /^DynamoDB Local \d/ }
  const on = (engine: string | undefined, programs = 5) =>
    shortcomings(result({ a: { ...clause, programs } }, { name: 'dynamodb-serverless', engine }), local)
  expect(on('DynamoDB Local 1.25.1 at http://127.0.0.1:1')).toEqual([])
  expect(on('DynamoDB Local 1.25.1 at http://127.0.0.1:1', 4)).toHaveLength(1)
  expect(on('dynalite 4.0.0')).toEqual(['dynamodb-serverless ran on dynalite 4.0.0'])
  expect(on(undefined)).toEqual(['dynamodb-serverless ran on an engine it does not name'])
})
