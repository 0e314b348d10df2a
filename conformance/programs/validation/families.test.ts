import { expect, test } from 'vitest'
import { validationFamilies } from './index.ts'

for (const family of validationFamilies) {
  test.each(Object.entries(family.examples))(`${family.name}: "%s" can be shrunk by its family`, (_clause, program) => {
    expect(family.arbitrary.canShrinkWithoutContext(program)).toBe(true)
  })
}
