/** Literal records, small but complete where completeness is asked for. */
import { bundledSystems } from '../../../harness/systems.ts'
import type { HeldOutRecord, KillMatrix, RecordedKill } from '../../../spec/records.ts'
import { contractVersion, requirements } from '../../../spec/requirements/index.ts'
import type { ConformanceResult, RequirementResult, SystemResult } from '../../../spec/result.ts'
import type { Slice } from '../../false-positives/record.ts'
import { scoreboardSeed } from '../whole-run.ts'

const stamp = { contract: '1.0', package: '0.1.0', node: '20.20.2', date: '2026-11-21T06:10:41.000Z' }

/** Every requirement, passed; `of` changes those it names. */
export const judged = (of: Readonly<Record<string, Partial<RequirementResult>>> = {}): RequirementResult[] =>
  requirements.map(({ id, level }) => ({
    ...{ id, level, verdict: 'passed', exercised: 40, programs: 30 },
    clauses: { often: { exercised: 40, programs: 30, undecided: 1 } },
    violations: [],
    ...of[id],
  }))

/** A system of a whole run. */
export const system = (name: string, of: Partial<SystemResult> = {}): SystemResult => ({
  ...{ name, capabilities: ['stateful', 'ordered'], programs: 2383, steps: 11575, timeouts: 0, requirements: judged() },
  ...of,
})

/** A result of these systems. */
export const result = (systems: SystemResult[], of: Partial<ConformanceResult> = {}): ConformanceResult => ({
  ...{ schemaVersion: 1, contractVersion, packageVersion: '0.1.0', nodeVersion: '20.20.2', date: stamp.date },
  ...{ seed: scoreboardSeed, timeoutsHit: 0, systems },
  ...of,
})

/** A run over the bundled systems. */
export const references = (): ConformanceResult => result(bundledSystems.map(({ name }) => system(name)))

/** What came of one mutant. */
export const kill = (name: string, of: Partial<RecordedKill> = {}): RecordedKill => ({
  ...{ name, expected: 'PUB-02', also: [], caughtBy: ['PUB-02'], clauses: ['PUB-02 everyone else'], programs: 3, steps: 2 },
  reproduced: { times: 10, of: 10 },
  ...of,
})

/** A kill matrix. */
export const matrix = (seed: number, mutants: RecordedKill[]): KillMatrix => ({
  ...{ seed, ...stamp, runs: 150, mutants, unbroken: {}, median: { programs: 3, steps: 2 } },
})

/** The record of the first set of held-out defects. */
export const heldOut = (of: Partial<HeldOutRecord> = {}): HeldOutRecord => ({
  ...{ set: 'first', seed: 1, ...stamp },
  defects: [
    {
      ...{ name: 'found', expected: 'PUB-02', alternatives: [], standsFor: 'a mistake', caughtBy: ['PUB-02'], programs: 3 },
      killed: true,
    },
  ],
  ...of,
})

/** Some programs of a campaign. */
export const slice = (of: Partial<Slice> = {}): Slice => ({
  ...{ date: stamp.date, sources: 'a-b-c-d', contract: '1.0', node: '20.20.2', system: 'ws', seed: 1, busy: 2 },
  ...{ programs: 1000, timeouts: 0, violations: [], unexercised: [], ...of },
})
