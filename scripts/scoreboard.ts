/**
 * Makes the published scoreboard: runs the suite over the bundled systems, keeps the result among the records and writes
 * the pages that follow from them. `--from FILE` takes a result that is there, `--recorded` the one that is kept;
 * `--check` only says whether the committed pages follow from the committed records.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import type { ConformanceResult } from '../spec/result.ts'
import { changedFolders, sourcesNow } from './false-positives/sources.ts'
import { conformanceForm, parsed } from './scoreboard/forms.ts'
import { pagesOf, stalePages } from './scoreboard/pages.ts'
import { files, readRecords, readSubmissions } from './scoreboard/read.ts'
import { runSuite } from './scoreboard/run-suite.ts'
import { recordText, slim } from './scoreboard/slim.ts'
import { checkReferences } from './scoreboard/whole-run.ts'

interface Options {
  from?: string
  recorded?: true
  check?: true
  records: string
  pages: string
}

const options = new Command('scoreboard')
  .option('--from <file>', 'a conformance.json of all bundled systems, in place of a run')
  .option('--recorded', 'the pages alone, from the records as they are')
  .option('--check', 'writes nothing: do the committed pages follow from the committed records?')
  .option('--records <dir>', 'the records', 'reports/records')
  .option('--pages <dir>', "the pages, with third parties' results in its folder submissions", 'reports/scoreboard')
  .parse()
  .opts<Options>()

async function main({ from, recorded, check, records: directory, pages }: Options): Promise<number> {
  if ([from, recorded, check].filter((each) => each !== undefined).length > 1)
    throw new Error('--from, --recorded and --check exclude each other')
  // Read before anything is run: what is wrong there is found out at once.
  const records = readRecords(directory)
  const submissions = readSubmissions(join(pages, 'submissions'))
  const sources = sourcesNow()
  if (check) {
    const stale = stalePages(pages, pagesOf(records, submissions))
    for (const line of stale) process.stderr.write(`${line}\n`)
    const changed = records.sources === undefined ? [] : changedFolders(records.sources, sources)
    if (changed.length > 0) process.stdout.write(`since the pages were made, ${changed.join(', ')} changed\n`)
    return stale.length === 0 ? 0 : 1
  }
  mkdirSync(directory, { recursive: true })
  const write = (file: string, text: string): void => {
    writeFileSync(file, text)
    process.stdout.write(`wrote ${file}\n`)
  }
  if (recorded === undefined) {
    const result = slim(await resultOf(from))
    write(join(directory, files.conformance), recordText(result))
    records.conformance = result
  }
  records.sources = sources
  write(join(directory, files.sources), `${JSON.stringify({ sources }, null, 2)}\n`)
  for (const [name, text] of Object.entries(pagesOf(records, submissions))) write(join(pages, name), text)
  return 0
}

async function resultOf(from: string | undefined): Promise<ConformanceResult> {
  const result = from === undefined ? await runSuite() : parsed(conformanceForm, from, readFileSync(from, 'utf8'))
  checkReferences(from ?? 'the result of the run', result)
  return result
}

try {
  process.exitCode = await main(options)
} catch (error) {
  process.stderr.write(`error: ${(error as Error).message}\n`)
  process.exitCode = 2
}
