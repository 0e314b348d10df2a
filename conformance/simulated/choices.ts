/** Schedules for programs of any family: see `schedule.ts` for what the numbers mean. */
import fc from 'fast-check'
import type { Program } from '../program.ts'
import type { Family } from '../programs/family.ts'
import { putOff } from './schedule.ts'

const list = (choice: fc.Arbitrary<number>): fc.Arbitrary<number[]> => fc.array(choice, { maxLength: 80, size: 'max' })

/**
 * Few changes from one invocation to another find most of what there is to find; many find the rest, and what is put off
 * finds what needs one request to be late by many others.
 */
export const schedule: fc.Arbitrary<number[]> = fc.oneof(
  { weight: 3, arbitrary: list(fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 2, 3)) },
  { weight: 3, arbitrary: list(fc.constantFrom(0, 0, 1, 1, 2)) },
  { weight: 2, arbitrary: list(fc.nat({ max: 7 })) },
  { weight: 3, arbitrary: list(fc.constantFrom(0, 0, 0, 0, 0, 0, 0, putOff)) },
)

/** The family's programs, each with a schedule: fewer, and no examples, since the live tier has run those. */
export function scheduled(family: Family): Family {
  // Both ways, so that a program that is given back as an example shrinks, its schedule too.
  const arbitrary = fc.tuple(family.arbitrary, schedule).map(
    ([program, choices]): Program => ({ ...program, schedule: choices }),
    (value) => {
      const { schedule: choices = [], ...program } = value as Program
      return [program, choices]
    },
  )
  return { ...family, name: `${family.name}, scheduled`, arbitrary, runs: Math.ceil(family.runs / 4), examples: {} }
}
