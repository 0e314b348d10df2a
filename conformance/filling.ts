/** Decides which programs are run for the clauses that too few have decided: running costs more than generating. */
import fc from 'fast-check'
import type { Placed } from './experience.ts'
import { Likeness } from './likeness.ts'
import type { Program } from './program.ts'
import type { Family } from './programs/family.ts'

/** So many programs are generated for each that is run. */
const generatedPerRun = 8

/** How much oftener chosen programs decide a clause, where that is not known yet. */
const gainExpected = 3

/** After so many chosen programs it shows whether choosing helps. */
const enoughToTell = 16

/** What is to be run next: programs of one family. */
export interface Filler {
  family: Family
  clause: string
  chosen: Placed[]
}

/** A clause, and how many programs it lacks. */
export interface Lacking {
  name: string
  programs: number
}

/** What the families' programs decided so far, and what is left of them. */
export class Filling {
  readonly #families: readonly Family[]
  readonly #likeness = new Map<string, Likeness>()
  readonly #run = new Set<string>()
  readonly #able: (program: Program) => boolean
  readonly #left: Map<Family, number>
  /** Of programs that were chosen for a clause: how many, and how many decided it. */
  readonly #chosen = new Map<string, { programs: number; decided: number }>()

  /**
   * @param left how many programs of a family may still be run
   * @param able whether the system can run a program at all
   */
  constructor(families: readonly Family[], left: (family: Family) => number, able: (program: Program) => boolean) {
    this.#families = families
    this.#able = able
    this.#left = new Map(families.map((family) => [family, left(family)]))
  }

  /** Learns from a program that was run, and from one that was chosen for a clause. */
  learn(program: Program, decided: readonly string[], family: string, chosenFor?: string): void {
    const likeness = this.#likeness.get(family) ?? new Likeness()
    this.#likeness.set(family, likeness)
    likeness.add(program, decided)
    this.#run.add(JSON.stringify(program))
    if (chosenFor === undefined) return
    const key = `${family}: ${chosenFor}`
    const chosen = this.#chosen.get(key) ?? { programs: 0, decided: 0 }
    this.#chosen.set(key, chosen)
    chosen.programs++
    if (decided.includes(chosenFor)) chosen.decided++
  }

  /** What to run for the clause that will take longest; undefined where nothing is lacking that anything left could decide. */
  next(lacking: readonly Lacking[], seed: (family: Family) => number): Filler | undefined {
    const [next] = lacking
      .flatMap(({ name, programs }) => {
        const family = this.#best(name)
        return family === undefined
          ? []
          : [{ name, family, programs, runs: Math.ceil(programs / this.#rateOfChosen(family, name)) }]
      })
      .toSorted((a, b) => b.runs - a.runs)
    if (next === undefined) return undefined
    const { name, family } = next
    const left = this.#left.get(family) ?? 0
    const runs = Math.min(next.programs, left)
    this.#left.set(family, left - runs)
    const generated = fc.sample(family.arbitrary, { seed: seed(family), numRuns: runs * generatedPerRun })
    const fresh = this.#fresh(generated).map((each) => ({ ...each, seed: seed(family) }))
    const likeness = this.#misleads(family, name) ? undefined : this.#likeness.get(family.name)
    const chosen = likeness?.likest(fresh, name, runs) ?? fresh.slice(0, runs)
    return { family, clause: name, chosen }
  }

  /** What has not been run yet, each once: the same program again would decide nothing that counts. */
  #fresh(programs: readonly Program[]): Omit<Placed, 'seed'>[] {
    const texts = programs.map((program) => JSON.stringify(program))
    const first = new Map([...texts.entries()].toReversed().map(([index, text]) => [text, index]))
    return programs
      .map((program, index) => ({ program, index }))
      .filter(({ program, index }) => {
        const text = texts[index] ?? ''
        return first.get(text) === index && !this.#run.has(text) && this.#able(program)
      })
  }

  /** The family that decides a clause most often. Others by the way only: they would be run for hours where the one made for it is at its end. */
  #best(name: string): Family | undefined {
    const rate = (family: Family): number => this.#likeness.get(family.name)?.rate(name) ?? 0
    const least = Math.max(...this.#families.map(rate)) / 4
    // What nothing has decided yet is looked for where it is made: its example may have come to no decision.
    if (least === 0) return this.#families.find((family) => name in family.examples && (this.#left.get(family) ?? 0) > 0)
    return this.#families
      .filter((family) => (this.#left.get(family) ?? 0) > 0 && rate(family) > 0 && rate(family) >= least)
      .toSorted((a, b) => rate(b) - rate(a))[0]
  }

  /** Whether programs chosen for the clause have decided it less often than any did. */
  #misleads(family: Family, name: string): boolean {
    const { programs, decided } = this.#chosen.get(`${family.name}: ${name}`) ?? { programs: 0, decided: 0 }
    return programs >= enoughToTell && decided / programs < (this.#likeness.get(family.name)?.rate(name) ?? 0)
  }

  #rateOfChosen(family: Family, name: string): number {
    const natural = this.#likeness.get(family.name)?.rate(name) ?? 0
    const { programs, decided } = this.#chosen.get(`${family.name}: ${name}`) ?? { programs: 0, decided: 0 }
    // The expectation counts as if four programs had borne it out.
    return Math.max(0.01, decided + 4 * Math.min(1, gainExpected * natural)) / (programs + 4)
  }
}
