/**
 * Defects by somebody who had read the contract and one adapter, and nothing of the kit: what they say about it is worth
 * more than what mutants say, which were made by those who made the judgments. A set counts once; what survived it was
 * answered by a better generator or judgment, and the next set is a fresh one.
 */
import { requirementById } from '../../../spec/requirements/index.ts'
import type { Mutant } from '../mutant.ts'
import { eighthEarly } from './eighth-early.ts'
import { eighthLate } from './eighth-late.ts'
import { fifthEarly } from './fifth-early.ts'
import { fifthLate } from './fifth-late.ts'
import { firstEarly } from './first-early.ts'
import { firstLate } from './first-late.ts'
import { fourthEarly } from './fourth-early.ts'
import { fourthLate } from './fourth-late.ts'
import { ninthEarly } from './ninth-early.ts'
import { ninthLate } from './ninth-late.ts'
import { secondEarly } from './second-early.ts'
import { secondLate } from './second-late.ts'
import { seventhEarly } from './seventh-early.ts'
import { seventhLate } from './seventh-late.ts'
import { sixthEarly } from './sixth-early.ts'
import { sixthLate } from './sixth-late.ts'
import { tenthEarly } from './tenth-early.ts'
import { tenthLate } from './tenth-late.ts'
import { thirdEarly } from './third-early.ts'
import { thirdLate } from './third-late.ts'

/** A defect as its author described it. */
export interface HeldOut extends Omit<Mutant, 'area' | 'also' | 'tier'> {
  /** Ids that its author thinks as fair a verdict as `expected`. */
  alternatives: readonly string[]
  /** What interaction shows it, and what is seen. */
  shows: string
  /** What was done about it, where it survived when its set was first hunted. */
  answer?: string
}

/** The sets, in the order in which they were written. */
export const heldOutSets: Readonly<Record<string, readonly HeldOut[]>> = {
  first: [...firstEarly, ...firstLate],
  second: [...secondEarly, ...secondLate],
  third: [...thirdEarly, ...thirdLate],
  fourth: [...fourthEarly, ...fourthLate],
  fifth: [...fifthEarly, ...fifthLate],
  sixth: [...sixthEarly, ...sixthLate],
  seventh: [...seventhEarly, ...seventhLate],
  eighth: [...eighthEarly, ...eighthLate],
  ninth: [...ninthEarly, ...ninthLate],
  tenth: [...tenthEarly, ...tenthLate],
}

/** A held-out defect as the hunt takes it, called `SET/NAME`: authors who know nothing of one another choose the same names. @throws Error where it names no requirement */
export function asMutant(set: string, { alternatives, shows: _, answer: __, ...defect }: HeldOut): Mutant {
  const requirement = requirementById(defect.expected)
  if (requirement === undefined) throw new Error(`${defect.name} expects ${defect.expected}, which is no requirement`)
  return {
    ...defect,
    name: `${set}/${defect.name}`,
    area: requirement.area,
    also: Object.fromEntries(alternatives.map((id) => [id, 'as fair a verdict, its author says'])),
  }
}

/** Every held-out defect as a mutant. */
export const heldOutMutants = (): Mutant[] =>
  Object.entries(heldOutSets).flatMap(([set, defects]) => defects.map((defect) => asMutant(set, defect)))
