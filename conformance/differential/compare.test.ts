import { expect, test } from 'vitest'
import { requirementById } from '../../spec/requirements/index.ts'
import type { Json } from '../../spec/values.ts'
import { differences } from './compare.ts'
import { type Field, type Outcome, type Rule, rules } from './fields.ts'

const outcome = (values: Record<string, Json>): Outcome =>
  new Map(Object.entries(values).map(([name, value]): [string, Field] => [name, { kind: 'replies', name, value }]))

test('what both decided, steadily and not alike, is a difference', () => {
  const a = [outcome({ x: 1, y: 1 }), outcome({ x: 1, y: 1 })]
  expect(differences(a, [outcome({ x: 2, y: 1 }), outcome({ x: 2, y: 1 })])).toEqual([
    { kind: 'replies', name: 'x', values: [1, 2] },
  ])
})

test('what one system does now so, now otherwise, is none', () => {
  expect(differences([outcome({ x: 1 }), outcome({ x: 1 })], [outcome({ x: 2 }), outcome({ x: 1 })])).toEqual([])
  expect(differences([outcome({ x: 1 }), outcome({ x: 2 })], [outcome({ x: 3 }), outcome({ x: 3 })])).toEqual([])
})

test('what one of the runs left undecided is none', () => {
  expect(differences([outcome({ x: 1 })], [outcome({ y: 2 })])).toEqual([])
  expect(differences([outcome({ x: 1 }), outcome({})], [outcome({ x: 2 }), outcome({ x: 2 })])).toEqual([])
  expect(differences([outcome({})], [outcome({ x: 2 })])).toEqual([])
})

test('the order of keys is none, the order of lists is one', () => {
  expect(differences([outcome({ x: { a: 1, b: [1, 2] } })], [outcome({ x: { b: [1, 2], a: 1 } })])).toEqual([])
  expect(differences([outcome({ x: [1, 2] })], [outcome({ x: [2, 1] })])).toHaveLength(1)
})

test('every rule names requirements that there are', () => {
  const named = Object.values<Rule>(rules).flatMap(({ requirements }) => requirements)
  expect(named.length).toBeGreaterThan(Object.keys(rules).length)
  expect(named.filter((id) => requirementById(id) === undefined)).toEqual([])
})
