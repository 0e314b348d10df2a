/** Counts what CI's tests and conformance run came to, and asserts what a green run could hide. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { belowFloor, healthOf } from '../conformance/health.ts'
import { bundledSystems } from '../harness/systems.ts'
import type { ConformanceResult } from '../spec/result.ts'

/** What is wrong with a result, a line each: systems that were not judged, clauses decided in too few programs. */
export function shortcomings(result: ConformanceResult, expected: readonly string[]): string[] {
  const missing = expected.filter(
    (name) => !result.systems.some((system) => system.name === name && system.skipped === undefined),
  )
  return [
    ...missing.map((name) => `${name} was not judged`),
    ...result.systems.flatMap((system) =>
      belowFloor(healthOf(system)).map(
        ({ id, clause, programs }) => `${system.name}: ${id} ${clause} was decided in ${programs} programs only`,
      ),
    ),
    ...(result.timeoutsHit === 0 ? [] : [`${result.timeoutsHit} time-outs were hit`]),
  ]
}

function main(directory: string): void {
  const tests = JSON.parse(readFileSync(join(directory, 'tests.json'), 'utf8')) as {
    numPassedTests: number
    numFailedTests: number
  }
  const result = JSON.parse(readFileSync(join(directory, 'conformance.json'), 'utf8')) as ConformanceResult
  const verdicts = result.systems.flatMap((system) => system.requirements.map(({ verdict }) => verdict))
  const wrong = shortcomings(
    result,
    bundledSystems.map(({ name }) => name),
  )
  for (const line of wrong) process.stdout.write(`SHORT: ${line}\n`)
  const passed = tests.numPassedTests + verdicts.filter((verdict) => verdict === 'passed').length
  const failed =
    tests.numFailedTests + verdicts.filter((verdict) => verdict === 'failed' || verdict === 'not-exercised').length + wrong.length
  process.stdout.write(`counted ${passed} passed, ${failed} failed\n`)
}

const directory = process.argv[2]
if (directory !== undefined && process.argv[1]?.endsWith('ci-count.ts')) main(directory)
