import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Area } from '../spec/requirement.ts'
import { Experience } from './experience.ts'
import { type Job, Plan, type PlanOptions, seedOf } from './plan.ts'
import type { Program } from './program.ts'
import type { Family } from './programs/family.ts'
import { Tally } from './tally.ts'

const area: Area = 'sending'
const program = (text: string): Program => ({
  clients: [{ channel: 'main' }],
  prefix: [{ do: 'text', client: 0, text }],
  phases: [],
})
const textOf = ({ prefix: [step] }: Program): string => (step?.do === 'text' ? step.text : '')

/** A family whose programs say a number up to `most`. */
const family = (name: string, runs: number, most = 999): Family => ({
  name,
  area,
  arbitrary: fc.integer({ min: 0, max: most }).map((number) => program(String(number))),
  runs,
  examples: { 'X-01 a': program(`example of ${name}`) },
})

/** A plan whose programs are not run: what each decides is told. */
class Planned {
  readonly tally = new Tally()
  readonly plan: Plan
  readonly ran: string[] = []
  readonly #decides: (text: string) => string[]
  readonly #seed: number

  constructor(families: Family[], decides: (text: string) => string[], options: Partial<PlanOptions> = {}) {
    this.#decides = decides
    this.#seed = options.seed ?? 1
    const { tally } = this
    const binding = new Set(['X-01 a', 'X-01 b'])
    this.plan = new Plan({ families, seed: this.#seed, tally, enough: 20, binding, again: () => false, ...options })
  }

  /** Does a job: what was chosen, the examples, and as many generated programs as it asks for. */
  do(job: Job): void {
    const { arbitrary, runs, examples } = job.family
    const generated = runs === 0 ? [] : fc.sample(arbitrary, { seed: job.seed, numRuns: runs })
    for (const each of Object.values(examples)) this.#run(each, job)
    for (const each of job.chosen ?? []) this.#run(each.program, job, each.index)
    for (const [index, each] of generated.entries()) this.#run(each, job, index)
  }

  #run(each: Program, job: Job, index?: number): void {
    const clauses = this.#decides(textOf(each))
    const counts = ['a', 'b'].map((clause) => [clause, { decided: clauses.includes(clause) ? 1 : 0, undecided: 0 }] as const)
    const decisions = new Map([['X-01', new Map(counts)]])
    this.ran.push(textOf(each))
    this.tally.add({ decisions, violations: [] }, JSON.stringify(each), 1)
    this.plan.learn({ program: each, decisions }, job, index === undefined ? undefined : { program: each, seed: job.seed, index })
  }

  /** Does all there is. */
  all(): this {
    for (let job = this.plan.next(); job !== undefined; job = this.plan.next()) {
      if (job === 'later') throw new Error('nothing is under way')
      this.do(job)
      this.plan.end(job)
    }
    return this
  }
}

const often = (): string[] => ['a', 'b']
const multipleOf = (by: number) => (text: string) => (Number(text) % by === 0 ? ['a', 'b'] : ['a'])

test('without a number that is enough every family is run to its end', () => {
  const { ran } = new Planned([family('one', 30), family('two', 50)], often, { enough: undefined }).all()
  expect(ran).toHaveLength(30 + 50 + 2)
})

test('with one, programs are run until each clause has been decided in so many, and hardly more', () => {
  const { ran, tally } = new Planned([family('one', 800)], often).all()
  expect(tally.lacking(20)).toEqual([])
  expect(ran.length).toBeLessThan(60)
  expect(new Set(ran).size).toBeGreaterThanOrEqual(20)
})

test('a rare clause is looked for where it was found, and no program is run twice for it', () => {
  const { ran, tally } = new Planned([family('one', 400), family('never', 400)], (text) =>
    text.startsWith('example') ? [] : multipleOf(7)(text),
  ).all()
  expect(tally.lacking(20)).toEqual([])
  expect(ran.length).toBeLessThan(500)
})

test('what is costly is run at first and for no clause, however surely it decides it, on no system', () => {
  const costly = { ...family('one', 40), costly: true } as const
  const cheap = { ...family('two', 800), examples: {} }
  const decides = (text: string): string[] => (Number(text) % 10 === 0 || text.startsWith('example') ? ['a', 'b'] : [])
  const experience = new Experience()
  for (const seed of [1, 2]) {
    const { ran, tally } = new Planned([costly, cheap], decides, { experience, seed }).all()
    expect(tally.lacking(20)).toEqual([])
    expect(ran.slice(0, 4)).toContain('example of one')
    const ofCostly = fc.sample(costly.arbitrary, { seed: seedOf(seed, 'one', 0), numRuns: 3 }).map(textOf)
    expect(ran.slice(1, 4)).toEqual(ofCostly)
  }
  expect(experience.cover(() => 20).has('one')).toBe(false)
})

test('what cannot be decided so often ends all the same', () => {
  const { ran, tally } = new Planned([family('one', 50, 5)], multipleOf(5)).all()
  expect(tally.lacking(20)).not.toEqual([])
  expect(ran.length).toBeLessThanOrEqual(301)
})

test('who asks while the last job is under way waits; another round begins only when all is done', () => {
  let rounds = 2
  const planned = new Planned([family('one', 10)], often, { enough: undefined, again: () => rounds-- > 0 })
  const job = planned.plan.next()
  expect(planned.plan.next()).toBe('later')
  planned.plan.end(job as Job)
  const [second, third] = [planned.plan.next() as Job, planned.plan.next()]
  expect(second.round).toBe(1)
  expect(second.seed).not.toBe((job as Job).seed)
  expect(second.family.examples).toEqual({})
  expect(third).toBe('later')
})

test('what is known of another system is begun with, and the examples still belong to every run', () => {
  const experience = new Experience()
  const first = new Planned([family('one', 800)], multipleOf(3), { experience }).all()
  const second = new Planned([family('one', 800)], multipleOf(3), { experience, seed: 2 }).all()
  expect(second.tally.lacking(20)).toEqual([])
  expect(second.ran).toContain('example of one')
  expect(second.ran.length).toBeLessThan(first.ran.length)
  expect(second.ran.length).toBeLessThan(30)
})
