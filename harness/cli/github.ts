/** What a run tells GitHub Actions, where it is one of its steps: annotations, and the summary of the job. */
import { appendFileSync, existsSync, statSync } from 'node:fs'
import { annotations } from '../../reports/github/annotations.ts'
import { markdownSummary, shortSummary } from '../../reports/markdown/summary.ts'
import type { ConformanceResult } from '../../spec/result.ts'
import type { WrittenCard } from './reports.ts'

/** GitHub takes no summary of a step at all that is larger than this. */
const mostBytes = 1024 * 1024

/** What of the environment it needs; the names are GitHub's. */
export interface GithubEnvironment {
  GITHUB_ACTIONS?: string
  GITHUB_STEP_SUMMARY?: string
}

/** Prints the annotations and appends to the summary; does nothing elsewhere. Gives back a line for what could not be written. */
export function tellGithub(
  environment: GithubEnvironment,
  result: ConformanceResult,
  cards: readonly WrittenCard[],
  print: (lines: readonly string[]) => void,
): string[] {
  if (environment.GITHUB_ACTIONS !== 'true') return []
  const lines = annotations(result, cards)
  if (lines.length > 0) print(lines)
  const file = environment.GITHUB_STEP_SUMMARY ?? ''
  if (file === '') return []
  try {
    // Other commands of the same step may have written there before.
    const room = mostBytes - (existsSync(file) ? statSync(file).size : 0)
    const whole = markdownSummary(result, cards)
    appendFileSync(file, Buffer.byteLength(whole) <= room ? whole : shortSummary(result))
    return []
  } catch (error) {
    return [`cannot write the summary to ${file}: ${(error as Error).message}`]
  }
}
