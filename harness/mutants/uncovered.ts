/** Clauses of MUST requirements that no mutant breaks, each with the reason: nothing is left out silently. */

import type { Uncovered } from '../../reports/scoreboard/recorded.ts'

export const uncovered: readonly Uncovered[] = [
  {
    id: 'LIFE-18',
    clauses: ['resolves'],
    reason:
      'only a stop that never ends breaks it, and every program of such a mutant would do nothing but wait; one that outlasts its deadline while a handler is stuck is in the zoo, and literal histories show this clause',
  },
]

/**
 * What is wrong with the reasons, a line each: for a clause that is broken after all (stale), for one without a reason, or
 * of what is no clause.
 */
export function wrongReasons(
  reasons: readonly Uncovered[],
  unbroken: Readonly<Record<string, readonly string[]>>,
  clausesOf: (id: string) => readonly string[],
): string[] {
  const given = reasons.flatMap(({ id, clauses }) => clauses.map((clause) => ({ id, clause })))
  const about = ({ id, clause }: (typeof given)[number]): string[] => {
    if (!clausesOf(id).includes(clause)) return [`${id} has no clause ${JSON.stringify(clause)}: remove its reason`]
    const stale = unbroken[id]?.includes(clause) !== true
    return stale ? [`${id} ${JSON.stringify(clause)} is broken by a recorded mutant: remove its reason`] : []
  }
  const explained = ({ id, clause }: (typeof given)[number]): boolean =>
    given.some((each) => each.id === id && each.clause === clause)
  const left = Object.entries(unbroken).flatMap(([id, clauses]) => clauses.map((clause) => ({ id, clause })))
  return [
    ...given.flatMap(about),
    ...left
      .filter((each) => !explained(each))
      .map(({ id, clause }) => `no recorded mutant breaks ${id} ${JSON.stringify(clause)}: write one, or the reason`),
  ]
}
