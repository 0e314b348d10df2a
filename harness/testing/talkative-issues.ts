/**
 * The ws system with one thing more in every issue of a validation error than the wire format has: what schema libraries
 * put there. It was first seen as a difference from a system that does without.
 */
import type { System } from '../../spec/system.ts'
import { buildMutant } from '../mutants/build.ts'

const system: System = await buildMutant({
  name: 'talkative-issues',
  area: 'validation',
  base: 'ws',
  expected: 'VALID-01',
  also: {},
  standsFor: 'the issues of a schema library sent as they are',
  edits: [
    {
      file: 'adapters/runtime/encode.ts',
      find: 'reply.issues = error.issues',
      replace: "reply.issues = error.issues.map((issue) => ({ ...issue, code: 'custom' }))",
    },
  ],
})
export default system
