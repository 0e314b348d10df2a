/** `compare`: the same programs on two systems, and in what these differ where the contract leaves no freedom. */
import { randomInt } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compareAgain } from '../../conformance/differential/again.ts'
import { type Comparison, compareHosts } from '../../conformance/differential/differential.ts'
import { rules } from '../../conformance/differential/fields.ts'
import type { Finding } from '../../conformance/differential/finding.ts'
import { type Host, HostError } from '../../conformance/host.ts'
import { families } from '../../conformance/programs/index.ts'
import { scaleFamilies, selectFamilies, selectRequirements } from '../../conformance/select.ts'
import { terminalDifference } from '../../reports/terminal/difference.ts'
import { comparisonLines, sameAgain } from '../../reports/text/difference.ts'
import { requirements } from '../../spec/requirements/index.ts'
import { exitCodes } from './exit-codes.ts'
import { startProgress } from './progress.ts'
import { checkReference, openHost, type Reference } from './references.ts'
import { lookOf, print } from './terminal.ts'

/** The flags of `compare`. */
export interface CompareFlags {
  only?: string
  runs: number
  seed?: number
  bail?: boolean
  out: string
  /** The file of a difference: its program alone is run. */
  again?: string
}

/** What is kept of a difference, so that its program can be run again. */
interface Kept extends Finding {
  difference: 1
  references: [string, string]
}

/** Compares two systems; 0 where they are the same, 1 where they differ, 2 where they could not be compared. @throws Error */
export async function compare(asked: readonly string[], flags: CompareFlags): Promise<number> {
  const kept = flags.again === undefined ? undefined : readKept(flags.again)
  const [a, b, ...more] = asked.length === 0 && kept !== undefined ? kept.references : asked
  if (a === undefined || b === undefined || more.length > 0)
    throw new Error(`compare takes two systems, not ${asked.length}: names of bundled systems, or paths of modules`)
  const references = [await checkReference(a, true), await checkReference(b, true)] as const
  const selected = selectRequirements(requirements, flags.only)
  const chosen = scaleFamilies(selectFamilies(families, selected), flags.runs)
  mkdirSync(join(flags.out, 'differences'), { recursive: true })
  const hosts: Host[] = []
  try {
    for (const reference of references) hosts.push(await opened(reference))
    const pair = hosts as [Host, Host]
    if (kept !== undefined && flags.again !== undefined) return await again(pair, kept, flags.again)
    const comparison = await searched(pair, [a, b], chosen, flags)
    const unsteady = comparison.unsteady.map((kind) => rules[kind].what)
    print(comparisonLines({ ...comparison, unsteady }))
    return codeOf(comparison)
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    print([`${a} and ${b}: could not be compared: ${error.message}`])
    return exitCodes.undecided
  } finally {
    await Promise.all(hosts.map((host) => host.end()))
  }
}

/** @throws HostError where the system is not here or does not start */
async function opened(reference: Reference): Promise<Host> {
  const why = reference.missing ?? reference.broken
  if (why !== undefined) throw new HostError(`${reference.name}: ${why}`)
  return openHost(reference)
}

async function searched(
  hosts: [Host, Host],
  references: [string, string],
  chosen: ReturnType<typeof scaleFamilies>,
  { seed = randomInt(2 ** 31), bail, out }: CompareFlags,
): Promise<Comparison> {
  const progress = startProgress()
  const names = hosts.map(({ name }) => name).join(' and ')
  const comparison = await compareHosts(hosts, {
    seed,
    families: chosen,
    ...(bail === true && { bail }),
    onProgress: ({ family, programs, differing }) =>
      progress.show(`${names}  ${family}  ${programs} programs${differing === 0 ? '' : `, ${differing} kinds of difference`}`),
    onFinding(finding) {
      progress.clear()
      const file = join(out, 'differences', fileName(finding))
      const kept: Kept = { difference: 1, references, ...finding }
      writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`)
      show(finding, file)
    },
  }).finally(() => progress.clear())
  writeFileSync(join(out, 'comparison.json'), `${JSON.stringify(comparison, null, 2)}\n`)
  return comparison
}

function show(finding: Finding, file: string): void {
  const lines = terminalDifference(finding, lookOf(process.stdout, process.env), file)
  process.stdout.write(`${['', ...lines, ''].join('\n')}\n`)
}

const fileName = ({ systems, kind }: Finding): string => `${[...systems, kind].join('-').replaceAll(/[^\w.-]+/g, '_')}.json`

function codeOf({ differences, couldNotJudge, programs }: Comparison): number {
  if (differences.length > 0) return exitCodes.failed
  return couldNotJudge !== undefined || programs === 0 ? exitCodes.undecided : exitCodes.passed
}

async function again(hosts: [Host, Host], kept: Kept, file: string): Promise<number> {
  const { finding, runs } = await compareAgain(hosts, kept)
  if (finding !== undefined) show(finding, file)
  else print([sameAgain([hosts[0].name, hosts[1].name], runs)])
  return finding === undefined ? exitCodes.passed : exitCodes.failed
}

/** @throws Error with one line that says what was expected */
function readKept(file: string): Kept {
  let kept: Partial<Kept> | null
  try {
    kept = JSON.parse(readFileSync(file, 'utf8')) as Partial<Kept>
  } catch (error) {
    throw new Error(`cannot read the difference ${file}: ${(error as Error).message}`)
  }
  if (kept?.difference !== 1 || kept.program === undefined || kept.kind === undefined || !Object.hasOwn(rules, kept.kind))
    throw new Error(`${file} is no difference of version 1: expected the JSON that \`compare\` wrote`)
  return kept as Kept
}
