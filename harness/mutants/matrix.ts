/** The kill matrix as data: what each mutant was found by, and what of the contract no mutant has broken. */
import { requirements } from '../../spec/requirements/index.ts'
import type { Kill } from './kill.ts'

/** The file `mutants.json`. */
export interface Matrix {
  seed: number
  mutants: Omit<Kill, 'killed'>[]
  /** Clauses of MUST requirements that no mutant was found to break. */
  unbroken: Record<string, string[]>
  median: { programs: number | null; steps: number | null }
}

/** The matrix of these hunts. */
export function matrixOf(kills: readonly Kill[], seed: number): Matrix {
  const numbers = (list: readonly (number | null)[]): number[] => list.filter((each) => each !== null)
  return {
    seed,
    mutants: kills.map(({ killed: _, ...kill }) => kill),
    unbroken: unbroken(kills),
    median: {
      programs: median(numbers(kills.map(({ programs }) => programs))),
      steps: median(numbers(kills.map(({ steps }) => steps))),
    },
  }
}

function unbroken(kills: readonly Kill[]): Record<string, string[]> {
  const broken = new Map<string, Set<string>>()
  for (const { expected, clauses } of kills) broken.set(expected, new Set([...(broken.get(expected) ?? []), ...clauses]))
  const left = requirements
    .filter(({ level }) => level === 'must')
    .map(({ id, clauses }) => [id, Object.keys(clauses).filter((clause) => broken.get(id)?.has(clause) !== true)] as const)
  return Object.fromEntries(left.filter(([, clauses]) => clauses.length > 0))
}

/** The middle one, of two middle ones the larger; null of none. */
export function median(numbers: readonly number[]): number | null {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? null
}
