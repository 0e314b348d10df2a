/** `channel-conformance/vitest`: the suite as vitest tests, one per requirement. */
import { describe, it } from 'vitest'
import type { System } from '../../spec/system.ts'
import { type RunnerOptions, runConformance } from './runner.ts'

/** Declares a vitest test for each requirement that may bind `system`; to be called in a test file. */
export function testConformance(system: System, options: RunnerOptions = {}): void {
  runConformance(system, { describe, it }, options)
}

export type { RunnerOptions } from './runner.ts'
