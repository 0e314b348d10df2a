/** The reports of a run: what each is called, where it lies in `--out`, and what makes it. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Card } from '../../conformance/card.ts'
import { htmlReport } from '../../reports/html/index.ts'
import { junitXml } from '../../reports/junit/junit.ts'
import { markdownSummary } from '../../reports/markdown/summary.ts'
import type { ConformanceResult } from '../../spec/result.ts'

/** A card that a run wrote, and where. */
export interface WrittenCard {
  card: Card
  file: string
}

/** A report: `render` gives the whole text of its file. */
export interface ReportKind {
  kind: string
  file: string
  render(result: ConformanceResult, cards: readonly WrittenCard[]): string
}

/** Every kind there is; `--report` takes them by these names. */
export const reportKinds: readonly ReportKind[] = [
  { kind: 'json', file: 'conformance.json', render: (result) => `${JSON.stringify(result, null, 2)}\n` },
  { kind: 'junit', file: 'junit.xml', render: junitXml },
  { kind: 'markdown', file: 'summary.md', render: markdownSummary },
  {
    kind: 'html',
    file: 'conformance.html',
    render: (result, cards) =>
      htmlReport(
        result,
        cards.map(({ card, file }) => ({ ...card, file })),
      ),
  },
]

/** The kinds that `--report` names, by comma. @throws Error for one that there is not */
export function reportsOf(names = ''): ReportKind[] {
  const asked = names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const unknown = asked.find((name) => !reportKinds.some(({ kind }) => kind === name))
  if (unknown !== undefined)
    throw new Error(
      `there is no report of kind ${JSON.stringify(unknown)}: expected ${reportKinds.map(({ kind }) => kind).join(', ')}`,
    )
  return reportKinds.filter(({ kind }) => asked.includes(kind))
}

/** Writes each into `out`; gives back a line for each that could not be, for the others are written all the same. */
export function writeReports(
  kinds: readonly ReportKind[],
  out: string,
  result: ConformanceResult,
  cards: readonly WrittenCard[],
): string[] {
  return kinds.flatMap(({ kind, file, render }) => {
    try {
      mkdirSync(out, { recursive: true })
      writeFileSync(join(out, file), render(result, cards))
      return []
    } catch (error) {
      return [`cannot write the ${kind} report to ${join(out, file)}: ${(error as Error).message}`]
    }
  })
}
