/** What kill matrices say, in a paragraph. */
import type { KillMatrix, RecordedKill } from '../../spec/records.ts'
import { literal, plain } from '../markdown/literal.ts'
import { noMatrix } from './not-recorded.ts'
import type { Recorded } from './recorded.ts'

/** Killed: what was expected is violated, and nothing that is not. */
export const isKilled = ({ expected, also, caughtBy }: RecordedKill): boolean =>
  caughtBy.includes(expected) && caughtBy.every((id) => id === expected || also.includes(id))

/** The paragraph, and what survived. */
export function killLines({ matrices, mutants }: Pick<Recorded, 'matrices' | 'mutants'>): string[] {
  if (matrices.length === 0) return [noMatrix, '']
  const survivors = matrices.flatMap(({ seed, mutants: kills }) =>
    kills
      .filter((kill) => !isKilled(kill))
      .map(({ name, expected, caughtBy, couldNotJudge }) => {
        const trouble = couldNotJudge === undefined ? '' : `; ${literal(couldNotJudge)}`
        return `- seed ${seed}: ${literal(name)}, expected ${expected}, caught by ${caughtBy.join(', ') || 'nothing'}${trouble}`
      }),
  )
  return [
    `There are ${mutants.length} mutants: deliberately broken adapters, each with the id it must be found to violate; nothing else but a few ids named beforehand may be. ${matrices.map((matrix) => oneSeed(matrix, mutants)).join(' ')}`,
    '',
    ...(survivors.length === 0 ? [] : ['**Survived**', '', ...survivors, '']),
  ]
}

function oneSeed(matrix: KillMatrix, mutants: Recorded['mutants']): string {
  const { seed, runs, median, contract, package: version, node, date, mutants: kills } = matrix
  const hunted = runs === undefined ? 'all that a run of the suite runs' : `${runs} programs directed at each`
  const with_ = `contract ${plain(contract)}, package ${plain(version)}, Node ${plain(node)}, ${plain(date)}`
  const middle = `found after ${median.programs ?? '-'} programs in the median, shrunk to ${median.steps ?? '-'} steps`
  const lacking = mutants.filter(({ name }) => !kills.some((kill) => kill.name === name)).length
  const rest = lacking === 0 ? '' : ` Mutants that are not in this record: ${lacking}.`
  return `Seed ${seed} (${hunted}; ${with_}): ${kills.filter(isKilled).length} of ${kills.length} killed, ${middle}.${rest}`
}
