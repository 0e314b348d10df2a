/** Runs the same programs on two systems and tells of what they differ in where the contract leaves no freedom. */
import fc from 'fast-check'
import { contractVersion, requirements } from '../../spec/requirements/index.ts'
import { type Deadlines, deadlines as ordinaryDeadlines } from '../deadlines.ts'
import { type Host, HostError } from '../host.ts'
import { Observer } from '../observe.ts'
import { packageVersion } from '../package-version.ts'
import { type Program, sizeOf } from '../program.ts'
import type { Family } from '../programs/family.ts'
import { familiesFor } from '../select.ts'
import { incomparable } from './comparable.ts'
import { type FieldKind, rules } from './fields.ts'
import { type Differing, type Finding, findingOf } from './finding.ts'
import { Pair, type Seen } from './pair.ts'

/** How two systems are compared. */
export interface CompareOptions {
  seed: number
  families: readonly Family[]
  /** Ends at the first difference. */
  bail?: boolean
  deadlines?: Deadlines
  onProgress?(progress: { family: string; programs: number; differing: number }): void
  onFinding?(finding: Finding): void
}

/** What came of a comparison. Plain JSON. */
export interface Comparison {
  contract: string
  package: string
  seed: number
  systems: [string, string]
  /** Programs run on both, and facts that both had decided, by kind: what none was decided of has not been compared. */
  programs: number
  facts: Record<FieldKind, number>
  /** Programs that were not run, by why. */
  leftOut: Record<string, number>
  differences: Finding[]
  /** Kinds of difference that did not show every time: timing may be at work, and nothing is said. */
  unsteady: FieldKind[]
  couldNotJudge?: string
}

/** Programs kept for each kind of difference: the smallest is shrunk, the next where that does not show it every time. */
const kept = 3

/** Compares the systems of two hosts. A host that dies or gives no answer is told of in `couldNotJudge`. */
export async function compareHosts([a, b]: readonly [Host, Host], options: CompareOptions): Promise<Comparison> {
  const patience = options.deadlines ?? ordinaryDeadlines
  const pair = new Pair(new Observer(a, requirements, patience), new Observer(b, requirements, patience))
  const comparing = new Comparing(pair, options)
  const { comparison } = comparing
  try {
    await comparing.all()
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    comparison.couldNotJudge = error.message
  }
  // A system that hangs may never stop: it is left to the end of its host.
  if (comparison.couldNotJudge === undefined) await pair.end()
  return comparison
}

class Comparing {
  readonly comparison: Comparison
  readonly #pair: Pair
  readonly #options: CompareOptions
  readonly #differing = new Map<FieldKind, Differing[]>()

  constructor(pair: Pair, options: CompareOptions) {
    this.#pair = pair
    this.#options = options
    this.comparison = {
      contract: contractVersion,
      package: packageVersion,
      seed: options.seed,
      systems: [pair.observers[0].host.name, pair.observers[1].host.name],
      programs: 0,
      facts: Object.fromEntries(Object.keys(rules).map((kind) => [kind, 0])) as Record<FieldKind, number>,
      leftOut: {},
      differences: [],
      unsteady: [],
    }
  }

  async all(): Promise<void> {
    for (const family of familiesFor(this.#options.families, [...this.#pair.shared])) {
      await this.#search(family)
      if (this.#done()) break
      await this.#pair.endFamily()
    }
    for (const [kind, candidates] of this.#differing) await this.#tell(kind, candidates)
  }

  #done(): boolean {
    return this.comparison.couldNotJudge !== undefined || (this.#options.bail === true && this.#differing.size > 0)
  }

  async #search(family: Family): Promise<void> {
    let index = -1
    const { seed } = this.#options
    const examples = Object.values(family.examples)
    const property = fc.asyncProperty(family.arbitrary, async (program) => {
      index++
      if (!this.#done()) await this.#compare(program, { seed, family: family.name, program: index })
    })
    const numRuns = examples.length + family.runs
    if (numRuns === 0) return
    const details = await fc.check(property, { seed, numRuns, endOnFailure: true, examples: examples.map((each) => [each]) })
    // The property itself never fails: what it throws is a defect of the kit, or a host that died.
    if (details.failed) throw details.errorInstance
  }

  async #compare(program: Program, provenance: Differing['provenance']): Promise<void> {
    const { comparison } = this
    const [a, b] = this.#pair.observers
    const why = incomparable(program, [a.host, b.host])
    if (why !== undefined) {
      comparison.leftOut[why] = (comparison.leftOut[why] ?? 0) + 1
      return
    }
    const { differences, seen, fields } = await this.#pair.differ(program)
    comparison.programs++
    for (const [kind, count] of Object.entries(fields)) comparison.facts[kind as FieldKind] += count
    const hung = hungOf(seen, comparison.systems)
    if (hung !== undefined) comparison.couldNotJudge = hung
    for (const difference of differences) {
      const candidates = this.#differing.get(difference.kind) ?? []
      this.#differing.set(difference.kind, candidates)
      if (candidates.some((each) => each.program === program)) continue
      candidates.push({ difference, program, provenance })
      candidates.sort((one, other) => sizeOf(one.program) - sizeOf(other.program))
      candidates.splice(kept)
    }
    const { programs } = comparison
    this.#options.onProgress?.({ family: provenance.family, programs, differing: this.#differing.size })
  }

  async #tell(kind: FieldKind, candidates: readonly Differing[]): Promise<void> {
    for (const candidate of candidates) {
      const finding = await findingOf(this.#pair, candidate)
      if (finding === undefined) continue
      this.comparison.differences.push(finding)
      this.#options.onFinding?.(finding)
      return
    }
    this.comparison.unsteady.push(kind)
  }
}

/** The first wait that ran into the last resort, if any did. */
function hungOf({ observations }: Seen, names: readonly [string, string]): string | undefined {
  for (const [side, { execution }] of observations.entries()) {
    const hang = execution.events.find((event) => event.kind === 'timeout')
    if (hang?.kind === 'timeout')
      return `${names[side]} gave no answer within ${hang.patience / 1000} s, while waiting for ${hang.waitingFor}`
  }
  return undefined
}
