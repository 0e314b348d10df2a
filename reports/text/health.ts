/** The generator's health in lines. */

/** What the lines are made from. */
export interface HealthText {
  programs: number
  stepsPerProgram: number
  decidedPerProgram: number
  undecidedShare: number
  weakest: readonly { id: string; clause: string; programs: number; exercised: number; undecided: number; heavy: boolean }[]
}

/** Totals, then every clause with the programs that decided it, the least exercised first. */
export function healthLines(system: string, health: HealthText): string[] {
  const { programs, stepsPerProgram, decidedPerProgram, undecidedShare } = health
  return [
    `${system}: ${programs} programs, ${stepsPerProgram.toFixed(1)} steps and ${decidedPerProgram.toFixed(1)} decided judgments a program, ${(100 * undecidedShare).toFixed(1)} % undecided`,
    ...health.weakest.map(
      (each) =>
        `  ${String(each.programs).padStart(5)} programs ${String(each.exercised).padStart(7)} decided ${String(each.undecided).padStart(6)} undecided  ${each.id} ${each.clause}${each.heavy ? ' (heavy)' : ''}`,
    ),
  ]
}
