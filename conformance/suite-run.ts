/** One run of the suite against one system: what was found, what was decided, and what of it has been reported. */
import type { Requirement, Violation } from '../spec/requirement.ts'
import { requirements as allRequirements } from '../spec/requirements/index.ts'
import { unable, unableElsewhere } from './able.ts'
import type { Card } from './card.ts'
import { makeCard, reported } from './cards.ts'
import { type Deadlines, shrinkingDeadlines } from './deadlines.ts'
import type { Experience } from './experience.ts'
import type { Host } from './host.ts'
import { clausesBinding } from './judge.ts'
import { type Observation, Observer } from './observe.ts'
import { type Job, Plan } from './plan.ts'
import { sizeOf, stepsOf } from './program.ts'
import type { Family } from './programs/family.ts'
import { families as allFamilies } from './programs/index.ts'
import { Failures, searchFamily } from './search.ts'
import { familiesFor, type Shard } from './select.ts'
import { type Counterexample, shrinkFailure } from './shrink-failure.ts'
import { signatureOf } from './signature.ts'
import type { Enumerated } from './stores/interleavings.ts'
import { storeSteps } from './stores/program.ts'
import { Tally } from './tally.ts'

/** How a run of the suite is cut and watched. */
export interface ConformOptions {
  seed: number
  requirements?: readonly Requirement[]
  families?: readonly Family[]
  /**
   * Programs are run only until every clause has been decided in so many (heavy ones: in as many as their floor), those
   * first that are most likely to; absent: every family is run to its end.
   */
  enough?: number
  /** What programs decided on other systems, where clauses are to be decided in `enough`; grows by this run. */
  experience?: Experience
  /** Families are repeated with further seeds until so many milliseconds have passed. */
  atLeast?: number
  /** Signatures of failures that are known: they are named in the result, but have no card, and `bail` passes over them. */
  known?: readonly string[]
  bail?: boolean
  /** No program is begun once it gives true. */
  until?(): boolean
  /** One share of the generated programs; examples belong to every share. */
  shard?: Shard
  /** Of each program that a family names for it, how many orders of requests are tried at the most. Default none. */
  interleavings?: number
  /** False: violations are reported as found. */
  shrink?: boolean
  deadlines?: Deadlines
  /** How the command line calls the system, for its cards. */
  reference?: string
  /** Cards of earlier failures, run before anything else. */
  regressions?: readonly Card[]
  /** Given every card; gives back where it was written. */
  onCard?(card: Card): Promise<string | undefined>
  onProgress?(progress: { family: string; programs: number; violated: number }): void
  onProgram?(observation: Observation, family: string): void
  onEnumerated?(name: string, enumerated: Enumerated): void
  /**
   * Given a way for further hosts of the same system to take a share of the programs: `help` resolves when its host is no
   * longer needed. What ends the run's own host, or a helping one, ends the run.
   */
  onBegin?(help: (host: Host) => Promise<void>): void
  now?(): number
}

/** Ids shrunk in one run. */
const mostShrunk = 5

/** Stalls after which a system is no longer waited for with full patience. */
const stallsOfPatience = 3

export class SuiteRun {
  readonly tally: Tally
  observes: ReadonlySet<never> | Awaited<ReturnType<Observer['session']>>['observes'] = new Set<never>()
  /** What the system runs on, where it can run on several. */
  engine: string | undefined
  /** Waits of the search that ran into the last resort. */
  timeouts = 0
  /** The first wait that ran into the last resort, if any did. */
  hung: string | undefined
  readonly #host: Host
  readonly #observer: Observer
  readonly #options: ConformOptions
  readonly #failures: Failures
  readonly #reported = new Set<string>()
  #stalls = 0
  readonly #plan: Plan
  readonly #helpers = new Set<Promise<void>>()
  /** Those that wait for a job to end. */
  readonly #waiting: (() => void)[] = []
  /** How a host was lost. */
  #lost: unknown
  readonly #now: () => number
  readonly #started: number

  constructor(host: Host, observer: Observer, options: ConformOptions) {
    this.#host = host
    this.#observer = observer
    this.#options = options
    this.#failures = new Failures(options.known)
    this.#now = options.now ?? (() => performance.now())
    this.#started = this.#now()
    const { enough, requirements = allRequirements, seed, atLeast = 0, families = allFamilies } = options
    this.tally = new Tally(requirements)
    this.#plan = new Plan({
      families: familiesFor(families, host.capabilities),
      seed,
      tally: this.tally,
      enough,
      experience: options.experience,
      able: (program) => unable(host, program) === undefined,
      binding: clausesBinding(requirements, new Set(host.capabilities)),
      again: () => this.#elapsed() < atLeast,
    })
  }

  async all(): Promise<void> {
    const { observes, hosted } = await this.#observer.session()
    this.observes = observes
    this.engine = hosted.engine
    for (const card of this.#options.regressions ?? []) await this.#regression(card)
    // Lost as a helping host would be: nobody begins anything more, and those that help are waited for.
    const own = this.#work(this.#observer).catch((error: unknown) => {
      this.#lost ??= error
    })
    this.#options.onBegin?.((host) => this.#help(host))
    await own
    while (this.#helpers.size > 0) await Promise.all(this.#helpers)
    if (this.#lost !== undefined) throw this.#lost
    await this.#shrinkAll()
  }

  /** Does jobs of the plan on a further host until there are none. */
  async #help(host: Host): Promise<void> {
    const observer = new Observer(host, this.#observer.requirements, this.#observer.deadlines)
    const started = observer.session().then(
      () => true,
      // What cannot be started a second time is run by the first alone.
      () => false,
    )
    const helping = started
      .then((able) => (able ? this.#work(observer) : undefined))
      .catch((error: unknown) => {
        // Nobody but the run itself is to hear of it; what others have under way is still done.
        this.#lost ??= error
      })
    this.#helpers.add(helping)
    await helping
    this.#helpers.delete(helping)
    if (this.#lost === undefined && this.hung === undefined) await observer.end().catch(() => undefined)
  }

  async #work(observer: Observer): Promise<void> {
    while (!this.#done()) {
      const job = this.#plan.next()
      if (job === undefined) return
      if (job === 'later') {
        await new Promise<void>((resolve) => this.#waiting.push(resolve))
        continue
      }
      try {
        await this.#search(observer, job)
      } finally {
        this.#plan.end(job)
        for (const resolve of this.#waiting.splice(0)) resolve()
      }
    }
  }

  /** Each violated id on its own, at most five; the others are reported with the program that showed them. */
  async #shrinkAll(): Promise<void> {
    if (this.#options.shrink !== false) {
      for (const id of this.#failures.ids().slice(0, mostShrunk)) {
        if (!this.#reported.has(id))
          await this.#report(await shrinkFailure(this.#observer, this.#failures.of(id), this.#options.known))
      }
    }
    await this.reportAsFound()
  }

  /** What was violated and has no card yet gets one with the program that showed it: also when the host has died. */
  async reportAsFound(): Promise<void> {
    for (const id of this.#failures.ids()) {
      const [first] = this.#failures.of(id)
      if (first === undefined || this.#reported.has(id)) continue
      const { violation, observation, provenance } = first
      const { program } = observation
      await this.#report({
        violation,
        observation,
        program,
        shrunkFrom: sizeOf(program),
        reproduced: { times: 1, of: 1 },
        provenance,
      })
    }
    // What is known has no card, nor has what else of a requirement fails: it is named, so that it can be told from that.
    for (const each of this.#failures.eachSignature()) this.tally.violate(each.violation.requirement, reported(each))
  }

  #elapsed(): number {
    return this.#now() - this.#started
  }

  #done(): boolean {
    return (
      this.hung !== undefined ||
      this.#lost !== undefined ||
      this.#options.until?.() === true ||
      (this.#options.bail === true && this.#failures.count + this.#reported.size > 0)
    )
  }

  async #search(observer: Observer, job: Job): Promise<void> {
    observer.deadlines = this.#observer.deadlines
    const { family, seed, round, chosen } = job
    await searchFamily(observer, family, {
      seed,
      chosen,
      interleavings: round === 0 ? (this.#options.interleavings ?? 0) : 0,
      onEnumerated: this.#options.onEnumerated,
      runs: family.runs,
      shard: this.#options.shard,
      done: () => this.#done() || (round > 0 && this.#elapsed() >= (this.#options.atLeast ?? 0)),
      onProgram: (observation, placed) => {
        this.#count(observation, family.name)
        this.#plan.learn(observation, job, placed)
      },
      onFailing: (failing) => this.#failures.add(failing),
    })
    if (!this.#done()) await observer.endFamily()
  }

  #count(observation: Observation, family: string): void {
    const { stores } = observation.program
    const steps = stores === undefined ? stepsOf(observation.program) : storeSteps(stores)
    this.tally.add(observation, JSON.stringify(observation.program), steps.length)
    // Who stalls again and again has been found out: waiting as long each time would only make the run endless.
    if (observation.execution.events.some((event) => event.kind === 'stall') && ++this.#stalls === stallsOfPatience) {
      this.#observer.deadlines = {
        ...this.#observer.deadlines,
        stall: shrinkingDeadlines.stall,
        absent: shrinkingDeadlines.absent,
      }
    }
    this.timeouts += observation.execution.timeouts
    const hang = observation.execution.events.find((event) => event.kind === 'timeout')
    if (hang?.kind === 'timeout') {
      const seconds = hang.patience / 1000
      this.hung ??= `${this.#host.name} gave no answer${hang.step === undefined ? '' : ` to step ${hang.step}`} within ${seconds} s, while waiting for ${hang.waitingFor}`
    }
    this.#options.onProgram?.(observation, family)
    this.#options.onProgress?.({ family, programs: this.tally.programs, violated: this.#failures.count })
  }

  async #report(counterexample: Counterexample): Promise<void> {
    this.#reported.add(counterexample.violation.requirement)
    const { reference } = this.#options
    const { engine } = this
    const system = {
      system: this.#host.name,
      ...(engine !== undefined && { engine }),
      ...(reference !== undefined && { reference }),
    }
    const card = makeCard(system, counterexample)
    const path = await this.#options.onCard?.(card)
    this.tally.violate(counterexample.violation.requirement, reported(counterexample, path))
  }

  async #regression(card: Card): Promise<void> {
    if (unableElsewhere(this.#host, card.program) !== undefined) return
    const observation = await this.#observer.observe(card.program)
    this.#count(observation, 'regressions')
    const own = observation.violations.filter((each) => each.requirement === card.requirement)
    const isKnown = (each: Violation): boolean => this.#options.known?.includes(signatureOf(each)) === true
    const violation = own.find((each) => !isKnown(each))
    if (violation === undefined) {
      for (const each of own) this.tally.violate(each.requirement, reported({ violation: each, observation }))
      return
    }
    await this.#report({
      violation,
      observation,
      program: card.program,
      shrunkFrom: sizeOf(card.program),
      reproduced: { times: 1, of: 1 },
      provenance: card.provenance,
    })
  }
}
