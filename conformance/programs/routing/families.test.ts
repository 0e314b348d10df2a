import { expect, test } from 'vitest'
import { routingFamilies } from './index.ts'

for (const family of routingFamilies) {
  test.each(Object.entries(family.examples))(`${family.name}: "%s" can be shrunk by its family`, (_clause, program) => {
    expect(family.arbitrary.canShrinkWithoutContext(program)).toBe(true)
  })
}
