/** What is run next of a suite: every family in its order, then what clauses still lack, and all of it again while time is left. */

import type { Experience, Placed } from './experience.ts'
import { Filling } from './filling.ts'
import { decidedIn } from './judge.ts'
import type { Observation } from './observe.ts'
import type { Program } from './program.ts'
import type { Family } from './programs/family.ts'
import type { SearchOptions } from './search.ts'
import type { Tally } from './tally.ts'

/** A part of a suite that is run in one go. */
export interface Job extends Pick<SearchOptions, 'seed' | 'chosen'> {
  family: Family
  /** 0 for the first. */
  round: number
  /** The clause its programs were chosen for. */
  clause?: string
}

/** What a plan is made from. */
export interface PlanOptions {
  families: readonly Family[]
  seed: number
  tally: Tally
  /** How many programs are enough for a clause; absent: every family is run to its end. */
  enough?: number
  /** Whether the system can run a program at all; default: every one. */
  able?(program: Program): boolean
  /** The clauses that bind the system. */
  binding: ReadonlySet<string>
  /** Of other systems; what this one's programs decide is added. */
  experience?: Experience
  /** Whether another round begins, now that one is over. */
  again(): boolean
}

/** A clause that chance keeps rare is looked for in so many times a family's own number of programs at the most. */
const mostTimes = 6

/** What is run of each family before it is known which of them decide what is lacking. */
const firstShare = 1 / 16

/** Hands out jobs, to several that work side by side too. */
export class Plan {
  readonly #options: PlanOptions
  readonly #underWay = new Set<Job>()
  #round = 0
  #part = 0
  #next = 0
  #filling: Filling | undefined
  /** What is known to decide most, by family; undefined where nothing is known. */
  #cover: Map<string, Placed[]> | undefined

  constructor(options: PlanOptions) {
    this.#options = options
    this.#begin()
  }

  #begin(): void {
    const { families, enough, experience, tally, binding, able = () => true } = this.#options
    this.#next = 0
    this.#part = 0
    const wanted = (clause: string): number => (binding.has(clause) ? tally.least(clause, enough ?? 0) : 0)
    const cover = enough === undefined || this.#round > 0 ? undefined : experience?.cover(wanted)
    this.#cover = cover?.size === 0 ? undefined : cover
    const left = (family: Family): number => family.runs * mostTimes - this.#first(family)
    const filling = families.filter(({ costly }) => costly !== true)
    this.#filling = enough === undefined ? undefined : new Filling(filling, left, able)
  }

  #first({ name, runs }: Family): number {
    if (this.#options.enough === undefined) return runs
    return this.#cover?.has(name) ? 0 : Math.ceil(runs * firstShare)
  }

  /** The next job; `later` where that depends on what is under way; undefined where there is none. */
  next(): Job | 'later' | undefined {
    const job = this.#listed() ?? this.#filler()
    if (job !== undefined) {
      this.#underWay.add(job)
      return job
    }
    if (this.#underWay.size > 0) return 'later'
    if (this.#options.families.length === 0 || !this.#options.again()) return undefined
    this.#round++
    this.#begin()
    return this.next()
  }

  #listed(): Job | undefined {
    const { families, seed } = this.#options
    const family = families[this.#next++]
    if (family === undefined) return undefined
    const round = this.#round
    const examples = round === 0 ? family.examples : {}
    const chosen = this.#cover?.get(family.name)
    return { family: { ...family, examples, runs: this.#first(family) }, seed: seedOf(seed, family.name, round), round, chosen }
  }

  #filler(): Job | undefined {
    const { tally, enough, seed } = this.#options
    if (this.#filling === undefined || enough === undefined) return undefined
    const filled = new Set([...this.#underWay].map(({ clause }) => clause))
    const lacking = tally.lacking(enough).filter(({ name }) => !filled.has(name))
    const part = ++this.#part
    const filler = this.#filling.next(lacking, ({ name }) => seedOf(seed, `${name} ${part}`, this.#round))
    if (filler === undefined) return undefined
    const family = { ...filler.family, examples: {}, exhaustive: {}, runs: 0 }
    return { ...filler, family, seed, round: this.#round }
  }

  /** Learns from a program of a job. */
  learn({ program, decisions }: Pick<Observation, 'program' | 'decisions'>, { family, clause }: Job, placed?: Placed): void {
    const decided = decidedIn(decisions)
    this.#filling?.learn(program, decided, family.name, clause)
    // What is costly is not sought out on other systems either.
    if (family.costly !== true || placed === undefined) this.#options.experience?.add(family.name, program, decided, placed)
  }

  /** A job is over. */
  end(job: Job): void {
    this.#underWay.delete(job)
  }
}

/** Every family has a seed of its own, so that adding one changes no other's programs. */
export function seedOf(seed: number, family: string, round: number): number {
  let hash = (seed ^ (round * 0x9e3779b1)) >>> 0
  for (const char of family) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0
  return hash | 0
}
