/** Hubs that mistake the receivers which the application has registered. */
import type { Edit, Mutant } from '../mutant.ts'

const common = { area: 'subscriptions', base: 'ws' } as const
const localHub = (find: string, replace: string): Edit => ({ file: 'adapters/runtime/local-hub.ts', find, replace })

export const receiverMutants: readonly Mutant[] = [
  {
    ...common,
    name: 'keeps-receivers-without-their-ids',
    expected: 'SUB-11',
    also: {},
    standsFor: 'a list of functions to call: nothing tells which of them to leave out, or to take away',
    edits: [
      localHub('if (member.receive !== undefined) entry.receivers.delete(member.id)', 'if (member.receive !== undefined) return'),
      localHub('      if (id === excludeId) continue\n', ''),
    ],
  },
]
