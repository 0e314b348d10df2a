/** The kill matrix as data: what each mutant was found by, and what of the contract no mutant has broken. */
import { contractVersion } from '../../conformance/conform.ts'
import { packageVersion } from '../../conformance/package-version.ts'
import type { KillMatrix, RecordedKill, Stamp } from '../../spec/records.ts'
import { requirements } from '../../spec/requirements/index.ts'
import type { Kill } from './kill.ts'

/** What a record that is made now is made with. */
export const stampOf = (seed: number): Stamp => ({
  seed,
  contract: contractVersion,
  package: packageVersion,
  node: process.versions.node,
  date: new Date().toISOString(),
})

/** The matrix of these hunts. */
export function matrixOf(kills: readonly Kill[], how: Stamp & Pick<KillMatrix, 'runs'>): KillMatrix {
  const numbers = (list: readonly (number | null)[]): number[] => list.filter((each) => each !== null)
  return {
    ...how,
    mutants: kills.map(({ killed: _, ...kill }) => kill),
    unbroken: unbroken(kills),
    median: {
      programs: median(numbers(kills.map(({ programs }) => programs))),
      steps: median(numbers(kills.map(({ steps }) => steps))),
    },
  }
}

/** Clauses of MUST requirements that none of these hunts found broken, by id. */
export function unbroken(kills: readonly Pick<RecordedKill, 'clauses'>[]): Record<string, string[]> {
  const broken = new Set(kills.flatMap(({ clauses }) => clauses))
  const left = requirements
    .filter(({ level }) => level === 'must')
    .map(({ id, clauses }) => [id, Object.keys(clauses).filter((clause) => !broken.has(`${id} ${clause}`))] as const)
  return Object.fromEntries(left.filter(([, clauses]) => clauses.length > 0))
}

/** The middle one, of two middle ones the larger; null of none. */
export function median(numbers: readonly number[]): number | null {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? null
}
