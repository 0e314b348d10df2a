/** Programs whose bytes and texts come while a handler waits: they are kept until it is over, and their buffers may not be. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { plainClient, program } from '../parts.ts'
import { byteMessages } from './texts.ts'

const hold: Op[] = [{ op: 'hold', gate: 'g' }]
const waiting: Step = { do: 'act', client: 0, ops: hold, wait: false }
const opened: Step = { do: 'open gate', gate: 'g' }
const bytes = fc.record({ do: fc.constant('bytes' as const), client: fc.constant(0), hex: fc.constantFrom(...byteMessages) })
const text = fc.record({
  do: fc.constant('text' as const),
  client: fc.constant(0),
  text: fc.constantFrom('hello $id', '["$id"]'),
})
const step = fc.oneof(
  { weight: 1, arbitrary: fc.constant(waiting) },
  { weight: 3, arbitrary: bytes },
  { weight: 2, arbitrary: text },
  { weight: 1, arbitrary: fc.constant(opened) },
) as fc.Arbitrary<Step>

export const routingHeld: Family = {
  name: 'routing/held',
  area: 'routing',
  capabilities: ['binary'],
  runs: 10,
  arbitrary: program({
    clients: fc.tuple(fc.constant(plainClient)),
    prefix: fc.array(step, { maxLength: 12 }),
    step,
    lanes: 1,
    phases: 0,
  }),
  examples: {
    // Of one alone it is certain which it is, whatever has become of it.
    'ROUTE-09 the same bytes: one behind a handler that waits': {
      clients: [plainClient],
      prefix: [waiting, { do: 'bytes', client: 0, hex: byteMessages[2] }, opened],
      phases: [],
    },
    'ROUTE-09 the same bytes: behind a handler that waits': {
      clients: [plainClient],
      prefix: [
        waiting,
        ...byteMessages.map((hex): Step => ({ do: 'bytes', client: 0, hex })),
        { do: 'text', client: 0, text: 'hello $id' },
        opened,
      ],
      phases: [],
    },
  },
}
