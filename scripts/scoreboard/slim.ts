/** The result of the bundled systems as it is kept: without what no page rests on, a requirement to a line. */
import { floors } from '../../spec/floors.ts'
import type { ConformanceResult, RequirementResult } from '../../spec/result.ts'

/** Clauses that were decided often enough, and the events of violations, are left out. */
export function slim(result: ConformanceResult): ConformanceResult {
  return {
    ...result,
    systems: result.systems.map((system) => ({ ...system, requirements: system.requirements.map(slimRequirement) })),
  }
}

function slimRequirement({ clauses, violations, ...rest }: RequirementResult): RequirementResult {
  const kept = Object.entries(clauses).filter(
    ([, { programs, heavy }]) => programs < (heavy === true ? floors.heavy : floors.clause),
  )
  return {
    ...rest,
    clauses: Object.fromEntries(kept),
    // The card is a file of whoever ran it.
    violations: violations.map(({ card: _, ...violation }) => ({ ...violation, events: [] })),
  }
}

/** Its file: a change of one verdict is a change of one line. */
export function recordText({ systems, ...head }: ConformanceResult): string {
  const texts = systems.map(({ requirements, ...system }) => {
    const lines = requirements.map((each) => JSON.stringify(each)).join(',\n')
    return `${JSON.stringify(system).slice(0, -1)},"requirements":[\n${lines}\n]}`
  })
  return `${JSON.stringify(head).slice(0, -1)},"systems":[\n${texts.join(',\n')}\n]}\n`
}
