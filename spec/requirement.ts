/** What a requirement is: data, with one pure judgment over a run. */
import type { Capability } from './capabilities.ts'
import type { HistoryEvent } from './history.ts'
import type { Run } from './run/run.ts'

/** The areas of the contract; each has a folder of requirements, of programs and of mutants by this name. */
export const areas = [
  'lifecycle',
  'routing',
  'authentication',
  'validation',
  'sending',
  'subscriptions',
  'publishing',
  'stateless',
  'stores',
] as const
export type Area = (typeof areas)[number]

/** What a door lets the kit see, beside what a client sees: without it a clause is `not-observable`. */
export type Observation = 'trace' | 'hub' | 'residue' | 'stop' | 'start' | 'idle' | 'platform' | StoreObservation

/** What stores let the kit see: themselves, listings of several pages, what is left of closed channels, and what a sweep reads. */
export type StoreObservation = 'stores' | 'store pages' | 'store residue' | 'live reads'

/** One promise of a requirement, counted by itself. */
export interface Clause {
  /** What is promised, as a statement. */
  promise: string
  /** Binds only systems that declare all of these. */
  capabilities?: readonly Capability[]
  /** Binds only systems that declare none of these: what must be refused where a capability is absent. */
  unless?: readonly Capability[]
  /** What must be observable for it to be decided. */
  needs?: readonly Observation[]
  /** Holds whatever invocations are killed; of any other clause, those of the stateless area apart, a crash is an excuse. */
  despiteCrashes?: boolean
  /** Costly to exercise (a stop, a thousand subscribers): 3 programs are enough instead of 20. */
  heavy?: boolean
}

/** Where a requirement comes from: a sentence of a page, or a decision with its reason. */
export type Source = { seed: 'introduction' | 'guide' | 'runtime'; quote: string } | { decision: string }

/**
 * One decision of one clause on one run. `undecided` is *may*: the contract leaves both open there; it is counted for
 * the generator's health and never passes or fails anything.
 */
export type Judgment<C extends string = string> =
  | { clause: C; verdict: 'kept'; events: readonly HistoryEvent[] }
  | { clause: C; verdict: 'undecided' }
  | ({ clause: C; verdict: 'broken' } & Finding)

/** What was found against a clause. */
export interface Finding {
  /** The events it rests on, in the order to be read. */
  events: readonly HistoryEvent[]
  expected: string
  observed: string
  /** It rests on what an earlier program left, so replaying needs a system of its own. */
  ledger?: boolean
}

/** One requirement of the contract. */
export interface Requirement<C extends string = string> {
  id: string
  title: string
  level: 'must' | 'should'
  area: Area
  since: string
  /** Binds only systems that declare all of these; a clause may ask for more. */
  capabilities?: readonly Capability[]
  clauses: Record<C, Clause>
  source: Source
  /** Pure and total: same run, same judgments; a throw is a defect of the kit. */
  judge(run: Run): Iterable<Judgment<C>>
}

/** A violated requirement, complete in itself. */
export interface Violation extends Finding {
  requirement: string
  clause: string
}

/** Declares a requirement; the clause names its judgment may use are checked against those declared. */
export function requirement<const C extends string>(of: Requirement<C>): Requirement {
  return of as unknown as Requirement
}

/** A clause was put to the test and kept. */
export function kept<C extends string>(clause: C, ...events: (HistoryEvent | undefined)[]): Judgment<C> {
  return { clause, verdict: 'kept', events: events.filter((event) => event !== undefined) }
}

/** A clause was put to the test and broken. */
export function broken<C extends string>(
  clause: C,
  finding: Omit<Finding, 'events'> & { events: (HistoryEvent | undefined)[] },
): Judgment<C> {
  return { ...finding, clause, verdict: 'broken', events: finding.events.filter((event) => event !== undefined) }
}

/** The contract leaves it open here. */
export function undecided<C extends string>(clause: C): Judgment<C> {
  return { clause, verdict: 'undecided' }
}

/** `kept` where `holds`, else `broken` with the finding. */
export function decide<C extends string>(
  clause: C,
  holds: boolean,
  finding: Omit<Finding, 'events'> & { events: (HistoryEvent | undefined)[] },
): Judgment<C> {
  return holds ? kept(clause, ...finding.events) : broken(clause, finding)
}
