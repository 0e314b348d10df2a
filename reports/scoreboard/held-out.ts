/** The kill rate of held-out defects, and each survivor with its answer. */
import type { HeldOutKill } from '../../spec/records.ts'
import { literal, plain } from '../markdown/literal.ts'
import { noHeldOut } from './not-recorded.ts'
import type { HeldOutSet } from './recorded.ts'

/** The section's lines. */
export function heldOutLines(sets: readonly HeldOutSet[]): string[] {
  return [
    'Defects by authors who had read the contract and one adapter, and nothing of the kit. A set counts once: what survives it is answered by a better generator or judgment, and the next set is a fresh one.',
    '',
    ...sets.flatMap(oneSet),
  ]
}

function oneSet({ set, record, answers }: HeldOutSet): string[] {
  const title = [`### Set ${literal(set)}`, '']
  if (record === undefined) return [...title, noHeldOut(set), '']
  const { defects, contract, package: version, seed, node, date } = record
  const found = defects.filter(({ killed }) => killed).length
  const rate = defects.length === 0 ? 0 : Math.floor((100 * found) / defects.length)
  const answered = defects.filter(({ name, killed }) => !killed || Object.hasOwn(answers, name))
  return [
    ...title,
    `**${found} of ${defects.length} found (${rate} %)**; contract ${plain(contract)}, package ${plain(version)}, seed ${seed}, Node ${plain(node)}, ${plain(date)}.`,
    '',
    ...answered.flatMap((defect) => told(defect, Object.hasOwn(answers, defect.name) ? answers[defect.name] : undefined)),
    ...(answered.length === 0 ? [] : ['']),
  ]
}

function told(defect: HeldOutKill, answer: string | undefined): string[] {
  const { name, killed, expected, alternatives, standsFor, caughtBy, couldNotJudge } = defect
  const ids = [expected, ...alternatives].join(' or ')
  const trouble = couldNotJudge === undefined ? '' : `; it could not be judged to the end: ${literal(couldNotJudge)}`
  return [
    `- ${literal(name)} ${killed ? 'was found in this record' : 'survived'} (expected ${ids}, caught by ${caughtBy.join(', ') || 'nothing'}${trouble}): ${plain(standsFor)}`,
    `  - ${answer === undefined ? 'There is no answer yet.' : `Answer: ${plain(answer)}`}`,
  ]
}
