/** The simulated tier on the command line: alone (`run --simulated`), and as a part of an ordinary run. */
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { type Card, writeCard } from '../../conformance/card.ts'
import { mergeResults } from '../../conformance/merge.ts'
import { type SimulatedRun, simulatedPrograms } from '../../conformance/simulated/conform.ts'
import { simulatedLine, trouble } from '../../reports/text/summary.ts'
import type { SystemResult } from '../../spec/result.ts'
import { simulate } from '../drivers/simulated.ts'
import { bundledSystems } from '../systems.ts'
import { exitCodes } from './exit-codes.ts'
import { startProgress } from './progress.ts'
import { checkReference, type Reference } from './references.ts'
import { print, printCard } from './terminal.ts'

/** What of the flags of `run` the simulated tier knows. */
export interface SimulatedFlags {
  only?: string
  skip?: string
  runs?: number
  bail?: boolean
  out: string
  /** Signatures of failures that are known. */
  known?: readonly string[]
  /** Simulated programs of earlier failures. */
  regressions?: Card[]
  /** Given every card with its file. */
  onCard?(card: Card, file: string): void
}

/**
 * Runs the simulated tier of one system, writing and printing its cards; undefined where it offers none.
 * @param atOnce processes
 */
export async function runSimulation(
  reference: Reference,
  seed: number,
  flags: SimulatedFlags,
  atOnce: number,
): Promise<SimulatedRun | undefined> {
  const progress = startProgress()
  const shown = new Set<string>()
  const written: { card: Card; path: string }[] = []
  const onCard = async (card: Card): Promise<void> => {
    // Several processes may find the same.
    if (shown.has(card.requirement)) return
    shown.add(card.requirement)
    progress.clear()
    const path = await writeCard(card, join(flags.out, 'cards'))
    written.push({ card, path })
    flags.onCard?.(card, path)
    print([''])
    printCard(card, path)
  }
  const { only, skip, runs, bail, known, regressions } = flags
  const task = { reference: reference.name, seed, ...{ only, skip, runs, bail, known, regressions } }
  try {
    const run = await simulate(task, atOnce, {
      onProgress: (programs, violated) =>
        progress.show(
          `${reference.name}  simulated  ${programs} programs${violated === 0 ? '' : `, ${violated} requirements violated`}`,
        ),
      onCard,
    })
    return run && { ...run, result: withCards(run.result, written) }
  } finally {
    progress.clear()
  }
}

/** The files are known here alone: the processes that found the violations write none. */
function withCards(result: SystemResult, written: readonly { card: Card; path: string }[]): SystemResult {
  const pathOf = (signature: string) => written.find(({ card }) => card.signature === signature)?.path
  return {
    ...result,
    requirements: result.requirements.map((requirement) => ({
      ...requirement,
      violations: requirement.violations.map((violation) => {
        const card = pathOf(violation.signature)
        return card === undefined ? violation : { ...violation, card }
      }),
    })),
  }
}

/** The result of an ordinary run with what its simulated part found: verdicts together, programs apart. */
export async function withSimulation(
  live: SystemResult,
  reference: Reference,
  seed: number,
  flags: SimulatedFlags,
): Promise<SystemResult> {
  if (reference.simulates === false || live.couldNotJudge !== undefined) return live
  const isNew = ({ violations }: SystemResult['requirements'][number]): boolean =>
    violations.some(({ signature }) => flags.known?.includes(signature) !== true)
  if (flags.bail === true && live.requirements.some(isNew)) return live
  const runs = Math.min(flags.runs ?? simulatedPrograms, simulatedPrograms)
  // A simulation that dies takes nothing with it of what was found live, here and on other systems.
  const run = await runSimulation(reference, seed, { ...flags, runs }, 1).catch((error: Error) => error)
  if (run instanceof Error) return { ...live, couldNotJudge: run.message }
  if (run === undefined) return live
  const { result, races } = run
  const { programs, steps } = live
  return { ...mergeResults(live, result), programs, steps, simulated: { programs: result.programs, races } }
}

/** `run --simulated`: the simulated tier alone; resolves to the exit code. What it does not exercise is no failure of it. */
export async function runSimulatedOnly(asked: readonly string[], seed: number, flags: SimulatedFlags): Promise<number> {
  const names = asked.length > 0 ? asked : bundledSystems.map(({ name }) => name)
  let code: number = exitCodes.passed
  let simulated = 0
  for (const name of names) {
    const reference = await checkReference(name, asked.length > 0)
    if (reference.broken !== undefined || reference.missing !== undefined) {
      print([
        reference.broken === undefined
          ? `${name}: skipped: ${reference.missing}`
          : `${name}: could not be judged: ${reference.broken}`,
      ])
      if ((reference.asked || reference.broken !== undefined) && code === exitCodes.passed) code = exitCodes.undecided
      continue
    }
    const started = performance.now()
    const run = await runSimulation(reference, seed, flags, availableParallelism())
    if (run === undefined) {
      if (asked.length > 0) print([`${name}: offers no simulation`])
      continue
    }
    simulated++
    print([simulatedLine(run.result, run.races, (performance.now() - started) / 1000, seed), ...trouble(run.result, 'failed')])
    if (run.result.requirements.some(({ verdict, level }) => verdict === 'failed' && level === 'must')) code = exitCodes.failed
    else if (run.result.couldNotJudge !== undefined && code === exitCodes.passed) code = exitCodes.undecided
  }
  return simulated === 0 ? exitCodes.undecided : code
}
