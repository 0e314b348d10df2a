/** Programs whose publishers and subscribers are served by several processes (PUB-14). */
import fc from 'fast-check'
import type { Family } from '../family.ts'
import { clientIndex } from '../parts.ts'
import { act, actOf, awaited, pub, publishOp, sequence, sub } from '../pubsub.ts'

const client = clientIndex(4)
const plain = { channel: 'main' }
/** Which process handles what is the platform's to choose. */
const spread = { workers: 3 }

export const publishingProcesses: Family = {
  name: 'publishing/processes',
  area: 'publishing',
  capabilities: ['distributed'],
  runs: 12,
  arbitrary: fc.record({
    clients: fc.array(fc.constant(plain), { minLength: 4, maxLength: 4 }),
    prefix: fc.array(actOf(client, fc.oneof(awaited('subscribe'), publishOp(4))), { minLength: 4, maxLength: 8 }),
    phases: fc.array(fc.record({ lanes: fc.array(fc.tuple(actOf(client, publishOp(4))), { minLength: 1, maxLength: 2 }) }), {
      minLength: 0,
      maxLength: 1,
    }),
    system: fc.constant(spread),
  }),
  examples: {
    'PUB-14 other processes': {
      ...sequence([plain, plain, plain, plain], ...[0, 1, 2, 3].map((index) => act(index, sub())), act(0, pub()), act(1, pub())),
      system: spread,
    },
  },
}
