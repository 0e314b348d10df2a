/** What was found out about a system's capabilities, in lines. */
import type { CapabilityFinding } from '../../spec/probing.ts'

/** Declared, and not found: an error of the system, or of its declaration. */
export const isOverdeclared = ({ declared, found }: CapabilityFinding): boolean => declared && found === 'no'

/** Found, and not declared. */
export const isUndeclared = ({ declared, found }: CapabilityFinding): boolean => !declared && found === 'yes'

/** The table of one system, then a sentence for each capability that is declared and not there, or there and not declared. */
export function probingLines(system: string, findings: readonly CapabilityFinding[]): string[] {
  const rows = [
    ['capability', 'declared', 'found', 'evidence'],
    ...findings.map(({ capability, declared, found, evidence }) => [capability, declared ? 'yes' : 'no', found, evidence]),
  ]
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return [
    `${system}:`,
    ...rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`),
    ...findings
      .filter(isOverdeclared)
      .map(({ capability, evidence }) => `error: ${system} declares ${capability}, but has it not: ${evidence}`),
    ...findings.filter(isUndeclared).map((each) => `hint: ${system} ${undeclared(each)}`),
  ]
}

const undeclared = ({ capability, more }: CapabilityFinding): string =>
  `declares no ${capability}, but seems to have it: ${declareIt(more)}`

const declareIt = (more: number): string =>
  more === 0 ? 'declare it; no requirement asks for it yet' : `declare it and be judged by ${more} more requirements`

/** One line for all that is there and not declared; none where there is nothing. */
export function undeclaredLines(system: string, findings: readonly CapabilityFinding[]): string[] {
  const there = findings.filter(isUndeclared)
  if (there.length === 0) return []
  const names = there.map(({ capability }) => capability).join(', ')
  return [`  not declared, but seems to be there: ${names}; \`channel-conformance probe ${system}\` says more`]
}
