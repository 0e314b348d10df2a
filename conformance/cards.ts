/** Makes cards and report entries from counterexamples. */
import { eventLines, historyLines } from '../reports/text/event-line.ts'
import { sourceText } from '../reports/text/requirement.ts'
import { type SequenceEvent, sequenceOf } from '../reports/text/sequence.ts'
import { contractVersion, requirementById } from '../spec/requirements/index.ts'
import type { ReportedViolation } from '../spec/result.ts'
import { type Card, cardVersion } from './card.ts'
import { packageVersion } from './package-version.ts'
import { sizeOf } from './program.ts'
import type { Counterexample } from './shrink-failure.ts'
import { signatureOf } from './signature.ts'

/** On what a counterexample was found. */
export type CardSystem = Pick<Card, 'system' | 'engine' | 'reference'>

/** The card of a counterexample found on `found`. */
export function makeCard(found: CardSystem, of: Counterexample): Card {
  const requirement = requirementById(of.violation.requirement)
  const relative = inside(of.observation.execution.program)
  return {
    card: cardVersion,
    contract: contractVersion,
    package: packageVersion,
    ...found,
    requirement: of.violation.requirement,
    clause: of.violation.clause,
    signature: signatureOf(of.violation),
    title: requirement?.title ?? '',
    ...(requirement === undefined ? {} : { source: sourceText(requirement.source) }),
    level: requirement?.level ?? 'must',
    program: of.program,
    size: sizeOf(of.program),
    shrunkFrom: of.shrunkFrom,
    reproduced: of.reproduced,
    expected: relative(of.violation.expected),
    observed: relative(of.violation.observed),
    events: eventLines(of.violation.events).map(relative),
    history: historyLines(of.observation.execution.events).map(relative),
    sequence: sequenceOf(of.observation.execution.events, of.violation.events).map(within(relative)),
    provenance: of.provenance,
  }
}

/** Steps, topics and gates as the program names them, without the number the program had in its run. */
export function inside(program: number): (text: string) => string {
  const prefix = new RegExp(`(?<![\\w.])${program}[.:](?=\\w)`, 'g')
  return (text) => text.replaceAll(prefix, '')
}

/** A line of the diagram with its texts so changed. */
const within =
  (relative: (text: string) => string) =>
  (line: SequenceEvent): SequenceEvent => ({
    ...line,
    label: relative(line.label),
    ...(line.step !== undefined && { step: relative(line.step) }),
  })

/** A violation as the result lists it. */
export function reported(of: Pick<Counterexample, 'violation' | 'observation'>, card?: string): ReportedViolation {
  const { requirement, clause, expected, observed, events } = of.violation
  const relative = inside(of.observation.execution.program)
  const lines = eventLines(events).map(relative)
  return {
    requirement,
    clause,
    signature: signatureOf(of.violation),
    expected: relative(expected),
    observed: relative(observed),
    events: lines,
    ...(card === undefined ? {} : { card }),
  }
}
