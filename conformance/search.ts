/**
 * Runs a family's programs and keeps those that violate something. Nothing is shrunk here: which program shows a
 * violation best is known only when all have been run.
 */
import fc from 'fast-check'
import type { Violation } from '../spec/requirement.ts'
import { unable } from './able.ts'
import type { Placed } from './experience.ts'
import type { Observation, Observer } from './observe.ts'
import { type Program, sizeOf } from './program.ts'
import type { Family } from './programs/family.ts'
import type { Shard } from './select.ts'
import { signatureOf } from './signature.ts'
import { type Enumerated, enumerate } from './stores/interleavings.ts'

/** A program that violated a requirement. */
export interface Failing {
  violation: Violation
  observation: Observation
  family: Family
  /** A directed example: made to show its clause every time. */
  example: boolean
  provenance: { seed: number; family: string; program: number }
}

/** How to search. */
export interface SearchOptions {
  seed: number
  runs: number
  shard?: Shard
  /** Run before the family's own. */
  chosen?: readonly Placed[]
  /** Called for every program, with what it violated; `placed` is undefined for those that belong to every run. */
  onProgram(observation: Observation, placed?: Placed): void
  onFailing(failing: Failing): void
  /** Of each program named for it, how many orders of requests are tried at the most. Default none. */
  interleavings?: number
  onEnumerated?(name: string, enumerated: Enumerated): void
  /** Searching ends before the next program when this says so. */
  done(): boolean
}

/** Runs what was chosen, the examples of a family, then so many generated programs. */
export async function searchFamily(observer: Observer, family: Family, options: SearchOptions): Promise<void> {
  const examples = Object.values(family.examples)
  let index = -1
  const observe = async ({ program, seed, index }: Placed, kind: 'example' | 'order' | 'generated'): Promise<Observation> => {
    const observation = await observer.observe(program)
    options.onProgram(observation, kind === 'generated' ? { program, seed, index } : undefined)
    const provenance = { seed, family: family.name, program: index }
    const example = kind === 'example'
    for (const violation of observation.violations) {
      options.onFailing({ violation, observation, family, provenance, example })
    }
    return observation
  }
  const { seed } = options
  for (const placed of options.chosen ?? []) {
    if (options.done()) return
    if (unable(observer.host, placed.program) === undefined) await observe(placed, 'generated')
  }
  const property = fc.asyncProperty(family.arbitrary, async (program) => {
    index++
    const example = index < examples.length
    const { shard } = options
    if (options.done() || (shard !== undefined && !example && index % shard.of !== shard.index - 1)) return
    if (unable(observer.host, program) !== undefined) return
    await observe({ program, seed, index }, example ? 'example' : 'generated')
  })
  for (const [name, program] of Object.entries(family.exhaustive ?? {})) {
    const { stores } = program
    if (stores === undefined || (options.interleavings ?? 0) === 0) continue
    const order = (choices: number[]): Promise<Observation> =>
      observe({ program: { ...program, stores: { ...stores, choices } }, seed, index }, 'order')
    const events = async (choices: number[]) => (await order(choices)).execution.events
    options.onEnumerated?.(name, await enumerate(events, options.interleavings ?? 0, options.done))
  }
  const numRuns = examples.length + options.runs
  if (numRuns === 0) return
  const details = await fc.check(property, {
    seed,
    numRuns,
    endOnFailure: true,
    examples: examples.map((example) => [example]),
  })
  // The property itself never fails: what it throws is a defect of the kit, or a host that died.
  if (details.failed) throw details.errorInstance
}

/** How many programs are kept for one violated id: enough to find one that fails every time. */
const candidatesKept = 10

/** The programs kept for each id that is violated in a way not known: directed examples first, of different families where possible, smaller ones before larger. */
export class Failures {
  readonly #byId = new Map<string, Failing[]>()
  /** The first of each signature, known or not. */
  readonly #bySignature = new Map<string, Failing>()
  readonly #known: ReadonlySet<string>

  /** @param known signatures of failures that are not to be shrunk */
  constructor(known: Iterable<string> = []) {
    this.#known = new Set(known)
  }

  add(failing: Failing): void {
    const { requirement } = failing.violation
    const signature = signatureOf(failing.violation)
    if (!this.#bySignature.has(signature)) this.#bySignature.set(signature, failing)
    if (this.#known.has(signature)) return
    const kept = this.#byId.get(requirement) ?? []
    this.#byId.set(requirement, kept)
    if (kept.some((each) => each.observation === failing.observation)) return
    kept.push(failing)
    kept.sort((a, b) => Number(b.example) - Number(a.example) || size(a.observation.program) - size(b.observation.program))
    if (kept.length > candidatesKept) kept.splice(redundant(kept), 1)
  }

  /** Violated ids, the one whose first event came first in its program before the others. */
  ids(): string[] {
    const first = (id: string): number =>
      Math.min(...(this.#byId.get(id) ?? []).map(({ violation }) => violation.events[0]?.seq ?? 0))
    return [...this.#byId.keys()].sort((a, b) => first(a) - first(b))
  }

  of(id: string): readonly Failing[] {
    return this.#byId.get(id) ?? []
  }

  /** One failing program of each signature, of all ids. */
  eachSignature(): Failing[] {
    return [...this.#bySignature.values()]
  }

  get count(): number {
    return this.#byId.size
  }
}

const size = (program: Program): number => sizeOf(program) + program.clients.length

/** The largest of the family that has most: no family is crowded out by another. */
function redundant(kept: readonly Failing[]): number {
  const count = (family: string): number => kept.filter((each) => each.family.name === family).length
  const most = Math.max(...kept.map((each) => count(each.family.name)))
  return kept.findLastIndex((each) => count(each.family.name) === most)
}
