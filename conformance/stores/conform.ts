/** The programmatic door of the store suites. */
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import type { Observation, Requirement } from '../../spec/requirement.ts'
import { contractVersion } from '../../spec/requirements/index.ts'
import { stores as storeRequirements } from '../../spec/requirements/stores/index.ts'
import type { ConformanceResult, RequirementResult, SystemResult } from '../../spec/result.ts'
import type { StoreSystem } from '../../spec/stores.ts'
import { type Card, writeCard } from '../card.ts'
import { conformHost } from '../conform.ts'
import { type Deadlines, deadlines as ordinaryDeadlines } from '../deadlines.ts'
import { packageVersion } from '../package-version.ts'
import { storesFamilies } from '../programs/stores/index.ts'
import { scaleFamilies, selectRequirements } from '../select.ts'
import { hostStores } from './host.ts'
import type { Enumerated } from './interleavings.ts'
import { unobserved } from './unobserved.ts'

/** Settings of `conformStores`; all optional. */
export interface StoresOptions {
  /** Requirement ids, by comma: only these, or all but these. */
  only?: string
  skip?: string
  /** The seed of the generated programs; chosen at random where absent, and always in the result. */
  seed?: number
  /** Generated programs in all, in place of the default number. */
  runs?: number
  /** Of each combination in `triples.ts`, how many orders of requests are tried at the most. Default 1,000. */
  interleavings?: number
  bail?: boolean
  /** What is waited for at the most, in milliseconds, in place of the kit's own limits: `start` for `open` and for `close`. */
  deadlines?: Deadlines
  /** Where cards go; `false` writes none. Default `.channel-conformance`. */
  out?: string | false
  /** The module the StoreSystem is the default export of, for the replay command on its cards. */
  reference?: string
  onCard?(card: Card, path: string | undefined): void
}

/** A result, with how many orders of each combination were tried. */
export interface StoresResult extends ConformanceResult {
  interleavings: Record<string, Enumerated>
}

/**
 * Runs STORE-01 to STORE-10 against stores in this process.
 * @throws SelectionError for ids that do not exist
 */
export async function conformStores(system: StoreSystem, options: StoresOptions = {}): Promise<StoresResult> {
  const { out = '.channel-conformance', seed = randomInt(2 ** 31), deadlines = ordinaryDeadlines } = options
  const interleavings: Record<string, Enumerated> = {}
  const requirements = selectRequirements(storeRequirements, options.only, options.skip)
  let observes: ReadonlySet<Observation> | undefined
  const result = await conformHost(hostStores(system, deadlines.start), {
    seed,
    deadlines,
    requirements,
    families: options.runs === undefined ? storesFamilies : scaleFamilies(storesFamilies, options.runs),
    bail: options.bail,
    reference: options.reference,
    interleavings: options.interleavings ?? 1_000,
    onProgram: (observation) => {
      observes = observation.observes
    },
    onEnumerated: (name, enumerated) => {
      interleavings[name] = enumerated
    },
    onCard: async (card) => {
      const path = out === false ? undefined : await writeCard(card, join(out, 'cards'))
      options.onCard?.(card, path)
      return path
    },
  })
  return {
    schemaVersion: 1,
    contractVersion,
    packageVersion,
    nodeVersion: process.versions.node,
    date: new Date().toISOString(),
    seed,
    timeoutsHit: result.timeouts,
    systems: [
      { ...result, requirements: observes === undefined ? result.requirements : withUnobserved(result, requirements, observes) },
    ],
    interleavings,
  }
}

function withUnobserved(
  { requirements }: SystemResult,
  judged: readonly Requirement[],
  observes: ReadonlySet<Observation>,
): RequirementResult[] {
  return requirements.map((each) => {
    const requirement = judged.find(({ id }) => id === each.id)
    const unseen = requirement === undefined ? {} : unobserved(requirement, observes)
    return Object.keys(unseen).length === 0 ? each : { ...each, unseen }
  })
}
