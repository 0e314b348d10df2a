/** What failed: every violation once, with its card where there is one. */
import { requirementById } from '../../spec/requirements/index.ts'
import type { ReportedViolation, SystemResult } from '../../spec/result.ts'
import { asInBaseline } from '../text/baseline.ts'
import { failureCard } from './card/card.ts'
import { anchor, type Html, html } from './markup.ts'
import type { ReportCard } from './report-card.ts'

/** One failure: a violation as the result lists it, and its card. */
export interface Failure {
  anchor: string
  system: Pick<SystemResult, 'name' | 'engine'>
  requirement: string
  level: 'must' | 'should'
  violation: ReportedViolation
  card?: ReportCard
  /** What the baseline says of its requirement: that it is known to fail, and what is wrong with its entries. */
  known: string[]
}

/** The failures of a result in its order; then the cards that belong to none of its violations. */
export function failuresOf(systems: readonly SystemResult[], cards: readonly ReportCard[]): Failure[] {
  const used = new Set<ReportCard>()
  const listed = systems.flatMap((system) =>
    system.requirements.flatMap(({ id, level, violations, baseline, baselineErrors = [] }) =>
      violations.map((violation, index): Failure => {
        const card = cards.find(
          (each) => !used.has(each) && each.system === system.name && each.requirement === id && each.clause === violation.clause,
        )
        if (card !== undefined) used.add(card)
        const name = anchor('failure', system.name, id, ...(index === 0 ? [] : [String(index + 1)]))
        const known = [...(baseline === undefined ? [] : [asInBaseline(baseline)]), ...baselineErrors]
        return { anchor: name, system, requirement: id, level, violation, card, known }
      }),
    ),
  )
  const others = cards.filter((card) => !used.has(card))
  return [
    ...listed,
    ...others.map((card, index): Failure => {
      const { requirement, clause, expected, observed, level, signature = '' } = card
      return {
        anchor: anchor('card', String(index + 1), card.system, requirement),
        system: { name: card.system, engine: card.engine },
        requirement,
        level,
        violation: { requirement, clause, signature, expected, observed, events: [...card.events] },
        card,
        known: [],
      }
    }),
  ]
}

/** The section of the cards, the first one open; nothing where nothing failed. */
export function failureList(failures: readonly Failure[]): Html | undefined {
  if (failures.length === 0) return undefined
  return html`<section aria-labelledby="failures"><h2 id="failures">Failures <span class="count">${failures.length}</span></h2>
${failures.map((failure, index) => failureCard(failure, requirementById(failure.requirement), index === 0))}</section>`
}

/** Anchors of the failures, by requirement. */
export function anchorsByRequirement(failures: readonly Failure[]): Map<string, string[]> {
  const anchors = new Map<string, string[]>()
  for (const { requirement, anchor: name } of failures) anchors.set(requirement, [...(anchors.get(requirement) ?? []), name])
  return anchors
}
