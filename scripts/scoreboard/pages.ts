/** The pages that follow from records. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { heldOutSets } from '../../harness/mutants/held-out/held-out.ts'
import { mutants } from '../../harness/mutants/index.ts'
import { unbroken } from '../../harness/mutants/matrix.ts'
import { uncovered } from '../../harness/mutants/uncovered.ts'
import type { Recorded, Submission } from '../../reports/scoreboard/recorded.ts'
import { scoreboardPage } from '../../reports/scoreboard/scoreboard.ts'
import { selfCoveragePage } from '../../reports/scoreboard/self-coverage.ts'
import { contractVersion } from '../../spec/requirements/index.ts'
import { campaignsOf } from './campaigns.ts'
import type { Records } from './read.ts'

/** The text of each page, by the name of its file. */
export function pagesOf(records: Records, submissions: readonly Submission[]): Record<string, string> {
  const { conformance, slices, sources, matrices, heldOut } = records
  const recorded: Recorded = {
    contract: contractVersion,
    ...(conformance !== undefined && { conformance }),
    submissions,
    campaigns: campaignsOf(slices, sources),
    matrices,
    mutants,
    unbroken: unbroken(matrices.flatMap((matrix) => matrix.mutants)),
    uncovered,
    heldOut: Object.entries(heldOutSets).map(([set, defects]) => {
      const record = heldOut.find((each) => each.set === set)
      const answers = defects.flatMap(({ name, answer }) => (answer === undefined ? [] : [[name, answer] as const]))
      return { set, ...(record !== undefined && { record }), answers: Object.fromEntries(answers) }
    }),
  }
  return { 'README.md': scoreboardPage(recorded), 'self-coverage.md': selfCoveragePage(recorded) }
}

/** The pages of a directory that are not these, a line each. */
export function stalePages(directory: string, pages: Readonly<Record<string, string>>): string[] {
  return Object.entries(pages).flatMap(([name, text]) => {
    const file = join(directory, name)
    const committed = existsSync(file) ? readFileSync(file, 'utf8') : undefined
    if (committed === text) return []
    const what = committed === undefined ? 'is not there' : 'does not follow from the records'
    return [`${file} ${what}: npm run scoreboard -- --recorded`]
  })
}
