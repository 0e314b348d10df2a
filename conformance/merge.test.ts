import { expect, test } from 'vitest'
import type { ClauseCount, RequirementResult, SystemResult, Verdict } from '../spec/result.ts'
import { mergeResults } from './merge.ts'

const count = (exercised: number): ClauseCount => ({ exercised, programs: exercised, undecided: 0 })

function system(verdict: Verdict, clauses: Record<string, number>, couldNotJudge?: string): SystemResult {
  const requirement: RequirementResult = {
    id: 'SUB-06',
    level: 'must',
    verdict,
    exercised: Object.values(clauses).reduce((sum, each) => sum + each, 0),
    programs: 1,
    clauses: Object.fromEntries(Object.entries(clauses).map(([name, exercised]) => [name, count(exercised)])),
    violations: [],
  }
  const told = couldNotJudge === undefined ? {} : { couldNotJudge }
  return { name: 's', capabilities: [], programs: 3, steps: 5, timeouts: 1, requirements: [requirement], ...told }
}

const verdictOf = (a: SystemResult, b: SystemResult) => mergeResults(a, b).requirements[0]?.verdict

test('counts are added up', () => {
  const merged = mergeResults(system('passed', { a: 2, b: 1 }), system('passed', { a: 1, b: 1 }))
  expect(merged).toMatchObject({ programs: 6, steps: 10, timeouts: 2 })
  expect(merged.requirements[0]).toMatchObject({ exercised: 5, programs: 2, clauses: { a: count(3), b: count(2) } })
})

test('a failure of either is one of both', () => {
  expect(verdictOf(system('passed', { a: 1 }), system('failed', { a: 1 }))).toBe('failed')
  expect(verdictOf(system('failed', { a: 1 }), system('not-exercised', { a: 0 }))).toBe('failed')
})

test('what one left open the other may have decided; nobody must have decided it all alone', () => {
  expect(verdictOf(system('not-exercised', { a: 1, b: 0 }), system('not-exercised', { a: 0, b: 1 }))).toBe('passed')
  expect(verdictOf(system('not-exercised', { a: 1, b: 0 }), system('not-exercised', { a: 1, b: 0 }))).toBe('not-exercised')
  expect(verdictOf(system('passed', { a: 1 }), system('not-exercised', { a: 0 }))).toBe('passed')
})

test('what neither could be asked stays so, and what could not be judged is told', () => {
  expect(verdictOf(system('not-applicable', {}), system('not-applicable', {}))).toBe('not-applicable')
  expect(mergeResults(system('passed', { a: 1 }), system('passed', { a: 1 }, 'it died')).couldNotJudge).toBe('it died')
})

test('a failure that both found is listed once, by its signature', () => {
  const failed = (...signatures: string[]): SystemResult => {
    const found = system('failed', { a: 1 })
    const violations = signatures.map((signature) => ({
      ...{ requirement: 'SUB-06', clause: 'a', signature, expected: '', observed: '', events: [] },
    }))
    return { ...found, requirements: found.requirements.map((each) => ({ ...each, violations })) }
  }
  const merged = mergeResults(failed('one', 'two'), failed('two', 'three'))
  expect(merged.requirements[0]?.violations.map(({ signature }) => signature)).toEqual(['one', 'two', 'three'])
})
