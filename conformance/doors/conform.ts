/** The programmatic door: `await conform(system, options)` gives the result that the reports are made from. */
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import type { Baseline } from '../../spec/baseline.ts'
import { contractVersion, requirements } from '../../spec/requirements/index.ts'
import type { ConformanceResult } from '../../spec/result.ts'
import type { System } from '../../spec/system.ts'
import { heldAgainst, knownSignatures } from '../baseline.ts'
import { loadBaseline } from '../baseline-file.ts'
import { type Card, writeCard } from '../card.ts'
import { conformHost } from '../conform.ts'
import { packageVersion } from '../package-version.ts'
import type { Family } from '../programs/family.ts'
import { families } from '../programs/index.ts'
import { enoughOf, type Names, parseShard, scaleFamilies, selectFamilies, selectRequirements } from '../select.ts'
import { hostInProcess } from './in-process.ts'

/** Settings of `conform`; all optional. */
export interface ConformOptions {
  /** Requirement ids or areas, by comma or as a list: only these, or all but these. */
  only?: Names
  skip?: Names
  /** The seed of the generated programs; chosen at random where absent, and always in the result. */
  seed?: number
  /** Generated programs in all, in place of the default number. */
  runs?: number
  /** Runs programs until each clause has been decided in so many; default 20, unless `runs`, `time`, `shard` or `families` say how much is run. */
  enough?: number
  /** Goes on with further seeds until so many milliseconds have passed. */
  time?: number
  /** One share of the generated programs, such as `1/4`. */
  shard?: string
  bail?: boolean
  /** Known failures, as a file's path or as it holds them: see `baseline` and `baselineErrors` of each requirement in the result. */
  baseline?: string | Baseline
  /** Where cards go; `false` writes none. Default `.channel-conformance`. */
  out?: string | false
  /** Programs in place of the kit's own, for those who extend it. */
  families?: readonly Family[]
  /** The module the system is the default export of, for the replay command on its cards. */
  reference?: string
  onCard?(card: Card, path: string | undefined): void
}

/**
 * Runs the suite against a system in this process.
 * @throws SelectionError for ids, areas or shares that do not exist
 * @throws BaselineError for a baseline that cannot be read or is none; both before anything is run
 */
export async function conform(system: System, options: ConformOptions = {}): Promise<ConformanceResult> {
  const { out = '.channel-conformance', seed = randomInt(2 ** 31), reference } = options
  const selected = selectRequirements(requirements, options.only, options.skip)
  const chosen = options.families ?? selectFamilies(families, selected)
  const baseline = options.baseline === undefined ? undefined : await loadBaseline(options.baseline)
  const result = await conformHost(hostInProcess(system), {
    seed,
    requirements: selected,
    families: options.runs === undefined ? chosen : scaleFamilies(chosen, options.runs),
    enough: options.families === undefined ? enoughOf(options) : options.enough,
    atLeast: options.time,
    shard: options.shard === undefined ? undefined : parseShard(options.shard),
    bail: options.bail,
    known: baseline === undefined ? [] : knownSignatures(baseline, system.name),
    reference,
    onCard: async (card) => {
      const path = out === false ? undefined : await writeCard(card, join(out, 'cards'))
      options.onCard?.(card, path)
      return path
    },
  })
  const whole = options.bail !== true && options.shard === undefined
  return {
    schemaVersion: 1,
    contractVersion,
    packageVersion,
    nodeVersion: process.versions.node,
    date: new Date().toISOString(),
    seed,
    timeoutsHit: result.timeouts,
    systems: [baseline === undefined ? result : heldAgainst(result, baseline, { whole })],
  }
}
