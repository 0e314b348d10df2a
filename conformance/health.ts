/** The generator's health: how much of what it makes is put to a decision. */
import { floors } from '../spec/floors.ts'
import type { SystemResult } from '../spec/result.ts'

/** Figures of one run against one system. */
export interface Health {
  programs: number
  stepsPerProgram: number
  decidedPerProgram: number
  /** Of all judgments, the share the contract left open. */
  undecidedShare: number
  /** Clauses decided in the fewest programs, the fewest first. */
  weakest: { id: string; clause: string; programs: number; exercised: number; undecided: number; heavy: boolean }[]
}

/** Adds up a result's clause counts. */
export function healthOf(system: SystemResult): Health {
  const clauses = system.requirements.flatMap(({ id, clauses }) =>
    Object.entries(clauses).map(([clause, count]) => ({ id, clause, ...count })),
  )
  const decided = clauses.reduce((sum, each) => sum + each.exercised, 0)
  const undecided = clauses.reduce((sum, each) => sum + each.undecided, 0)
  const programs = Math.max(1, system.programs)
  return {
    programs: system.programs,
    stepsPerProgram: system.steps / programs,
    decidedPerProgram: decided / programs,
    undecidedShare: decided + undecided === 0 ? 0 : undecided / (decided + undecided),
    weakest: clauses
      .map(({ id, clause, programs, exercised, undecided, heavy }) => ({
        id,
        clause,
        programs,
        exercised,
        undecided,
        heavy: heavy === true,
      }))
      .toSorted((a, b) => a.programs - b.programs),
  }
}

export { floors }

/** Clauses below their floor, or one of the caller's. */
export function belowFloor(health: Health, floor = floors): Health['weakest'] {
  return health.weakest.filter((each) => each.programs < (each.heavy ? floor.heavy : floor.clause))
}
