import { expect, test } from 'vitest'
import { subscriptions } from '../../../spec/requirements/subscriptions/index.ts'
import { subscriptionsFamilies } from './index.ts'

test.each(subscriptionsFamilies.flatMap((family) => Object.entries(family.examples).map(([name, program]) => ({ name, program, family }))))(
  'the example of $name lies within its family, so that it shrinks',
  ({ program, family }) => expect(family.arbitrary.canShrinkWithoutContext(program)).toBe(true),
)

test('every clause has an example', () => {
  const examples = subscriptionsFamilies.flatMap((family) => Object.keys(family.examples))
  const clauses = subscriptions.flatMap(({ id, clauses: of }) => Object.keys(of).map((clause) => `${id} ${clause}`))
  expect(clauses.filter((clause) => !examples.includes(clause))).toEqual([])
})
