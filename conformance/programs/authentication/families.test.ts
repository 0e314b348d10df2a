import { expect, test } from 'vitest'
import { authentication } from '../../../spec/requirements/authentication/index.ts'
import { authenticationFamilies } from './index.ts'

test.each(
  authenticationFamilies.flatMap((family) =>
    Object.entries(family.examples).map(([name, program]) => ({ name, program, family })),
  ),
)('the example of $name lies within its family, so that it shrinks', ({ program, family }) =>
  expect(family.arbitrary.canShrinkWithoutContext(program)).toBe(true),
)

test('every clause has an example', () => {
  const examples = authenticationFamilies.flatMap((family) => Object.keys(family.examples))
  const clauses = authentication.flatMap(({ id, clauses: of }) => Object.keys(of).map((clause) => `${id} ${clause}`))
  expect(
    clauses.filter((clause) => !examples.some((example) => example === clause || example.startsWith(`${clause}, `))),
  ).toEqual([])
})
