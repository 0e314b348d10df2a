/**
 * Looks for false alarms: many programs over the reference systems while every core is busy, in slices that are appended
 * to one record, so that a campaign goes on where it was interrupted:
 * `npm run false-positives -- --programs 2000 --record reports/records/false-positives.ndjson`.
 * Exits 1 where anything was violated or a wait ran into its last resort.
 */
import { fork } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { conformHost } from '../conformance/conform.ts'
import { families } from '../conformance/programs/index.ts'
import { familiesFor, scaleFamilies } from '../conformance/select.ts'
import { startProgress } from '../harness/cli/progress.ts'
import { hostInChild } from '../harness/drivers/child.ts'
import { contractVersion } from '../spec/requirements/index.ts'
import type { SystemResult } from '../spec/result.ts'
import { nextSlice, type Slice, totals } from './false-positives/record.ts'
import { sourcesNow } from './false-positives/sources.ts'

const number = (text: string): number => Number(text)
const options = new Command('false-positives')
  .option('--programs <n>', 'programs over all systems', number, 2_000)
  .option('--slice <n>', 'programs to a slice', number, 1_000)
  .option('--busy <n>', 'processes that do nothing but keep a core busy', number, cpus().length)
  .option('--record <file>', 'the record, one line to a slice', 'reports/records/false-positives.ndjson')
  .parse()
  .opts<{ programs: number; slice: number; busy: number; record: string }>()

const sources = sourcesNow()

const record: Slice[] = existsSync(options.record)
  ? readFileSync(options.record, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Slice)
  : []

mkdirSync(dirname(options.record), { recursive: true })
const busy = Array.from({ length: options.busy }, () =>
  fork(fileURLToPath(new URL('./false-positives/busy.ts', import.meta.url))),
)
const progress = startProgress()
try {
  for (;;) {
    const next = nextSlice(record, sources, options)
    if (next === undefined) break
    const slice = await run(next.system, next.programs, next.seed)
    record.push(slice)
    appendFileSync(options.record, `${JSON.stringify(slice)}\n`)
  }
} finally {
  progress.clear()
  for (const each of busy) each.kill()
}

async function run(system: string, programs: number, seed: number): Promise<Slice> {
  const host = await hostInChild(system)
  let count = 0
  try {
    const result = await conformHost(host, {
      seed,
      families: scaleFamilies(familiesFor(families, host.capabilities), programs),
      shrink: false,
      onProgram: () => progress.show(`${system}  ${++count} of about ${programs} programs, seed ${seed}`),
    })
    return sliceOf(result, seed)
  } finally {
    await host.end()
  }
}

function sliceOf(result: SystemResult, seed: number): Slice {
  const { name, engine, programs, timeouts, couldNotJudge, requirements } = result
  return {
    ...{ date: new Date().toISOString(), sources, contract: contractVersion, node: process.versions.node },
    ...{ system: name, ...(engine !== undefined && { engine }), seed, busy: options.busy, programs, timeouts },
    violations: requirements.flatMap(({ violations }) =>
      violations.map(({ requirement, clause, observed }) => ({ requirement, clause, observed })),
    ),
    unexercised: requirements
      .filter(({ verdict }) => verdict !== 'not-applicable' && verdict !== 'not-observable')
      .flatMap(({ id, clauses }) =>
        Object.entries(clauses).flatMap(([clause, { programs: decided }]) => (decided === 0 ? [`${id} ${clause}`] : [])),
      ),
    ...(couldNotJudge !== undefined && { couldNotJudge }),
  }
}

const found = totals(record, sources)
for (const [system, { programs, violations, timeouts, unexercised, broken }] of found) {
  process.stdout.write(
    `${system}: ${programs} programs, ${violations} violations, ${timeouts} time-outs${broken === 0 ? '' : `, ${broken} slices not judged to the end`}; never exercised: ${unexercised.join(', ') || 'nothing'}\n`,
  )
}
const bad = [...found.values()].some(({ violations, timeouts, broken }) => violations + timeouts + broken > 0)
process.exitCode = bad ? 1 : 0
