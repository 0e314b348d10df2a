/** Runs the suite against one system: regression cards first, then every family of programs. */

import type { Requirement } from '../spec/requirement.ts'
import { requirements as allRequirements, contractVersion } from '../spec/requirements/index.ts'
import type { SystemResult } from '../spec/result.ts'
import type { Card } from './card.ts'
import { makeCard, reported } from './cards.ts'
import { alarm, type Deadlines, deadlines as ordinaryDeadlines, shrinkingDeadlines } from './deadlines.ts'
import { floors } from './health.ts'
import { type Host, HostError } from './host.ts'
import { type Observation, Observer } from './observe.ts'
import { type Program, sizeOf, stepsOf } from './program.ts'
import type { Family } from './programs/family.ts'
import { families as allFamilies } from './programs/index.ts'
import { Failures, searchFamily } from './search.ts'
import { familiesFor, type Shard } from './select.ts'
import { type Counterexample, shrinkFailure } from './shrink-failure.ts'
import type { Enumerated } from './stores/interleavings.ts'
import { storeSteps } from './stores/program.ts'
import { Tally } from './tally.ts'

/** How a run of the suite is cut and watched. */
export interface ConformOptions {
  seed: number
  requirements?: readonly Requirement[]
  families?: readonly Family[]
  /**
   * A family is not run on once every clause it decides has been decided in so many programs (heavy ones: their floor);
   * default: what the host says of its system. `all`: every family is run to its end.
   */
  enough?: number | 'all'
  /** Families are repeated with further seeds until so many milliseconds have passed. */
  atLeast?: number
  bail?: boolean
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
  now?(): number
}

/** Runs the suite against `host`. A host that dies or gives no answer is told of in `couldNotJudge`. */
export async function conformHost(host: Host, options: ConformOptions): Promise<SystemResult> {
  const requirements = options.requirements ?? allRequirements
  const observer = new Observer(host, requirements, options.deadlines ?? ordinaryDeadlines)
  const run = new SuiteRun(host, observer, options)
  let couldNotJudge: string | undefined
  try {
    await run.all()
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    couldNotJudge = error.message
    await run.reportAsFound()
  } finally {
    if (!(host.endsByForce && (couldNotJudge ?? run.hung) !== undefined)) {
      const { late, cancel } = alarm(observer.deadlines.hang)
      await Promise.race([observer.end(), host.died, late]).catch(() => undefined)
      cancel()
    }
  }
  couldNotJudge ??= run.hung
  return {
    name: host.name,
    capabilities: [...host.capabilities],
    ...(run.engine === undefined ? {} : { engine: run.engine }),
    ...(couldNotJudge === undefined ? {} : { couldNotJudge }),
    programs: run.tally.programs,
    steps: run.tally.steps,
    timeouts: run.timeouts,
    requirements: run.tally.results(requirements, new Set(host.capabilities), run.observes),
  }
}

/** Ids shrunk in one run. */
const mostShrunk = 5

/** What is run of each family before it is known which of them decide what is lacking. */
const firstShare = 1 / 16

/** Stalls after which a system is no longer waited for with full patience. */
const stallsOfPatience = 3

class SuiteRun {
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
  readonly #failures = new Failures()
  readonly #reported = new Set<string>()
  #stalls = 0
  readonly #now: () => number
  readonly #started: number

  constructor(host: Host, observer: Observer, options: ConformOptions) {
    this.#host = host
    this.#observer = observer
    this.#options = options
    this.tally = new Tally(options.requirements ?? allRequirements)
    this.#now = options.now ?? (() => performance.now())
    this.#started = this.#now()
  }

  async all(): Promise<void> {
    const { observes, hosted } = await this.#observer.session()
    this.observes = observes
    this.engine = hosted.engine
    for (const card of this.#options.regressions ?? []) await this.#regression(card)
    const families = familiesFor(this.#options.families ?? allFamilies, this.#host.capabilities)
    for (let round = 0; families.length > 0 && (round === 0 || this.#elapsed() < (this.#options.atLeast ?? 0)); round++) {
      const enough = this.#enough
      for (const family of families) {
        if (this.#done()) break
        await this.#family(enough === undefined ? family : { ...family, runs: Math.ceil(family.runs * firstShare) }, round)
      }
      if (enough !== undefined) await this.#fill(families, enough, round)
      if (this.#done()) break
    }
    await this.#shrinkAll()
  }

  get #enough(): number | undefined {
    const { enough = this.#host.enough } = this.#options
    return enough === 'all' ? undefined : enough
  }

  /** Runs more of those families that best decide what has not been decided in enough programs, until all is or they are at their end. */
  async #fill(families: readonly Family[], enough: number, round: number): Promise<void> {
    const left = new Map(families.map((family) => [family, family.runs - Math.ceil(family.runs * firstShare)]))
    for (let part = 1; !this.#done(); part++) {
      const next = this.tally
        .lacking(enough, floors.heavy)
        .flatMap(({ name, programs }) => {
          const rate = (family: Family): number => this.tally.rate(family.name, name)
          // Families that decide it by the way only would be run for hours, where the one made for it is at its end.
          const least = Math.max(...families.map(rate)) / 2
          const able = families.filter((family) => (left.get(family) ?? 0) > 0 && rate(family) >= least)
          const best = able.toSorted((a, b) => rate(b) - rate(a))[0]
          return best === undefined ? [] : [{ best, runs: Math.ceil(programs / this.tally.rate(best.name, name)) }]
        })
        .toSorted((a, b) => b.runs - a.runs)[0]
      if (next === undefined) return
      const { best } = next
      const runs = Math.min(next.runs, left.get(best) ?? 0)
      left.set(best, (left.get(best) ?? 0) - runs)
      await this.#family({ ...best, runs, examples: {}, part }, round)
    }
  }

  /** Each violated id on its own, at most five; the others are reported with the program that showed them. */
  async #shrinkAll(): Promise<void> {
    if (this.#options.shrink !== false) {
      for (const id of this.#failures.ids().slice(0, mostShrunk)) {
        if (!this.#reported.has(id)) await this.#report(await shrinkFailure(this.#observer, this.#failures.of(id)))
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
  }

  #elapsed(): number {
    return this.#now() - this.#started
  }

  #done(): boolean {
    return this.hung !== undefined || (this.#options.bail === true && this.#failures.count + this.#reported.size > 0)
  }

  async #family(family: Family & { part?: number }, round: number): Promise<void> {
    const { name, part = 0 } = family
    const seed = seedOf(this.#options.seed, part === 0 ? name : `${name} ${part}`, round)
    const examples = round === 0 ? family.examples : {}
    await searchFamily(
      this.#observer,
      { ...family, examples },
      {
        seed,
        interleavings: round === 0 ? (this.#options.interleavings ?? 0) : 0,
        onEnumerated: this.#options.onEnumerated,
        runs: family.runs,
        shard: this.#options.shard,
        done: () => this.#done() || (round > 0 && this.#elapsed() >= (this.#options.atLeast ?? 0)),
        onProgram: (observation) => this.#count(observation, family.name),
        onFailing: (failing) => this.#failures.add(failing),
      },
    )
    await this.#observer.endFamily()
  }

  #count(observation: Observation, family: string): void {
    const { stores } = observation.program
    const steps = stores === undefined ? stepsOf(observation.program) : storeSteps(stores)
    this.tally.add(observation, JSON.stringify(observation.program), steps.length, family)
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
    const card = makeCard(this.#host.name, counterexample, this.#options.reference)
    const path = await this.#options.onCard?.(card)
    this.tally.violate(counterexample.violation.requirement, reported(counterexample, path))
  }

  async #regression(card: Card): Promise<void> {
    const observation = await this.#observer.observe(card.program)
    this.#count(observation, 'regressions')
    const violation = observation.violations.find((each) => each.requirement === card.requirement)
    if (violation === undefined) return
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

/** Every family has a seed of its own, so that adding one changes no other's programs. */
export function seedOf(seed: number, family: string, round: number): number {
  let hash = (seed ^ (round * 0x9e3779b1)) >>> 0
  for (const char of family) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0
  return hash | 0
}

export type { Program }
export { contractVersion }
