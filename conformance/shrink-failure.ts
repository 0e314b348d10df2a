/** From the programs that violated one id to its counterexample: the steadiest is shrunk, and the minimum confirmed. */
import fc from 'fast-check'
import type { Violation } from '../spec/requirement.ts'
import { unableElsewhere } from './able.ts'
import { type Deadlines, shrinkingDeadlines } from './deadlines.ts'
import { HostError } from './host.ts'
import type { Observation, Observer } from './observe.ts'
import { type Program, reusable, sizeOf } from './program.ts'
import type { Failing } from './search.ts'
import { minimise } from './shrink.ts'
import { signatureOf } from './signature.ts'

/** A violation with its minimal program. */
export interface Counterexample {
  violation: Violation
  observation: Observation
  program: Program
  shrunkFrom: number
  /** Times the violation showed in so many repetitions of the minimal program: more of them where it is unsteady. */
  reproduced: { times: number; of: number }
  provenance: Failing['provenance']
}

/** Tries of choosing, of fast-check's shrinking, of our own pass, of confirming, and of telling the rate of what is unsteady. */
interface Budgets {
  choose: number
  shrink: number
  minimise: number
  confirm: number
  rate: number
}

const liveBudgets: Budgets = { choose: 8, shrink: 250, minimise: 250, confirm: 10, rate: 30 }

/** A simulated program does the same every time, and takes milliseconds. */
const simulatedBudgets: Budgets = { choose: 1, shrink: 400, minimise: 1_500, confirm: 2, rate: 2 }

/** Each run of a program that hangs waits for what does not come. */
const hangingBudgets: Budgets = { choose: 2, shrink: 100, minimise: 100, confirm: 10, rate: 10 }

/** Each run waits for a limit of the system's own, such as a lease. */
const waitingBudgets: Budgets = { choose: 1, shrink: 2, minimise: 6, confirm: 3, rate: 3 }

const budgetsOf = ({ host }: Observer, hanging: boolean): Budgets =>
  host.drive !== undefined ? simulatedBudgets : hanging ? hangingBudgets : liveBudgets

/** Each of these begins a process. */
const triesAfresh = 30

/** How one id's failures are shrunk. */
interface Shrinks {
  budgets: Budgets
  /** Signatures that do not count as failing. */
  known: readonly string[]
  /** With which the minimum is confirmed. */
  confirming: Deadlines
}

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
  let how: Shrinks = {
    budgets: budgetsOf(observer, hanging),
    known,
    confirming: hanging ? { ...shrinkingDeadlines, stall: patience.stall / 5 } : patience,
  }
  try {
    let best: Counterexample | undefined
    let rated = await steadiest(observer, candidates, how)
    if (hanging && rated.every(({ rate }) => rate === 0)) {
      // It may show only to who waits as long as the system does: one of them is looked at with all the time that a run has.
      observer.deadlines = patience
      how = { budgets: waitingBudgets, known, confirming: patience }
      rated = await steadiest(observer, candidates.slice(0, 1), how)
    }
    for (const { failing, rate } of rated) {
      const found = await shrinkOne(observer, failing, rate, how)
      if (best === undefined || share(found.reproduced) > share(best.reproduced)) best = found
      if (share(best.reproduced) >= steadyEnough) break
    }
    if (best === undefined) throw new Error('there is nothing to shrink')
    return best
  } finally {
    observer.deadlines = patience
  }
}

async function shrinkOne(observer: Observer, failing: Failing, rate: number, how: Shrinks): Promise<Counterexample> {
  const { confirm, minimise: tries } = how.budgets
  const shrinking = new Shrinking(observer, failing, rate, how)
  const fails = (candidate: Program): Promise<boolean> => shrinking.fails(candidate)
  let program = await minimise(await shrinking.byFastCheck(), fails, tries)
  const impatient = observer.deadlines
  observer.deadlines = how.confirming
  let reproduced = await shrinking.rateOf(program)
  observer.deadlines = impatient
  if (rate >= 1 && share(reproduced) < 1) {
    // Luck made it smaller than what fails every time: once more, and every step must fail as often as is confirmed.
    shrinking.demand = { times: confirm, of: confirm }
    program = await minimise(failing.observation.program, fails, tries)
    reproduced = await shrinking.rateOf(program)
  }
  if (share(reproduced) === 1 && !(await shrinking.showsAfresh(program))) {
    // It rests on what earlier programs have left in the process, and a replay begins with nothing.
    shrinking.afresh = true
    shrinking.demand = { times: 1, of: 1 }
    program = await minimise(failing.observation.program, fails, triesAfresh)
    reproduced = await shrinking.rateOf(program)
  }
  // Luck again, of one that fails now and then: back to the smallest that does so about as often as what was found.
  while (rate < 1 && share(reproduced) < rate * asOften && shrinking.smaller.length > 0) {
    program = shrinking.smaller.pop() ?? failing.observation.program
    reproduced = await shrinking.rateOf(program)
  }
  // Seen once and never again: the card shows that one time.
  if (reproduced.times === 0) shrinking.last = failing
  const { violation, observation } = shrinking.last
  const shrunkFrom = sizeOf(failing.observation.program)
  return { violation, observation, program, shrunkFrom, reproduced, provenance: failing.provenance }
}

const share = ({ times, of }: Counterexample['reproduced']): number => times / of

const hangs = (observation: Observation): boolean =>
  observation.execution.events.some((event) => ['stall', 'timeout', 'absent'].includes(event.kind))

/** The candidates that are worth shrinking, the one that fails most often first. */
async function steadiest(
  observer: Observer,
  candidates: readonly Failing[],
  { budgets, known }: Shrinks,
): Promise<{ failing: Failing; rate: number }[]> {
  const rated: { failing: Failing; rate: number }[] = []
  const rate = async (failing: Failing, program: Program): Promise<void> => {
    let times = 0
    let seen: Seen | undefined
    const alike = ({ violation }: Seen): boolean => signatureOf(violation) === signatureOf(failing.violation)
    for (let run = 0; run < budgets.choose; run++) {
      const found = await again(observer, program, failing.violation, known)
      if (found !== undefined) times++
      // The failure that was found is shrunk, not another of its requirement that happens to be steadier.
      if (found !== undefined && alike(found)) seen ??= found
    }
    const same = program === failing.observation.program
    if (same || seen !== undefined)
      rated.push({ failing: same ? failing : { ...failing, ...seen }, rate: times / budgets.choose })
  }
  for (const failing of candidates) {
    const { program } = failing.observation
    await rate(failing, program)
    // Its connections may have been those of an earlier program: what is done as one connects shows on new ones alone.
    const own = rated.at(-1)?.rate === 1 ? undefined : connectingAnew(program)
    if (own !== undefined) await rate(failing, own)
    if (rated.filter((each) => each.rate === 1).length === candidatesShrunk) break
  }
  return rated.toSorted((a, b) => b.rate - a.rate).slice(0, candidatesShrunk)
}

/** The program on connections of its own; undefined where it has no others. */
function connectingAnew(program: Program): Program | undefined {
  const clients = program.clients.map((spec, index) => (reusable(program, index) ? { ...spec, fresh: true } : spec))
  return clients.every((spec, index) => spec === program.clients[index]) ? undefined : { ...program, clients }
}

/** A violation, and the run that shows it. */
type Seen = Pick<Failing, 'violation' | 'observation'>

/** Runs a program and gives back its violation of the same requirement, if it has one: of the same signature before others. */
async function again(
  observer: Observer,
  program: Program,
  looked: Violation,
  known: readonly string[],
  afresh = false,
): Promise<Seen | undefined> {
  // What rests on an earlier program's leavings cannot be seen on a system that has run others since.
  if (looked.ledger === true && !afresh) await observer.refresh()
  const observation = afresh ? await observer.observeAfresh(program) : await observer.observe(program)
  const signature = signatureOf(looked)
  const counted = observation.violations.filter(
    (each) => each.requirement === looked.requirement && !known.includes(signatureOf(each)),
  )
  const violation = counted.find((each) => signatureOf(each) === signature) ?? counted[0]
  return violation === undefined ? undefined : { violation, observation }
}

/** A smaller program that fails now and then does so about as often as the larger one if it has this share of its rate. */
const asOften = 0.7

/**
 * What failed every time must go on doing so while it shrinks. What failed now and then must do so about as often: if one
 * failure were enough, each step would be likelier to accept a rarer one, and the minimum would be one that nobody sees again.
 */
function demandOf(rate: number, { choose }: Budgets): { times: number; of: number } {
  if (rate < 1) return { times: Math.max(1, Math.floor(rate * asOften * choose)), of: choose }
  const times = Math.min(3, choose)
  return { times, of: times }
}

class Shrinking {
  last: { violation: Violation; observation: Observation }
  readonly #observer: Observer
  readonly #failing: Failing
  readonly #how: Shrinks
  /** How often, in so many runs, a smaller program must fail to be preferred. */
  demand: { times: number; of: number }
  /** Each run is in a process of its own. */
  afresh = false
  /** What was preferred, one after another, each smaller than the one before. */
  readonly smaller: Program[]

  constructor(observer: Observer, failing: Failing, rate: number, how: Shrinks) {
    this.#observer = observer
    this.#failing = failing
    this.#how = how
    this.demand = demandOf(rate, how.budgets)
    this.last = failing
    this.smaller = [failing.observation.program]
  }

  /** Whether the program violates the requirement this time. */
  async once(program: Program): Promise<boolean> {
    const found = await again(this.#observer, program, this.#failing.violation, this.#how.known, this.afresh)
    if (found !== undefined) this.last = found
    return found !== undefined
  }

  /** Whether it does so where nothing has run before; true as well where that cannot be found out. */
  async showsAfresh(program: Program): Promise<boolean> {
    if (this.#observer.host.afresh === undefined) return true
    try {
      return (await again(this.#observer, program, this.#failing.violation, this.#how.known, true)) !== undefined
    } catch (error) {
      // Not every system can be started beside itself.
      if (error instanceof HostError) return true
      throw error
    }
  }

  /** How often it does so: more runs where not every one did, since ten say little of such a rate, and it is to be found again. */
  async rateOf(program: Program): Promise<Counterexample['reproduced']> {
    const { confirm, rate } = this.#how.budgets
    let times = 0
    let of = 0
    while (of < (times === of ? confirm : rate)) {
      of++
      if (await this.once(program)) times++
    }
    return { times, of }
  }

  /** Whether the program fails as often as is demanded; ends as soon as that is settled. */
  async fails(program: Program): Promise<boolean> {
    // A smaller program may ask for what the larger one did not.
    if (unableElsewhere(this.#observer.host, program) !== undefined) return false
    const { times, of } = this.demand
    let missing = times
    for (let left = of; missing > 0 && left >= missing; left--) if (await this.once(program)) missing--
    if (missing === 0) this.smaller.push(program)
    return missing === 0
  }

  /** fast-check shrinks the program as an example of its family's generator. */
  async byFastCheck(): Promise<Program> {
    const { family, observation } = this.#failing
    let smallest = observation.program
    let tries = 0
    const property = fc.asyncProperty(family.arbitrary, async (program) => {
      // The first one is the example itself; beyond the budget everything passes, which ends the shrinking.
      if (tries++ > 0 && (tries > this.#how.budgets.shrink || !(await this.fails(program)))) return
      smallest = program
      throw new Error(this.#failing.violation.requirement)
    })
    await fc.check(property, { numRuns: 1, examples: [[smallest]] })
    return smallest
  }
}
