/** Small JSON values for messages: those that careless code mistakes for nothing, and nested ones. */
import fc from 'fast-check'
import type { Json } from '../../../spec/values.ts'

const scalar = fc.constantFrom<Json[]>(null, true, false, 0, 7, -1.5, '', 'text', '7')

/** Any of them. */
export const smallJson: fc.Arbitrary<Json> = fc.oneof(
  { weight: 3, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 2 }) },
  { weight: 1, arbitrary: fc.record({ kept: scalar }) },
)
