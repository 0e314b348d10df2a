import { expect, test } from 'vitest'
import { Experience } from './experience.ts'
import { sequence } from './programs/pubsub.ts'

const program = (index: number) => sequence([{ channel: 'main' }], { do: 'text', client: 0, text: String(index) })

/** Knows of programs, the first of index 0, which clauses each decided. */
function experience(...decided: string[][]): Experience {
  const experience = new Experience()
  for (const [index, clauses] of decided.entries()) {
    experience.add(index % 2 === 0 ? 'even' : 'odd', program(index), clauses, { program: program(index), seed: 7, index })
  }
  return experience
}

const chosen = (from: Experience, enough: (clause: string) => number) =>
  [...from.cover(enough)].flatMap(([family, placed]) => placed.map(({ index }) => `${family} ${index}`)).toSorted()

test('those that decide most come first, and what decides nothing that is lacking is left out', () => {
  const known = experience(['a'], ['a', 'b'], ['b'], ['c'], [])
  expect(chosen(known, () => 1)).toEqual(['odd 1', 'odd 3'])
  expect(chosen(known, () => 2)).toEqual(['even 0', 'even 2', 'odd 1', 'odd 3'])
})

test('clauses that are not wanted choose nothing', () => {
  expect(chosen(experience(['a'], ['b']), (clause) => (clause === 'a' ? 1 : 0))).toEqual(['even 0'])
  expect(chosen(experience(['a'], ['b']), () => 0)).toEqual([])
})

test('what examples decide is not lacking: they are run anyhow', () => {
  const known = experience(['a'], ['b'])
  known.add('even', program(9), ['a'])
  expect(chosen(known, () => 1)).toEqual(['odd 1'])
})

test('a program that another system decided differently counts as the later one found', () => {
  const known = experience(['a'])
  known.add('even', program(0), ['b'], { program: program(0), seed: 7, index: 0 })
  expect(chosen(known, (clause) => (clause === 'a' ? 1 : 0))).toEqual([])
})
