/** Compares outcomes of two systems. Pure. */

import { sameTagged } from '../../spec/run/route.ts'
import type { Json } from '../../spec/values.ts'
import type { Field, FieldKind, Outcome } from './fields.ts'

/** A field in which two systems differ. */
export interface Difference extends Pick<Field, 'kind' | 'name'> {
  values: readonly [Json, Json]
}

/**
 * The fields that every run of both systems decided, that all runs of one system gave the same value, and in which the
 * systems differ. What timing decides is sometimes one and sometimes the other, and so no difference.
 */
export function differences(a: readonly Outcome[], b: readonly Outcome[]): Difference[] {
  const [first] = a
  return [...(first?.keys() ?? [])].flatMap((key) => {
    const one = steady(a, key)
    const other = steady(b, key)
    if (one === undefined || other === undefined || sameTagged(one.value, other.value)) return []
    return [{ kind: one.kind, name: one.name, values: [one.value, other.value] }]
  })
}

function steady(outcomes: readonly Outcome[], key: string): Field | undefined {
  const [first, ...others] = outcomes.map((outcome) => outcome.get(key))
  if (first === undefined) return undefined
  return others.every((each) => each !== undefined && sameTagged(each.value, first.value)) ? first : undefined
}

/** The fields that two outcomes have in common, of each kind: what comparing them can have shown. */
export function inCommon(a: Outcome, b: Outcome): Partial<Record<FieldKind, number>> {
  const counts: Partial<Record<FieldKind, number>> = {}
  for (const [key, { kind }] of a) if (b.has(key)) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}
