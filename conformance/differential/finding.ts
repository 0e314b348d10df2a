/** From a program on which two systems differ to what is told of it: shrunk, confirmed, and with who is wrong. Plain JSON. */
import type { Violation } from '../../spec/requirement.ts'
import type { Json } from '../../spec/values.ts'
import { inside } from '../cards.ts'
import { type Program, sizeOf } from '../program.ts'
import { minimise } from '../shrink.ts'
import { incomparable } from './comparable.ts'
import type { Difference } from './compare.ts'
import { type FieldKind, rules } from './fields.ts'
import type { Pair, Seen } from './pair.ts'

/** A requirement that one of the systems violates in the program. */
export interface Wrong {
  system: string
  requirement: string
  clause: string
  expected: string
  observed: string
}

/** What is told of a difference. */
export interface Finding {
  systems: [string, string]
  kind: FieldKind
  /** What the field is, and why the contract leaves no freedom in it. */
  what: string
  why: string
  /** The requirements that fix the field. */
  requirements: string[]
  field: string
  values: [Json, Json]
  program: Program
  size: number
  shrunkFrom: number
  reproduced: { times: number; of: number }
  /** What the judgments say of the same runs; nothing: no requirement sees it. */
  wrong: Wrong[]
  provenance: { seed: number; family: string; program: number }
}

/** A program that showed a difference, and where it came from. */
export interface Differing {
  difference: Difference
  program: Program
  provenance: Finding['provenance']
}

/** Tries of shrinking, and runs on both systems that must all show the minimum's difference. */
const budget = 250
const confirmations = 10

/** Violations told of for one difference. */
const mostTold = 4

/** Shrinks and confirms; undefined where a system did not do the same every time, so that timing may have been at work. */
export async function findingOf(pair: Pair, { difference, program, provenance }: Differing): Promise<Finding | undefined> {
  const { kind } = difference
  const [{ host: a }, { host: b }] = pair.observers
  const differs = async (candidate: Program): Promise<boolean> =>
    incomparable(candidate, [a, b]) === undefined && (await pair.differ(candidate)).differences.some((each) => each.kind === kind)
  const smallest = await minimise(program, differs, budget)
  for (const candidate of new Set([smallest, program])) {
    const of = { program: candidate, shrunkFrom: sizeOf(program), provenance }
    const finding = await confirmed(pair, kind, of, confirmations)
    if (finding !== undefined) return finding
  }
  return undefined
}

/** Runs a program `times` times; undefined where the systems did not differ in a field of this kind every time. */
export async function confirmed(
  pair: Pair,
  kind: FieldKind,
  of: Pick<Finding, 'program' | 'shrunkFrom' | 'provenance'>,
  times: number,
): Promise<Finding | undefined> {
  const { differences, seen } = await pair.differ(of.program, times)
  const same = differences.find((each) => each.kind === kind)
  if (same === undefined) return undefined
  const [a, b] = pair.observers
  const systems: [string, string] = [a.host.name, b.host.name]
  const { what, why, requirements } = rules[kind]
  return {
    systems,
    kind,
    what,
    why,
    requirements: [...requirements],
    field: same.name,
    values: [...same.values],
    ...of,
    size: sizeOf(of.program),
    reproduced: { times, of: times },
    wrong: wrongOf(seen, requirements, systems),
  }
}

/**
 * What one system violates in the runs and the other does not, each clause once, what is nearest to the field first: what
 * both violate makes no difference between them.
 */
function wrongOf({ observations }: Seen, nearest: readonly string[], names: readonly [string, string]): Wrong[] {
  const clauseOf = ({ requirement, clause }: Violation): string => `${requirement} ${clause}`
  const [a, b] = observations.map(({ violations }) => new Map(violations.toReversed().map((each) => [clauseOf(each), each])))
  const found = observations.flatMap(({ execution }, side) => {
    const [own, other] = side === 0 ? [a, b] : [b, a]
    const relative = inside(execution.program)
    const alone = [...(own ?? [])].filter(([clause]) => other?.has(clause) !== true)
    return alone.map(([, { requirement, clause, expected, observed }]): Wrong => {
      return { system: names[side] ?? '', requirement, clause, expected: relative(expected), observed: relative(observed) }
    })
  })
  const near = ({ requirement }: Wrong): number => (nearest.includes(requirement) ? 0 : 1)
  return found.toSorted((one, another) => near(one) - near(another)).slice(0, mostTold)
}
