/** Two systems side by side: runs a program on both, again and again where they seem to differ. */
import type { Capability } from '../../spec/capabilities.ts'
import { viewRun } from '../../spec/run/view.ts'
import type { Observation, Observer } from '../observe.ts'
import type { Program } from '../program.ts'
import { type Difference, differences, inCommon } from './compare.ts'
import type { FieldKind, Outcome, Shared } from './fields.ts'
import { outcomeOf } from './outcome.ts'

/** One run of a program on each of the two. */
export interface Seen {
  observations: readonly [Observation, Observation]
  outcomes: readonly [Outcome, Outcome]
}

/** Runs of each system that must agree among themselves before a difference between the systems counts. */
const repetitions = 3

export class Pair {
  readonly observers: readonly [Observer, Observer]
  readonly shared: Shared

  constructor(a: Observer, b: Observer) {
    this.observers = [a, b]
    const others = new Set<Capability>(b.host.capabilities)
    this.shared = new Set(a.host.capabilities.filter((name) => others.has(name)))
  }

  /** @throws HostError where one of the hosts dies on the way */
  async once(program: Program): Promise<Seen> {
    const [a, b] = this.observers
    const observations = await Promise.all([a.observe(program), b.observe(program)])
    return { observations, outcomes: [this.#outcome(a, observations[0]), this.#outcome(b, observations[1])] }
  }

  #outcome({ host }: Observer, { program, execution, observes }: Observation): Outcome {
    const run = viewRun(execution.events, { capabilities: host.capabilities, observes })
    return outcomeOf(run, program, execution.program, this.shared)
  }

  /** In what the systems differ in each of `times` runs; it ends as soon as nothing is left. */
  async differ(
    program: Program,
    times = repetitions,
  ): Promise<{ differences: Difference[]; seen: Seen; fields: Partial<Record<FieldKind, number>> }> {
    const runs: Seen[] = []
    for (;;) {
      const seen = await this.once(program)
      runs.push(seen)
      const found = differences(
        runs.map(({ outcomes }) => outcomes[0]),
        runs.map(({ outcomes }) => outcomes[1]),
      )
      if (found.length > 0 && runs.length < times) continue
      return { differences: found, seen, fields: inCommon(...seen.outcomes) }
    }
  }

  async endFamily(): Promise<void> {
    await Promise.all(this.observers.map((observer) => observer.endFamily()))
  }

  async end(): Promise<void> {
    await Promise.all(this.observers.map((observer) => observer.end()))
  }
}
