/** The baseline of a run on the command line: read before anything is run, held against each result, written at the end. */
import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { heldAgainst, knownSignatures, type Reason, takenIn } from '../../conformance/baseline.ts'
import { isDate, loadBaseline } from '../../conformance/baseline-file.ts'
import { unknownSystem } from '../../reports/text/baseline.ts'
import type { Baseline } from '../../spec/baseline.ts'
import type { SystemResult } from '../../spec/result.ts'
import { mutants } from '../mutants/index.ts'
import { bundledSystems } from '../systems.ts'

/** What of the flags of `run` is about the baseline. */
export interface BaselineFlags {
  baseline?: string
  writeBaseline?: string
  reason?: string
  expires?: string
  simulated?: boolean
  bail?: boolean
  shard?: string
}

/** The baseline of one run; without the flags it excuses nothing and says nothing. */
export class RunBaseline {
  #baseline: Baseline
  readonly #flags: BaselineFlags
  readonly #why: Reason | undefined

  private constructor(baseline: Baseline, flags: BaselineFlags, why: Reason | undefined) {
    this.#baseline = baseline
    this.#flags = flags
    this.#why = why
  }

  /** Checks the flags and reads the file. @throws Error in one line */
  static async of(flags: BaselineFlags): Promise<RunBaseline> {
    const why = reasonOf(flags)
    const { baseline, writeBaseline, simulated } = flags
    if (simulated === true && (baseline ?? writeBaseline) !== undefined)
      throw new Error('a baseline is of a whole run: --simulated takes none')
    const path = baseline ?? (writeBaseline !== undefined && existsSync(writeBaseline) ? writeBaseline : undefined)
    if (writeBaseline !== undefined) prepare(writeBaseline)
    return new RunBaseline(path === undefined ? { schemaVersion: 1, entries: [] } : await loadBaseline(path), flags, why)
  }

  /** The signatures that are excused for a system. */
  known(system: string): string[] {
    return knownSignatures(this.#baseline, system)
  }

  /** One system's result, held against the baseline; where that is to be written, what fails is taken in first. */
  held(result: SystemResult): SystemResult {
    if (result.skipped !== undefined) return result
    const held = { whole: this.#flags.bail !== true && this.#flags.shard === undefined }
    if (this.#why !== undefined) this.#baseline = takenIn(result, this.#baseline, this.#why, held)
    return heldAgainst(result, this.#baseline, held)
  }

  /** Writes the file where it is asked for. Gives back what is still wrong with the baseline, a line each. */
  end(systems: readonly SystemResult[]): string[] {
    const { writeBaseline } = this.#flags
    if (writeBaseline !== undefined) writeFileSync(writeBaseline, `${JSON.stringify(this.#baseline, null, 2)}\n`)
    // A module of the user's own says its name when it starts: without it nothing can be said of an entry.
    const unheard = this.#flags.bail === true || systems.some((each) => each.couldNotJudge !== undefined)
    if (unheard) return []
    const names = new Set([
      ...systems.map(({ name }) => name),
      ...bundledSystems.map(({ name }) => name),
      ...mutants.map(({ name }) => `mutant:${name}`),
    ])
    return this.#baseline.entries.filter(({ system }) => !names.has(system)).map(unknownSystem)
  }
}

/** Why what fails is taken in, where it is to be. @throws Error */
function reasonOf({ baseline, writeBaseline, reason, expires }: BaselineFlags): Reason | undefined {
  if (writeBaseline === undefined) {
    if ((reason ?? expires) !== undefined) throw new Error('--reason and --expires are for --write-baseline FILE')
    return undefined
  }
  if (baseline !== undefined)
    throw new Error('--write-baseline reads the file before it writes it: --baseline beside it is one too many')
  if (reason === undefined || reason.trim() === '')
    throw new Error('--write-baseline needs --reason: a sentence that says why these failures are known and not mended')
  if (expires === undefined || !isDate(expires))
    throw new Error('--write-baseline needs --expires: the last day on which these failures are excused, YYYY-MM-DD')
  if (expires < new Date().toISOString().slice(0, 10)) throw new Error(`--expires ${expires} is past`)
  return { reason, expires }
}

/** A file that cannot be written is found out before anything is run. @throws Error */
function prepare(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    accessSync(existsSync(path) ? path : dirname(path), constants.W_OK)
  } catch (error) {
    throw new Error(`cannot write the baseline ${path}: ${(error as Error).message}`)
  }
}
