/** The store suites as tests, one per requirement, for any test runner. */
import { stores as storeRequirements } from '../../spec/requirements/stores/index.ts'
import type { StoreSystem } from '../../spec/stores.ts'
import { declareTests, type TestRunner } from '../doors/runner.ts'
import { selectRequirements } from '../select.ts'
import { conformStores, type StoresOptions, type StoresResult } from './conform.ts'

/** Settings of `testStores`. */
export interface StoreTestOptions extends StoresOptions {
  /** For runners that take a test's time limit in milliseconds; the first test waits for the whole run. Default 10 minutes. */
  timeout?: number
}

/**
 * Declares a test for each requirement of stores; to be called in a test file with the runner's own functions. Clauses of
 * which nothing can be observed are named on the console, since the test of their requirement may pass without them.
 */
export function testStores(system: StoreSystem, runner: TestRunner, options: StoreTestOptions = {}): void {
  const bound = selectRequirements(storeRequirements, options.only, options.skip)
  declareTests(runner, `stores: ${system.name}`, bound, options, async (onCard) => {
    const result = await conformStores(system, { ...options, onCard })
    tellUnobserved(result)
    return result
  })
}

function tellUnobserved({ systems }: StoresResult): void {
  for (const { name, requirements } of systems)
    for (const { id, unseen = {} } of requirements)
      for (const [clause, reason] of Object.entries(unseen))
        console.warn(`${name}: ${id} [${clause}] is not observable: ${reason}`)
}
