/** What a law of stores says of one operation: which clause of which requirement it decides, and how. */
import type { HistoryEvent } from '../../../history.ts'
import { broken, type Judgment, kept, undecided } from '../../../requirement.ts'
import type { StoreOp, Stores } from '../../../run/stores.ts'

/** One decision. `of` is what it is about, for STORE-09: operations on channels, or listings of topics. */
export interface Decision {
  requirement: string
  of: 'channels' | 'topics'
  judgment: Judgment
}

/** A law yields the decisions of a run that belong to it. Pure and total. */
export type Law = (stores: Stores) => Iterable<Decision>

/** What was promised and what came, of one decision. */
export interface Told {
  /** The operations it rests on. */
  ops: readonly (StoreOp | undefined)[]
  expected: string
  observed: string
}

/** Decides `requirement`'s clause: kept where it holds. */
export function decided(of: Decision['of'], requirement: string, clause: string, holds: boolean, told: Told): Decision {
  const judgment = holds ? kept(clause) : broken(clause, { ...told, events: eventsOf(told.ops) })
  return { requirement, of, judgment }
}

/** The contract leaves it open. */
export function open(of: Decision['of'], requirement: string, clause: string): Decision {
  return { requirement, of, judgment: undecided(clause) }
}

/** Beginnings, requests and ends in the order in which they were: which ran between which is what races are about. */
function eventsOf(ops: readonly (StoreOp | undefined)[]): HistoryEvent[] {
  return [...new Set(ops)]
    .flatMap((op) => (op === undefined ? [] : [op.begin, ...op.requests, op.end]))
    .filter((event) => event !== undefined)
    .sort((a, b) => a.seq - b.seq)
}

/** An operation in words. */
export function say({ number, name, args }: StoreOp): string {
  const of = [args.topic, args.id].filter((each) => each !== undefined).map((each) => JSON.stringify(each))
  return `operation ${number}, ${[name, ...of].join(' ')}`
}

/** Operations in words. */
export const sayAll = (ops: readonly StoreOp[]): string => ops.map(say).join(' and ')

/** What an operation came to, in words. */
export function came({ end, value }: StoreOp): string {
  if (end === undefined) return 'it never ended'
  if (end.outcome === 'rejected') return `it rejected with ${end.error?.name}: ${end.error?.message}`
  return `it resolved to ${JSON.stringify(value)}`
}
