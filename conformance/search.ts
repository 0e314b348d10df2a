/** Searches a family's programs for violations, and shrinks each violated requirement on its own. */
import fc from 'fast-check'
import type { Violation } from '../spec/requirement.ts'
import { shrinkingDeadlines } from './deadlines.ts'
import type { Observation, Observer } from './observe.ts'
import { type Program, sizeOf } from './program.ts'
import type { Family } from './programs/family.ts'
import { minimise } from './shrink.ts'

/** A violation with its minimal program. */
export interface Counterexample {
  violation: Violation
  observation: Observation
  program: Program
  shrunkFrom: number
  /** Times the violation showed in so many repetitions of the minimal program. */
  reproduced: { times: number; of: number }
  provenance: { seed: number; family: string; program: number }
}

/** How to search. */
export interface SearchOptions {
  seed: number
  runs: number
  /** Ids whose violations are no longer looked for: they have their counterexample. */
  known: Set<string>
  /** Counterexamples shrunk at the most; further violated ids are reported with the program that showed them. */
  mostShrunk: number
  /** Called for every program of the search itself, not for those of shrinking. */
  onProgram(observation: Observation): void
  /** Searching ends before the next program when this says so. */
  done(): boolean
}

/** Tries of fast-check's shrinking and of our own pass; repetitions of the minimum. */
const budgets = { shrink: 250, minimise: 200, confirm: 10 }

/** Runs the examples and the generated programs of a family; gives back a counterexample for each newly violated id. */
export async function searchFamily(observer: Observer, family: Family, options: SearchOptions): Promise<Counterexample[]> {
  const found: Counterexample[] = []
  const examples = Object.values(family.examples)
  let skip = 0
  for (;;) {
    const search = new Search(observer, options, skip)
    const property = fc.asyncProperty(family.arbitrary, (program) => search.tryProgram(program))
    await fc.check(property, { seed: options.seed, numRuns: examples.length + options.runs, examples: examples.map((example) => [example]) })
    const { failing } = search
    if (failing === undefined) return found
    const provenance = { seed: options.seed, family: family.name, program: search.index }
    found.push(await conclude(observer, failing, search, provenance, options.mostShrunk > options.known.size))
    options.known.add(failing.violation.requirement)
    // The same program again, now that this id is known: it may violate others too.
    skip = search.index
  }
}

interface Failing {
  violation: Violation
  observation: Observation
}

/** One pass of fast-check: the first program that violates a new id decides which id is shrunk. */
class Search {
  index = -1
  failing: Failing | undefined
  first: Failing | undefined
  readonly #observer: Observer
  readonly #options: SearchOptions
  readonly #skip: number
  #tries = 0

  constructor(observer: Observer, options: SearchOptions, skip: number) {
    this.#observer = observer
    this.#options = options
    this.#skip = skip
  }

  /** Throws where the program violates the id that is looked for: any new one, later the one that was found. */
  async tryProgram(program: Program): Promise<void> {
    if (this.first === undefined) return this.#search(program)
    if (this.#options.known.size >= this.#options.mostShrunk || ++this.#tries > budgets.shrink) return
    const again = await violates(this.#observer, program, this.first.violation)
    if (again === undefined) return
    this.failing = again
    throw new Error(again.violation.requirement)
  }

  async #search(program: Program): Promise<void> {
    this.index++
    if (this.index < this.#skip || this.#options.done()) return
    const observation = await this.#observer.observe(program)
    if (this.index > this.#skip || this.#skip === 0) this.#options.onProgram(observation)
    const violation = earliest(observation.violations.filter((each) => !this.#options.known.has(each.requirement)))
    if (violation === undefined) return
    this.first = { violation, observation }
    this.failing = this.first
    if (hangs(observation)) this.#observer.deadlines = shrinkingDeadlines
    throw new Error(violation.requirement)
  }
}

const hangs = (observation: Observation): boolean =>
  observation.execution.events.some((event) => event.kind === 'stall' || event.kind === 'timeout')

/** The violation whose first event comes first in the history: the one to be read first. */
export function earliest(violations: readonly Violation[]): Violation | undefined {
  return violations.toSorted((a, b) => (a.events[0]?.seq ?? 0) - (b.events[0]?.seq ?? 0))[0]
}

/** Runs a program and gives back its violation of the same requirement, if it has one. */
export async function violates(observer: Observer, program: Program, looked: Violation): Promise<Failing | undefined> {
  // What rests on an earlier program's leavings cannot be seen on a system that has run others since.
  if (looked.ledger === true) await observer.refresh()
  const observation = await observer.observe(program)
  const violation = observation.violations.find((each) => each.requirement === looked.requirement)
  return violation === undefined ? undefined : { violation, observation }
}

async function conclude(
  observer: Observer,
  failing: Failing,
  search: Search,
  provenance: Counterexample['provenance'],
  shrink: boolean,
): Promise<Counterexample> {
  const patient = { ...observer.deadlines }
  let last = failing
  const fails = async (candidate: Program): Promise<boolean> => {
    const again = await violates(observer, candidate, failing.violation)
    if (again !== undefined) last = again
    return again !== undefined
  }
  const original = search.first ?? failing
  const program = shrink ? await minimise(failing.observation.program, fails, budgets.minimise) : failing.observation.program
  let times = 0
  const repetitions = shrink ? budgets.confirm : 1
  for (let i = 0; i < repetitions; i++) if (await fails(program)) times++
  observer.deadlines = patient
  return {
    violation: last.violation,
    observation: last.observation,
    program,
    shrunkFrom: sizeOf(original.observation.program),
    reproduced: { times, of: repetitions },
    provenance,
  }
}
