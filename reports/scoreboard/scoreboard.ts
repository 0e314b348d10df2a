/** The page `reports/scoreboard/README.md`. */
import { literal } from '../markdown/literal.ts'
import { campaignLines } from './campaign.ts'
import { heldOutLines } from './held-out.ts'
import { killLines } from './kills.ts'
import { noConformance } from './not-recorded.ts'
import type { Recorded, Submission } from './recorded.ts'
import { systemsLines } from './systems.ts'

/** Stands at the top of what is made, for whoever would edit it. */
export const made =
  'Made by `npm run scoreboard` from `reports/records` and `reports/scoreboard/submissions`: what is edited here is lost.'

/** The lines as the text of a file. */
export const pageText = (lines: readonly string[]): string => `${lines.join('\n').trimEnd()}\n`

/** The whole page. */
export function scoreboardPage(recorded: Recorded): string {
  const { conformance, submissions, campaigns, heldOut, contract } = recorded
  return pageText([
    ...['# Scoreboard', '', made, ''],
    ...['## Reference systems', ''],
    ...(conformance === undefined
      ? [noConformance, '']
      : [...aged(conformance.contractVersion, contract), ...systemsLines(conformance)]),
    ...["## Third parties' results", ''],
    'As their authors submitted them, by [these rules](SUBMITTING.md), which also say what a place here does not mean.',
    '',
    ...(submissions.length === 0
      ? ['None has been submitted.', '']
      : submissions.flatMap((each) => submissionLines(each, contract))),
    ...['## False alarms', '', ...campaignLines(campaigns)],
    ...['## Mutants', '', ...killLines(recorded)],
    ...['[What the suite does not prove of itself](self-coverage.md) has the whole matrix.', ''],
    ...['## Held-out defects', '', ...heldOutLines(heldOut)],
  ])
}

function submissionLines({ file, result }: Submission, contract: string): string[] {
  const names = result.systems.map(({ name }) => literal(name)).join(', ')
  return [`### ${names}`, '', `File ${literal(file)}.`, '', ...aged(result.contractVersion, contract), ...systemsLines(result)]
}

/** A result of another version of the contract says less than it did. */
const aged = (own: string, contract: string): string[] =>
  own === contract ? [] : [`**Of contract ${literal(own)}, while this is ${literal(contract)}**: to be run again.`, '']
