import type { Mutant } from './mutant.ts'

/** Defects of this area. */
export const publishingMutants: readonly Mutant[] = [
  {
    name: 'excludes-nobody',
    area: 'publishing',
    base: 'ws',
    expected: 'PUB-02',
    also: {},
    standsFor: 'an exclusion that is accepted as an argument and never looked at',
    edits: [
      {
        file: 'adapters/ws/hub.ts',
        find: 'if (id !== excludeId) connection.deliver(frame)',
        replace: 'connection.deliver(frame)',
      },
    ],
  },
]
