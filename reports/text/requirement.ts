/** A requirement in words: for `list` and `explain`. */
import type { Requirement, Source } from '../../spec/requirement.ts'

/** Where a requirement comes from, in words. */
export const sourceText = (source: Source): string =>
  'decision' in source ? `decided: ${source.decision}` : `${source.seed}: "${source.quote}"`

const tags = (capabilities: readonly string[] | undefined): string => (capabilities ?? []).map((name) => ` [${name}]`).join('')

/** One line: id, level, capabilities, title. */
export function requirementLine(requirement: Requirement): string {
  const { id, level, title, capabilities } = requirement
  return `${id.padEnd(9)} ${level.padEnd(6)} ${title}${tags(capabilities)}`
}

/** Everything a person needs to know of a requirement; `violators` are known mistakes that break it. */
export function explanation(requirement: Requirement, violators: readonly string[]): string[] {
  const { id, level, area, since, title, capabilities, source } = requirement
  return [
    `${id} (${level}, ${area}, since contract ${since})${tags(capabilities)}`,
    `  ${title}`,
    '',
    `  source    ${sourceText(source)}`,
    '  clauses',
    ...Object.entries(requirement.clauses).flatMap(([name, clause]) => [
      `    ${name}${tags(clause.capabilities)}${clause.heavy === true ? ' (heavy)' : ''}`,
      `      ${clause.promise}`,
      ...(clause.needs === undefined ? [] : [`      seen through: ${clause.needs.join(', ')}`]),
    ]),
    ...(violators.length === 0 ? [] : ['  what would violate it', ...violators.map((each) => `    ${each}`)]),
  ]
}
