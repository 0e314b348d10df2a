import { expect, test } from 'vitest'
import { type Requirement, requirement } from '../spec/requirement.ts'
import type { Judged } from './judge.ts'
import { Tally } from './tally.ts'

const made = (clauses: Requirement['clauses'], capabilities?: Requirement['capabilities']): Requirement =>
  requirement({
    id: 'X-01',
    title: 'x',
    level: 'must',
    area: 'publishing',
    since: '1.0',
    capabilities,
    clauses,
    source: { decision: 'a test' },
    *judge() {},
  })

const two = made({ a: { promise: 'a' }, b: { promise: 'b', capabilities: ['binary'] } })

const decided = (clauses: Record<string, number>): Judged => ({
  decisions: new Map([
    ['X-01', new Map(Object.entries(clauses).map(([name, count]) => [name, { decided: count, undecided: 0 }]))],
  ]),
  violations: [],
})

function verdict(tally: Tally, of: Requirement, capabilities: 'binary'[] = []) {
  return tally.results([of], new Set(capabilities), new Set())[0]?.verdict
}

test('passed: every binding clause was decided', () => {
  const tally = new Tally()
  tally.add(decided({ a: 1 }), 'p', 1)
  expect(verdict(tally, two)).toBe('passed')
})

test('not-exercised: a binding clause was not', () => {
  const tally = new Tally()
  tally.add(decided({ a: 1 }), 'p', 1)
  expect(verdict(tally, two, ['binary'])).toBe('not-exercised')
})

test('failed wins over everything', () => {
  const tally = new Tally()
  tally.violate('X-01', { requirement: 'X-01', clause: 'a', signature: 'X-01 [a] it', expected: '', observed: '', events: [] })
  expect(verdict(tally, two, ['binary'])).toBe('failed')
})

test('not-applicable and not-observable: nothing binds, or nothing is seen', () => {
  expect(verdict(new Tally(), made({ a: { promise: 'a' } }, ['binary']))).toBe('not-applicable')
  expect(verdict(new Tally(), made({ a: { promise: 'a', needs: ['residue'] } }))).toBe('not-observable')
})

test('the same program counts once as a different one', () => {
  const tally = new Tally()
  tally.add(decided({ a: 2 }), 'p', 3)
  tally.add(decided({ a: 1 }), 'p', 3)
  tally.add(decided({ a: 1 }), 'q', 3)
  const clause = tally.results([two], new Set(), new Set())[0]?.clauses.a
  expect(clause).toEqual({ exercised: 4, programs: 2, undecided: 0 })
  expect([tally.programs, tally.steps]).toEqual([3, 9])
})

test('what is lacking: heavy clauses need fewer', () => {
  const tally = new Tally([made({ a: { promise: 'a' }, b: { promise: 'b', heavy: true } })])
  tally.add(decided({ a: 1 }), '1', 1)
  tally.add(decided({ a: 1, b: 1 }), '2', 1)
  tally.add(decided({ a: 1 }), '3', 1)
  expect(tally.lacking(20)).toEqual([
    { name: 'X-01 a', programs: 17 },
    { name: 'X-01 b', programs: 2 },
  ])
  expect(tally.lacking(3)).toEqual([])
})
