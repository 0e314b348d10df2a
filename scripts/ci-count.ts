/** Counts what CI's tests and conformance runs came to, and asserts what a green run could hide. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { belowFloor, floors, healthOf } from '../conformance/health.ts'
import { bundledSystems } from '../harness/systems.ts'
import type { ConformanceResult } from '../spec/result.ts'

/** What a run has to have judged. */
export interface Expected {
  systems: readonly string[]
  /** Programs in which every clause was decided. */
  floors?: typeof floors
  /** What the system that runs on an engine has to have run on. */
  engine: RegExp
}

/** The run of every bundled system; its engine is whatever is at hand, and named. */
const everySystem: Expected = {
  systems: bundledSystems.map(({ name }) => name),
  engine: /./,
}

/** The run on AWS's own engine, which takes its time. */
const onDynamoDBLocal: Expected = {
  systems: ['dynamodb-serverless'],
  floors: { clause: 5, heavy: 1 },
  engine: /^DynamoDB Local \d/,
}

/** What is wrong with a result, a line each: systems that were not judged, clauses decided in too few programs, another engine. */
export function shortcomings(result: ConformanceResult, expected: Expected): string[] {
  const judged = result.systems.filter((system) => system.skipped === undefined)
  return [
    ...expected.systems.filter((name) => !judged.some((system) => system.name === name)).map((name) => `${name} was not judged`),
    ...judged
      .filter(({ name, engine = '' }) => name.startsWith('dynamodb') && !expected.engine.test(engine))
      .map(({ name, engine = 'an engine it does not name' }) => `${name} ran on ${engine}`),
    ...judged.flatMap((system) =>
      belowFloor(healthOf(system), expected.floors ?? floors).map(
        ({ id, clause, programs }) => `${system.name}: ${id} ${clause} was decided in ${programs} programs only`,
      ),
    ),
    ...(result.timeoutsHit === 0 ? [] : [`${result.timeoutsHit} time-outs were hit`]),
  ]
}

/** Counts one run and prints what it falls short of. */
function counted(file: string, expected: Expected): { passed: number; failed: number } {
  if (!existsSync(file)) {
    process.stdout.write(`SHORT: no result of ${expected.systems.join(', ')}\n`)
    return { passed: 0, failed: 1 }
  }
  const result = JSON.parse(readFileSync(file, 'utf8')) as ConformanceResult
  const verdicts = result.systems.flatMap((system) => system.requirements.map(({ verdict }) => verdict))
  const wrong = shortcomings(result, expected)
  for (const line of wrong) process.stdout.write(`SHORT: ${line}\n`)
  const count = (...wanted: string[]): number => verdicts.filter((verdict) => wanted.includes(verdict)).length
  return { passed: count('passed'), failed: count('failed', 'not-exercised') + wrong.length }
}

function main(directory: string, local: string | undefined): void {
  const tests = JSON.parse(readFileSync(join(directory, 'tests.json'), 'utf8')) as {
    numPassedTests: number
    numFailedTests: number
  }
  const runs = [counted(join(directory, 'conformance.json'), everySystem)]
  if (local !== undefined) runs.push(counted(join(local, 'conformance.json'), onDynamoDBLocal))
  const passed = runs.reduce((sum, run) => sum + run.passed, tests.numPassedTests)
  const failed = runs.reduce((sum, run) => sum + run.failed, tests.numFailedTests)
  process.stdout.write(`counted ${passed} passed, ${failed} failed\n`)
}

const [, script, directory, local] = process.argv
if (directory !== undefined && script?.endsWith('ci-count.ts')) main(directory, local)
