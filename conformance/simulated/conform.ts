/** Runs the simulated tier against one system. */
import type { SystemResult } from '../../spec/result.ts'
import type { System } from '../../spec/system.ts'
import { type ConformOptions, conformHost } from '../conform.ts'
import { scaleFamilies, selectFamilies } from '../select.ts'
import { simulatedFamilies } from './families.ts'
import { hostSimulated } from './host.ts'
import { countRaces, type Race, raceNames } from './races.ts'

/** What came of it. */
export interface SimulatedRun {
  result: SystemResult
  /** In how many programs each race was hit. */
  races: Record<Race, number>
}

/** Programs of the simulated tier in a default run. */
export const simulatedPrograms = 500

/**
 * Runs so many generated programs beside the examples.
 * @throws HostError where the system offers no simulation
 */
export async function conformSimulated(
  system: System,
  { runs = simulatedPrograms, ...options }: ConformOptions & { runs?: number },
): Promise<SimulatedRun> {
  const races = Object.fromEntries(raceNames.map((race) => [race, 0])) as Record<Race, number>
  const selected =
    options.requirements === undefined ? simulatedFamilies : selectFamilies(simulatedFamilies, options.requirements)
  // An example does the same in every share: one of them runs it.
  const families = (options.shard?.index ?? 1) === 1 ? selected : selected.map((family) => ({ ...family, examples: {} }))
  const result = await conformHost(hostSimulated(system), {
    ...options,
    families: options.families ?? scaleFamilies(families, runs),
    onProgram(observation, family) {
      const hits = countRaces(observation.execution.events)
      for (const race of raceNames) if (hits[race] > 0) races[race]++
      options.onProgram?.(observation, family)
    },
  })
  return { result, races }
}
