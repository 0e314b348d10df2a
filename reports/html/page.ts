/** The whole page: one file that needs nothing else and loads nothing. */
import { createHash } from 'node:crypto'
import type { ConformanceResult } from '../../spec/result.ts'
import { rowsByArea } from './catalogue.ts'
import { client } from './client.ts'
import { anchorsByRequirement, failureList, failuresOf } from './failures.ts'
import { header, headline } from './header.ts'
import { html, trusted } from './markup.ts'
import { matrix } from './matrix.ts'
import type { ReportCard } from './report-card.ts'
import { requirementList } from './requirements.ts'
import { style } from './styles/index.ts'
import { notJudged, systemList } from './systems.ts'
import { judgedSystems } from './verdicts.ts'

/** Nothing may be loaded or sent; of style and script only the page's own, known by their hashes. */
const policy = `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(client)}'; base-uri 'none'; form-action 'none'`

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

/**
 * A run as one HTML page for people, to be read with or without a script and to be printed.
 * @param result what the run found out
 * @param cards the failure cards that it wrote; a violation without one is shown with less
 */
export function htmlReport(result: ConformanceResult, cards: readonly ReportCard[]): string {
  const systems = judgedSystems(result.systems)
  const areas = rowsByArea(systems)
  const failures = failuresOf(result.systems, cards)
  const { word, rest } = headline(result)
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${word}: ${rest} – channel conformance</title>
<style>${trusted(style)}</style></head>
<body><a class="skip" href="#requirements">Skip to the requirements</a>
${header(result)}
<main>
${notJudged(result.systems)}
${areas.length > 0 && matrix(areas, systems)}
${failureList(failures)}
${requirementList(areas, systems, anchorsByRequirement(failures))}
${systems.length > 0 && systemList(systems)}
</main>
<footer><p>Made by channel-conformance ${result.packageVersion} from a run of contract ${result.contractVersion}, seed ${result.seed}.</p></footer>
<script>${trusted(client)}</script></body></html>
`.markup
}
