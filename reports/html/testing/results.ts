/** Literal results for tests of the page: every requirement of the catalogue over several systems. */
import type { Capability } from '../../../spec/capabilities.ts'
import { requirements } from '../../../spec/requirements/index.ts'
import type { ClauseCount, ConformanceResult, RequirementResult, SystemResult } from '../../../spec/result.ts'

/** A result with these systems. */
export function resultOf(systems: SystemResult[]): ConformanceResult {
  return {
    schemaVersion: 1,
    contractVersion: '1.0',
    packageVersion: '0.1.0',
    nodeVersion: '20.20.2',
    date: '2026-11-21T18:31:43.097Z',
    seed: 602575058,
    timeoutsHit: 0,
    systems,
  }
}

/** A requirement whose clauses were all decided in `programs` programs. */
export function passed(id: string, clauses: readonly string[], programs = 24): RequirementResult {
  const count: ClauseCount = { exercised: programs + 7, programs, undecided: 2 }
  const counts = Object.fromEntries(clauses.map((name) => [name, count]))
  return { id, level: 'must', verdict: 'passed', exercised: 31, programs, clauses: counts, violations: [] }
}

const stateful: Capability[] = [
  'stateful',
  'ordered',
  'pathParameters',
  'binary',
  'closeCodes',
  'gracefulStop',
  'customSubscribers',
  'protocolCloseCodes',
  'handshakeStatus',
]

/** A system that keeps everything that binds it. */
export function greenSystem(name: string, capabilities: Capability[] = stateful, more: Partial<SystemResult> = {}): SystemResult {
  const has = new Set<string>(capabilities)
  const results = requirements.map(({ id, level, clauses, capabilities: asked }): RequirementResult => {
    const binding = Object.entries(clauses).filter(
      ([, clause]) =>
        [...(asked ?? []), ...(clause.capabilities ?? [])].every((each) => has.has(each)) &&
        !clause.unless?.some((each) => has.has(each)) &&
        !clause.needs?.some((each) => each.includes('store') || each === 'live reads'),
    )
    const result = {
      ...passed(
        id,
        binding.map(([clause]) => clause),
      ),
      level,
    }
    return binding.length > 0 ? result : { ...result, verdict: 'not-applicable', exercised: 0, programs: 0 }
  })
  return { name, capabilities, programs: 2383, steps: 11575, timeouts: 0, requirements: results, ...more }
}

/** All green, of four systems. */
export const green = resultOf([
  greenSystem('ws'),
  greenSystem('uws'),
  greenSystem('memory-serverless', ['pathParameters'], {
    simulated: { programs: 86, races: { 'subscribe/close': 1, 'deliver/message': 2 } },
  }),
  greenSystem('dynamodb-serverless', ['pathParameters'], { engine: 'dynalite 4.0.0' }),
])

/** `requirements` invented requirements beside the catalogue's, on four systems. */
export function large(total = 200): ConformanceResult {
  const invented = Array.from({ length: total - requirements.length }, (_, index) =>
    passed(`NEW-${index + 1}`, ['first', 'second', 'third', 'fourth']),
  )
  return resultOf(green.systems.map((system) => ({ ...system, requirements: [...system.requirements, ...invented] })))
}
