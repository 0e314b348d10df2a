/** From the programs that violated one id to its counterexample: the steadiest is shrunk, and the minimum confirmed. */
import fc from 'fast-check'
import type { Violation } from '../spec/requirement.ts'
import { unableElsewhere } from './able.ts'
import { type Deadlines, shrinkingDeadlines } from './deadlines.ts'
import type { Observation, Observer } from './observe.ts'
import { type Program, sizeOf } from './program.ts'
import type { Failing } from './search.ts'
import { minimise } from './shrink.ts'
import { signatureOf } from './signature.ts'

/** A violation with its minimal program. */
export interface Counterexample {
  violation: Violation
  observation: Observation
  program: Program
  shrunkFrom: number
  /** Times the violation showed in so many repetitions of the minimal program. */
  reproduced: { times: number; of: number }
  provenance: Failing['provenance']
}

/** Tries of choosing, of fast-check's shrinking, of our own pass, of confirming. */
const liveBudgets = { choose: 8, shrink: 250, minimise: 250, confirm: 10 }

/** A simulated program does the same every time, and takes milliseconds. */
const simulatedBudgets = { choose: 1, shrink: 400, minimise: 1_500, confirm: 2 }

const budgetsOf = ({ host }: Observer) => (host.drive === undefined ? liveBudgets : simulatedBudgets)

/** Candidates shrunk for one id at the most. */
const candidatesShrunk = 3

/** As often as this the violation must show when it is repeated; else the next candidate is tried. */
const steadyEnough = 0.9

/**
 * Chooses among `candidates` and shrinks. Only the same requirement counts as failing, and nothing whose signature is
 * `known`.
 * @throws HostError
 */
export async function shrinkFailure(
  observer: Observer,
  candidates: readonly Failing[],
  known: readonly string[] = [],
): Promise<Counterexample> {
  const patience = observer.deadlines
  const hanging = candidates.some(({ observation }) => hangs(observation))
  if (hanging) observer.deadlines = shrinkingDeadlines
  try {
    let best: Counterexample | undefined
    for (const { failing, rate } of await steadiest(observer, candidates, known)) {
      const found = await shrinkOne(
        observer,
        failing,
        rate,
        known,
        hanging ? { ...shrinkingDeadlines, stall: patience.stall / 5 } : patience,
      )
      if (best === undefined || found.reproduced.times > best.reproduced.times) best = found
      if (best.reproduced.times >= steadyEnough * best.reproduced.of) break
    }
    if (best === undefined) throw new Error('there is nothing to shrink')
    return best
  } finally {
    observer.deadlines = patience
  }
}

async function shrinkOne(
  observer: Observer,
  failing: Failing,
  rate: number,
  known: readonly string[],
  confirming: Deadlines,
): Promise<Counterexample> {
  const shrinking = new Shrinking(observer, failing, rate >= 1, known)
  const fails = (candidate: Program): Promise<boolean> => shrinking.fails(candidate)
  let program = await minimise(await shrinking.byFastCheck(), fails, budgetsOf(observer).minimise)
  const impatient = observer.deadlines
  observer.deadlines = confirming
  let times = await shrinking.count(program)
  observer.deadlines = impatient
  if (rate >= 1 && times < budgetsOf(observer).confirm) {
    // Luck made it smaller than what fails every time: once more, and every step must fail as often as is confirmed.
    shrinking.demand = budgetsOf(observer).confirm
    program = await minimise(failing.observation.program, fails, budgetsOf(observer).minimise)
    times = await shrinking.count(program)
  }
  const { violation, observation } = shrinking.last
  const shrunkFrom = sizeOf(failing.observation.program)
  return {
    violation,
    observation,
    program,
    shrunkFrom,
    reproduced: { times, of: budgetsOf(observer).confirm },
    provenance: failing.provenance,
  }
}

const hangs = (observation: Observation): boolean =>
  observation.execution.events.some((event) => ['stall', 'timeout', 'absent'].includes(event.kind))

/** The candidates that are worth shrinking, the one that fails most often first. */
async function steadiest(
  observer: Observer,
  candidates: readonly Failing[],
  known: readonly string[],
): Promise<{ failing: Failing; rate: number }[]> {
  const rated: { failing: Failing; rate: number }[] = []
  for (const failing of candidates) {
    let times = 0
    for (let run = 0; run < budgetsOf(observer).choose; run++) {
      if ((await again(observer, failing.observation.program, failing.violation, known)) !== undefined) times++
    }
    rated.push({ failing, rate: times / budgetsOf(observer).choose })
    if (rated.filter(({ rate }) => rate === 1).length === candidatesShrunk) break
  }
  return rated.toSorted((a, b) => b.rate - a.rate).slice(0, candidatesShrunk)
}

/** Runs a program and gives back its violation of the same requirement, if it has one: of the same signature before others. */
async function again(
  observer: Observer,
  program: Program,
  looked: Violation,
  known: readonly string[],
): Promise<{ violation: Violation; observation: Observation } | undefined> {
  // What rests on an earlier program's leavings cannot be seen on a system that has run others since.
  if (looked.ledger === true) await observer.refresh()
  const observation = await observer.observe(program)
  const signature = signatureOf(looked)
  const counted = observation.violations.filter(
    (each) => each.requirement === looked.requirement && !known.includes(signatureOf(each)),
  )
  const violation = counted.find((each) => signatureOf(each) === signature) ?? counted[0]
  return violation === undefined ? undefined : { violation, observation }
}

class Shrinking {
  last: { violation: Violation; observation: Observation }
  readonly #observer: Observer
  readonly #failing: Failing
  readonly #steady: boolean
  readonly #known: readonly string[]
  /** In how many runs one after another a smaller program must fail, where the first did so every time. */
  demand: number

  constructor(observer: Observer, failing: Failing, steady: boolean, known: readonly string[]) {
    this.#observer = observer
    this.#failing = failing
    this.#steady = steady
    this.#known = known
    this.demand = observer.host.drive === undefined ? 3 : 1
    this.last = failing
  }

  /** Whether the program violates the requirement this time. */
  async once(program: Program): Promise<boolean> {
    const found = await again(this.#observer, program, this.#failing.violation, this.#known)
    if (found !== undefined) this.last = found
    return found !== undefined
  }

  /** How often it does so in so many runs. */
  async count(program: Program): Promise<number> {
    let times = 0
    for (let run = 0; run < budgetsOf(this.#observer).confirm; run++) if (await this.once(program)) times++
    return times
  }

  /** What failed every time must go on doing so while it shrinks; what failed now and then must still do so once. */
  async fails(program: Program): Promise<boolean> {
    // A smaller program may ask for what the larger one did not.
    if (unableElsewhere(this.#observer.host, program) !== undefined) return false
    for (let attempt = 0; attempt < this.demand; attempt++) if ((await this.once(program)) !== this.#steady) return !this.#steady
    return this.#steady
  }

  /** fast-check shrinks the program as an example of its family's generator. */
  async byFastCheck(): Promise<Program> {
    const { family, observation } = this.#failing
    let smallest = observation.program
    let tries = 0
    const property = fc.asyncProperty(family.arbitrary, async (program) => {
      // The first one is the example itself; beyond the budget everything passes, which ends the shrinking.
      if (tries++ > 0 && (tries > budgetsOf(this.#observer).shrink || !(await this.fails(program)))) return
      smallest = program
      throw new Error(this.#failing.violation.requirement)
    })
    await fc.check(property, { numRuns: 1, examples: [[smallest]] })
    return smallest
  }
}
