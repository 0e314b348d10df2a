/** Programs on the channel whose handlers have output schemas. */
import fc from 'fast-check'
import { shapedActions } from '../../../spec/probe/channels/shaped.ts'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Tagged } from '../../../spec/values.ts'
import type { ClientSpec } from '../../program.ts'
import type { Family } from '../family.ts'
import { program } from '../parts.ts'
import { actOn, mode, oneClient } from './parts.ts'
import { undefinedValue } from './values.ts'

const shapedClient: ClientSpec = { channel: 'shaped' }
const full: Tagged = { m: '*', kept: 1, passwordHash: 'no business of theirs' }
const bad: Tagged = { m: '*', bad: true }
const values = [full, full, bad, bad, 'text of *', 0]
const sent = [...values, undefinedValue]

const ops: fc.Arbitrary<Op> = fc.oneof(
  fc.record(
    {
      op: fc.constant('send' as const),
      value: fc.constantFrom(...sent),
      mode,
    },
    { requiredKeys: ['op', 'value'] },
  ),
  fc.record({
    op: fc.constant('return' as const),
    value: fc.constantFrom(...values),
  }),
)
const count = 1
const step = actOn(
  count,
  [null, ...shapedActions, 'refuse', 'refuse', 'asynchronous'],
  fc.array(ops, { minLength: 1, maxLength: 3 }),
)

/** What onConnect sends and returns goes through its own schema; what is sent besides is in order, so that errors are onConnect's. */
const greetings = [full, full, bad, { m: '*' }]
const greeting: fc.Arbitrary<ClientSpec> = fc.record({
  channel: fc.constant('shaped'),
  connect: fc.array(
    fc.oneof(
      fc.record({ op: fc.constant('return' as const), value: fc.constantFrom(...greetings) }),
      fc.record(
        { op: fc.constant('send' as const), value: fc.constantFrom(...greetings), mode },
        { requiredKeys: ['op', 'value'] },
      ),
    ),
    { minLength: 1, maxLength: 2 },
  ),
})
const greeter = (...connect: Op[]): ClientSpec => ({ channel: 'shaped', connect })
const plainly = actOn(2, [null, 'strip', 'add'], fc.array(fc.constant<Op>({ op: 'return', value: full }), { maxLength: 1 }))

export const sendingGreetings: Family = {
  name: 'sending/greetings',
  area: 'sending',
  runs: 30,
  arbitrary: program({
    clients: fc.array(greeting, { minLength: 1, maxLength: 2 }),
    prefix: fc.array(plainly, { maxLength: 2 }),
    step: plainly,
    lanes: 1,
    phases: 0,
  }),
  examples: {
    'SEND-13 what the schema returned: by onConnect': oneClient([greeter({ op: 'return', value: full })]),
    'SEND-13 what the schema returned: what onConnect sent': oneClient([greeter({ op: 'send', value: full })]),
    'SEND-13 a refused return: of onConnect': oneClient([greeter({ op: 'return', value: bad })]),
    'SEND-13 a refused send: in onConnect': oneClient([greeter({ op: 'send', value: bad })]),
  },
}

export const sendingOutput: Family = {
  name: 'sending/output',
  area: 'sending',
  runs: 70,
  arbitrary: program({
    clients: fc.array(fc.constant(shapedClient), {
      minLength: 1,
      maxLength: count,
    }),
    prefix: fc.array(step, { minLength: 1, maxLength: 5 }),
    step,
    lanes: 1,
    phases: 1,
  }),
  examples: {
    'SEND-13 what the schema returned': oneClient(
      [shapedClient],
      ['strip', [{ op: 'return', value: full }]],
      ['add', [{ op: 'send', value: full }]],
      [null, [{ op: 'return', value: full }]],
    ),
    'SEND-13 what the schema returned: null': oneClient(
      [shapedClient],
      ['empty', [{ op: 'return', value: full }]],
      ['empty', [{ op: 'send', value: full }]],
      ['add', [{ op: 'return', value: full }]],
    ),
    'SEND-04 send of undefined: behind a schema': oneClient([shapedClient], ['empty', [{ op: 'send', value: undefinedValue }]]),
    'SEND-13 a refused return': oneClient(
      [shapedClient],
      ['refuse', [{ op: 'return', value: bad }]],
      ['throwing', [{ op: 'return', value: full }]],
    ),
    'SEND-13 a refused send': oneClient(
      [shapedClient],
      ['refuse', [{ op: 'send', value: bad }]],
      ['throwing', [{ op: 'send', value: full }]],
    ),
    'SEND-13 nothing refused is sent': oneClient([shapedClient], ['refuse', [{ op: 'send', value: bad }]]),
    'SEND-13 the log has the issue': oneClient(
      [shapedClient],
      ['refuse', [{ op: 'send', value: bad }]],
      ['refuse', [{ op: 'return', value: bad }]],
    ),
    'SEND-13 an asynchronous one': oneClient(
      [shapedClient],
      [
        'asynchronous',
        [
          { op: 'send', value: full },
          { op: 'send', value: bad },
        ],
      ],
    ),
  },
}
