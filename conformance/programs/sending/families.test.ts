import { expect, test } from 'vitest'
import { sending } from '../../../spec/requirements/sending/index.ts'
import { sendingFamilies } from './index.ts'

test.each(
  sendingFamilies.flatMap((family) =>
    Object.entries(family.examples).map(([name, program]) => ({
      name,
      program,
      family,
    })),
  ),
)('the example of $name lies within its family, so that it shrinks', ({ program, family }) =>
  expect(family.arbitrary.canShrinkWithoutContext(program)).toBe(true),
)

test('every clause has an example', () => {
  const examples = sendingFamilies.flatMap((family) => Object.keys(family.examples))
  const clauses = sending.flatMap(({ id, clauses: of }) => Object.keys(of).map((clause) => `${id} ${clause}`))
  const without = clauses.filter((clause) => !examples.some((example) => example === clause || example.startsWith(`${clause}, `)))
  // Every connection of main has an onConnect that returns nothing.
  expect(without).toEqual(['SEND-02 onConnect'])
})
