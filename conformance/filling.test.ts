import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Filling } from './filling.ts'
import type { Program, Step } from './program.ts'
import type { Family } from './programs/family.ts'

const program = (...prefix: Step[]): Program => ({ clients: [{ channel: 'main' }], prefix, phases: [] })
const step = fc.constantFrom<Step>({ do: 'text', client: 0, text: 'x' }, { do: 'close', client: 0 }, { do: 'idle' })
const family = (name: string, examples: Family['examples'] = {}): Family => ({
  name,
  area: 'lifecycle',
  runs: 100,
  arbitrary: fc.array(step, { minLength: 1, maxLength: 6 }).map((steps) => program(...steps)),
  examples,
})
const closes = ({ prefix }: Program): boolean => prefix.some((each) => each.do === 'close')
const seed = () => 7

/** Has run so many programs of a family, of which those that close decided `clause`. */
function learned(filling: Filling, of: Family, runs: number, clause = 'C'): void {
  for (const each of fc.sample(of.arbitrary, { seed: 1, numRuns: runs }))
    filling.learn(each, closes(each) ? [clause] : [], of.name)
}

test('programs are chosen that are like the deciding ones, none of them run before, and none that the system cannot run', () => {
  const one = family('one')
  const able = ({ prefix }: Program): boolean => prefix.length > 2
  const filling = new Filling([one], () => 100, able)
  learned(filling, one, 60)
  const before = new Set(fc.sample(one.arbitrary, { seed: 1, numRuns: 60 }).map((each) => JSON.stringify(each)))
  const { chosen = [] } = filling.next([{ name: 'C', programs: 10 }], seed) ?? {}
  expect(chosen.length).toBeGreaterThan(5)
  expect(chosen.every((each) => closes(each.program) && able(each.program))).toBe(true)
  expect(chosen.some((each) => before.has(JSON.stringify(each.program)))).toBe(false)
})

test('where choosing misleads, the generator has its own way again', () => {
  const one = family('one')
  const filling = new Filling(
    [one],
    () => 1000,
    () => true,
  )
  learned(filling, one, 60)
  const own = filling.next([{ name: 'C', programs: 10 }], seed)?.chosen ?? []
  // What was chosen has decided nothing, over and over.
  for (let times = 0; times < 20; times++) filling.learn(program({ do: 'close', client: 0 }), [], 'one', 'C')
  const plain = filling.next([{ name: 'C', programs: 10 }], seed)?.chosen ?? []
  expect(own.every((each) => closes(each.program))).toBe(true)
  expect(plain.some((each) => !closes(each.program))).toBe(true)
})

test('the clause that takes longest comes first, in the family that decides it most often, until that has no programs left', () => {
  const [often, seldom] = [family('often'), family('seldom')]
  const filling = new Filling(
    [often, seldom],
    () => 12,
    () => true,
  )
  learned(filling, often, 40)
  for (const each of fc.sample(seldom.arbitrary, { seed: 2, numRuns: 40 }))
    filling.learn(each, each.prefix.length > 5 ? ['D'] : [], 'seldom')
  const lacking = [
    { name: 'C', programs: 5 },
    { name: 'D', programs: 5 },
  ]
  expect(filling.next(lacking, seed)).toMatchObject({ clause: 'D', family: { name: 'seldom' } })
  expect(filling.next([lacking[0] as never], seed)).toMatchObject({ clause: 'C', family: { name: 'often' } })
  filling.next([{ name: 'C', programs: 50 }], seed)
  expect(filling.next([{ name: 'C', programs: 50 }], seed)).toBeUndefined()
})

test('what nothing has decided yet is looked for where its example is', () => {
  const filling = new Filling(
    [family('one'), family('two', { C: program() })],
    () => 10,
    () => true,
  )
  expect(filling.next([{ name: 'C', programs: 3 }], seed)?.family.name).toBe('two')
  expect(filling.next([{ name: 'X', programs: 3 }], seed)).toBeUndefined()
})
