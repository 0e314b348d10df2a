/** `channel-conformance run`: the suite against one system after another, each in a child process. */
import { randomInt } from 'node:crypto'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readCard, writeCard } from '../../conformance/card.ts'
import { conformHost, contractVersion } from '../../conformance/conform.ts'
import { HostError } from '../../conformance/host.ts'
import { packageVersion } from '../../conformance/package-version.ts'
import { families } from '../../conformance/programs/index.ts'
import { cardLines } from '../../reports/text/card.ts'
import { lastLine, systemLine, trouble, verdictCounts } from '../../reports/text/summary.ts'
import type { ConformanceResult, SystemResult } from '../../spec/result.ts'
import { hostInChild } from '../drivers/child.ts'
import { bundledSystems } from '../systems.ts'

/** The flags of `run`. */
export interface RunFlags {
  runs?: number
  seed?: number
  out: string
  report?: string
}

/** Runs the suite and prints what came of it; resolves to the exit code. */
export async function run(references: readonly string[], flags: RunFlags): Promise<number> {
  const seed = flags.seed ?? randomInt(2 ** 31)
  const asked = references.length > 0 ? references : bundledSystems.map((each) => each.name)
  const systems: SystemResult[] = []
  for (const reference of asked) {
    const result = await runOne(reference, seed, flags)
    systems.push(result)
    print([systemLine(result), ...trouble(result)])
  }
  const result: ConformanceResult = {
    schemaVersion: 1,
    contractVersion,
    packageVersion,
    nodeVersion: process.versions.node,
    date: new Date().toISOString(),
    seed,
    timeoutsHit: systems.reduce((sum, system) => sum + system.timeouts, 0),
    systems,
  }
  if (flags.report?.split(',').includes('json')) {
    await mkdir(flags.out, { recursive: true })
    await writeFile(join(flags.out, 'conformance.json'), `${JSON.stringify(result, null, 2)}\n`)
  }
  print([lastLine(result)])
  return exitCode(systems)
}

const print = (lines: readonly string[]): void => {
  process.stdout.write(`${lines.join('\n')}\n`)
}

async function runOne(reference: string, seed: number, flags: RunFlags): Promise<SystemResult> {
  let host: Awaited<ReturnType<typeof hostInChild>>
  try {
    host = await hostInChild(reference)
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    return { name: reference, capabilities: [], couldNotJudge: error.message, programs: 0, steps: 0, timeouts: 0, requirements: [] }
  }
  try {
    return await conformHost(host, {
      seed,
      runs: flags.runs === undefined ? undefined : Math.ceil(flags.runs / families.length),
      regressions: await regressions(host.name),
      onCard: async (card) => {
        const path = await writeCard(card, join(flags.out, 'cards'))
        print(['', ...cardLines(card, path), ''])
        return path
      },
    })
  } finally {
    await host.end()
  }
}

/** Cards kept from earlier failures of this system. */
async function regressions(system: string) {
  const directory = join('.channel-conformance', 'regressions')
  const names = await readdir(directory).catch(() => [] as string[])
  const cards = await Promise.all(names.filter((name) => name.endsWith('.json')).map((name) => readCard(join(directory, name))))
  return cards.filter((card) => card.system === system)
}

/** 1 if any MUST failed; else 2 if a MUST was not exercised or a system could not be judged; else 0. */
export function exitCode(systems: readonly SystemResult[]): number {
  const must = systems.map((system) => verdictCounts(system, 'must'))
  if (must.some((counts) => counts.failed > 0)) return 1
  if (must.some((counts) => counts['not-exercised'] > 0) || systems.some((system) => system.couldNotJudge !== undefined)) return 2
  return 0
}
