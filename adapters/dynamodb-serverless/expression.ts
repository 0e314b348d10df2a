/** What a write expects and changes, as one conditional update of an item. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { Change, Expectation, LiveState } from '../serverless/ports.ts'
import { toJsonText } from './json-text.ts'
import type { Expression } from './requests.ts'

/** That an item is a live channel's, in one of these states; an absent or closed one never is. */
export function inStates(states: readonly LiveState[]): Expression {
  const values = Object.fromEntries(states.map((state, index) => [`:state${index}`, { S: state }]))
  return { condition: `#state IN (${Object.keys(values).join(', ')})`, names: { '#state': 'state' }, values }
}

/** That there is no item. */
export const isAbsent: Expression = { condition: 'attribute_not_exists(#pk)', names: { '#pk': 'pk' }, values: {} }

/** Compiles an expectation and a change. Without a change it only looks whether the expectation is met. */
export function updateOf(expected: Expectation, change: Change): Expression {
  const { condition, names, values } = inStates(expected.states)
  const conditions = [condition]
  const sets: string[] = []
  const removals: string[] = []
  const named = (attribute: string): string => {
    names[`#${attribute}`] = attribute
    return `#${attribute}`
  }
  const valued = (name: string, value: AttributeValue): string => {
    values[`:${name}`] = value
    return `:${name}`
  }
  const write = (attribute: string, value: AttributeValue | undefined): void => {
    if (value === undefined) removals.push(named(attribute))
    else sets.push(`${named(attribute)} = ${valued(`new_${attribute}`, value)}`)
  }

  if (expected.pending === true) conditions.push(`attribute_exists(${named('pending')})`)
  if (expected.claimedBy === null) conditions.push(`attribute_not_exists(${named('claimBy')})`)
  else if (expected.claimedBy !== undefined)
    conditions.push(`${named('claimBy')} = ${valued('claimedBy', { S: expected.claimedBy })}`)

  if (change.state !== undefined) write('state', { S: change.state })
  if (change.session !== undefined) {
    const { value } = change.session
    write('session', value === undefined ? undefined : { S: toJsonText(value) })
  }
  if (change.pending !== undefined) write('pending', change.pending === null ? undefined : { S: toJsonText(change.pending) })
  if (change.claim !== undefined) {
    write('claimBy', change.claim === null ? undefined : { S: change.claim.by })
    write('claimUntil', change.claim === null ? undefined : { N: String(change.claim.until) })
  }
  const update = [
    ...(sets.length === 0 ? [] : [`SET ${sets.join(', ')}`]),
    ...(removals.length === 0 ? [] : [`REMOVE ${removals.join(', ')}`]),
  ].join(' ')
  return { condition: conditions.join(' AND '), ...(update === '' ? {} : { update }), names, values }
}
