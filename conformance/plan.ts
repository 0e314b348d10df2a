/** What is run next of a suite: every family in its order, then what clauses still lack, and all of it again while time is left. */
import { Filling } from './filling.ts'
import { floors } from './health.ts'
import type { Observation } from './observe.ts'
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
  /** Whether another round begins, now that one is over. */
  again(): boolean
}

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

  constructor(options: PlanOptions) {
    this.#options = options
    this.#begin()
  }

  #begin(): void {
    const { families, enough } = this.#options
    this.#next = 0
    this.#part = 0
    this.#filling = enough === undefined ? undefined : new Filling(families, (family) => family.runs - this.#first(family))
  }

  #first({ runs }: Family): number {
    return this.#options.enough === undefined ? runs : Math.ceil(runs * firstShare)
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
    return { family: { ...family, examples, runs: this.#first(family) }, seed: seedOf(seed, family.name, round), round }
  }

  #filler(): Job | undefined {
    const { tally, enough, seed } = this.#options
    if (this.#filling === undefined || enough === undefined) return undefined
    const filled = new Set([...this.#underWay].map(({ clause }) => clause))
    const lacking = tally.lacking(enough, floors.heavy).filter(({ name }) => !filled.has(name))
    const part = ++this.#part
    const filler = this.#filling.next(lacking, ({ name }) => seedOf(seed, `${name} ${part}`, this.#round))
    return filler === undefined ? undefined : { ...filler, round: this.#round }
  }

  /** Learns from a program of a job. */
  learn(observation: Pick<Observation, 'program' | 'decisions'>, { family, clause }: Job): void {
    this.#filling?.learn(observation, family.name, clause)
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
