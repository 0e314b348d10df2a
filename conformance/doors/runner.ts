/**
 * The door for test runners that are passed in: one test per requirement, named by its id. The suite is run once, when
 * the first test starts; each test then tells its own requirement's outcome.
 */
import { asInBaseline } from '../../reports/text/baseline.ts'
import { cardLines } from '../../reports/text/card.ts'
import type { Capability } from '../../spec/capabilities.ts'
import type { Requirement } from '../../spec/requirement.ts'
import { requirements } from '../../spec/requirements/index.ts'
import type { ConformanceResult, RequirementResult, SystemResult } from '../../spec/result.ts'
import type { System } from '../../spec/system.ts'
import { selectRequirements } from '../select.ts'
import { type ConformOptions, conform } from './conform.ts'

/** What a test runner gives: vitest, mocha, jest and node:test all have these. */
export interface TestRunner {
  describe(name: string, body: () => void): unknown
  // biome-ignore lint/suspicious/noExplicitAny: every runner passes its tests something else
  it(name: string, body: (this: any, context?: any) => Promise<void>, timeout?: number): unknown
}

/** Settings of `runConformance`. */
export interface RunnerOptions extends ConformOptions {
  /** For runners that take a test's time limit in milliseconds; the first test waits for the whole run. Default 10 minutes. */
  timeout?: number
}

/** Declares a test for each requirement that may bind `system`. */
export function runConformance(system: System, runner: TestRunner, options: RunnerOptions = {}): void {
  const bound = selectRequirements(requirements, options.only, options.skip).filter((requirement) =>
    mayBind(requirement, system.capabilities),
  )
  declareTests(runner, `channel contract: ${system.name}`, bound, options, (onCard) => conform(system, { ...options, onCard }))
}

/** Declares a test for each of `bound`; `conform` is called once, when the first one starts. */
export function declareTests(
  runner: TestRunner,
  name: string,
  bound: readonly Requirement[],
  options: Pick<RunnerOptions, 'timeout' | 'onCard'>,
  conform: (onCard: NonNullable<RunnerOptions['onCard']>) => Promise<ConformanceResult>,
): void {
  const { timeout = 600_000 } = options
  const cards = new Map<string, string>()
  let running: Promise<SystemResult> | undefined
  const run = (): Promise<SystemResult> => {
    running ??= conform((card, path) => {
      cards.set(card.requirement, cardLines(card, path).join('\n'))
      options.onCard?.(card, path)
    }).then(({ systems: [result], seed }) => {
      if (result === undefined) throw new Error('the suite gave no result')
      if (result.couldNotJudge !== undefined)
        throw new Error(`${result.name} could not be judged (seed ${seed}): ${result.couldNotJudge}`)
      return result
    })
    return running
  }
  runner.describe(name, () => {
    for (const { id, level, title } of bound) {
      runner.it(
        `${id}${level === 'should' ? ' (should)' : ''} ${title}`,
        // No parameter is named: mocha and jest would take it for a callback, and wait until it is called.
        async function (...[context]) {
          // mocha sets a test's limit from within.
          if (typeof this?.timeout === 'function') this.timeout(timeout)
          const result = (await run()).requirements.find((each) => each.id === id)
          if (result === undefined) return
          if (result.baseline !== undefined && result.baselineErrors === undefined)
            return note(context, `${id} ${asInBaseline(result.baseline)}`)
          tell(result, cards.get(id), (reason) => skip(context, this, reason))
        },
        timeout,
      )
    }
  })
}

/** Whether some clause asks for nothing the system does not declare. */
function mayBind(requirement: Requirement, declared: readonly Capability[]): boolean {
  const has = (names: readonly Capability[] | undefined): boolean => (names ?? []).every((name) => declared.includes(name))
  return has(requirement.capabilities) && Object.values(requirement.clauses).some((clause) => has(clause.capabilities))
}

function tell(result: RequirementResult, card: string | undefined, skipped: (reason: string) => void): void {
  const { id, level, verdict, violations, clauses, baseline, baselineErrors } = result
  if (baselineErrors !== undefined && (verdict !== 'failed' || baseline !== undefined)) throw new Error(baselineErrors.join('\n'))
  const failure =
    card ?? violations.map(({ expected, observed }) => `${id}: expected ${expected}; observed ${observed}`).join('\n')
  if (verdict === 'failed' && (level === 'must' || baselineErrors !== undefined))
    throw new Error(['', failure, ...(baselineErrors ?? [])].join('\n'))
  if (verdict === 'failed') return skipped(`a SHOULD that does not hold:\n${failure}`)
  if (verdict === 'not-exercised') {
    const bare = Object.entries(clauses).filter(([, clause]) => clause.exercised === 0)
    throw new Error(`${id} was not exercised: no program decided ${bare.map(([name]) => name).join(', ')}`)
  }
  if (verdict === 'not-observable') skipped('what this system lets the kit see does not show it')
}

/** Says something of a test that passes: in the runner's own way where it has one. */
// biome-ignore lint/suspicious/noExplicitAny: see TestRunner
async function note(context: any, text: string): Promise<void> {
  if (typeof context?.annotate === 'function') await context.annotate(text)
  else if (typeof context?.diagnostic === 'function') context.diagnostic(text)
  else console.info(text)
}

// biome-ignore lint/suspicious/noExplicitAny: see TestRunner
function skip(context: any, self: any, reason: string): void {
  if (typeof context?.skip === 'function') context.skip(reason)
  else if (typeof self?.skip === 'function') self.skip()
}
