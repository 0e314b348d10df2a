/** Programs whose publishers and subscribers are served by several processes (PUB-14). */
import fc from 'fast-check'
import type { Family } from '../family.ts'
import { clientIndex, program } from '../parts.ts'
import { act, actOf, awaited, pub, publishOp, sequence, sub } from '../pubsub.ts'

const client = clientIndex(4)
const plain = { channel: 'main' }

export const publishingProcesses: Family = {
  name: 'publishing/processes',
  area: 'publishing',
  capabilities: ['distributed'],
  runs: 40,
  arbitrary: program({
    clients: fc.array(fc.constant(plain), { minLength: 4, maxLength: 4 }),
    prefix: fc.array(actOf(client, fc.oneof(awaited('subscribe'), publishOp(4))), { minLength: 2, maxLength: 6 }),
    step: actOf(client, publishOp(4)),
    lanes: 2,
    phases: 1,
  }),
  examples: {
    'PUB-14 other processes': sequence(
      [plain, plain, plain, plain],
      ...[0, 1, 2, 3].map((index) => act(index, sub())),
      act(0, pub()),
      act(1, pub()),
    ),
  },
}
