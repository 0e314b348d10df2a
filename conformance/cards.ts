/** Makes cards and report entries from counterexamples. */
import { eventLine, historyLines } from '../reports/text/event-line.ts'
import { contractVersion, requirementById } from '../spec/requirements/index.ts'
import type { ReportedViolation } from '../spec/result.ts'
import { type Card, cardVersion } from './card.ts'
import { packageVersion } from './package-version.ts'
import { sizeOf } from './program.ts'
import type { Counterexample } from './shrink-failure.ts'

/** The card of a counterexample found on `system`. */
export function makeCard(system: string, of: Counterexample): Card {
  const requirement = requirementById(of.violation.requirement)
  return {
    card: cardVersion,
    contract: contractVersion,
    package: packageVersion,
    system,
    requirement: of.violation.requirement,
    clause: of.violation.clause,
    title: requirement?.title ?? '',
    level: requirement?.level ?? 'must',
    program: of.program,
    size: sizeOf(of.program),
    shrunkFrom: of.shrunkFrom,
    reproduced: of.reproduced,
    expected: of.violation.expected,
    observed: of.violation.observed,
    events: of.violation.events.map((event) => eventLine(event)),
    history: historyLines(of.observation.execution.events),
    provenance: of.provenance,
  }
}

/** A counterexample as the result lists it. */
export function reported(of: Counterexample, card: string | undefined): ReportedViolation {
  const { requirement, clause, expected, observed, events } = of.violation
  return { requirement, clause, expected, observed, events: events.map((event) => eventLine(event)), ...(card === undefined ? {} : { card }) }
}
