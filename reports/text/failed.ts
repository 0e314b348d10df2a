/** What the reports tell of a requirement that failed: each finding against it, and its card where one was made. */
import type { ReportedViolation, RequirementResult, SystemResult } from '../../spec/result.ts'
import { cardLines } from './card.ts'
import type { CardText } from './card-text.ts'
import { visible } from './visible.ts'

/** A card and where it lies; without a file nothing can replay it. */
export interface FiledCard {
  card: CardText
  file?: string
}

/** A requirement that failed: what was found against it. The parts of a run (live, simulated) may have found one each. */
export interface Failed {
  requirement: RequirementResult
  findings: readonly { violation: ReportedViolation; filed?: FiledCard }[]
}

/** The requirements that `system` failed; `cards` may hold those of other systems too. */
export function failedOf(system: SystemResult, cards: readonly FiledCard[]): Failed[] {
  return system.requirements
    .filter(({ verdict }) => verdict === 'failed')
    .map((requirement) => ({
      requirement,
      findings: requirement.violations.map((violation) => ({
        violation,
        filed: cards.find(({ card }) => card.system === system.name && isOf(card, violation)),
      })),
    }))
}

/** Two cards may be of one requirement: only what was found tells them apart. */
function isOf(card: CardText, { requirement, clause, expected, observed }: ReportedViolation): boolean {
  return card.requirement === requirement && card.clause === clause && card.expected === expected && card.observed === observed
}

/** All that is known of a failed requirement, as lines: its cards, or what was found where there are none. */
export function failedLines({ findings }: Failed): string[] {
  return findings.flatMap(({ violation, filed }, index) => [
    ...(index === 0 ? [] : ['']),
    ...(filed === undefined ? bareLines(violation) : cardLines(filed.card, filed.file)),
  ])
}

function bareLines({ requirement, clause, expected, observed, events }: ReportedViolation): string[] {
  return [
    `${requirement} [${clause}]`,
    `  expected  ${expected}`,
    `  observed  ${observed}`,
    ...events.map((each) => `  ${each}`),
  ].map(visible)
}

/** What a failed requirement comes to, in one line. */
export function failedLine({ findings: [first] }: Failed): string {
  return first === undefined
    ? 'no finding was kept'
    : `expected ${first.violation.expected}; observed ${first.violation.observed}`
}
