import { expect, test } from 'vitest'
import { type Capability, capabilityNames } from '../../spec/capabilities.ts'
import type { Op } from '../../spec/probe/ops.ts'
import type { Able } from '../able.ts'
import type { ClientSpec, Program, Step } from '../program.ts'
import { incomparable, isSequential } from './comparable.ts'

const programOf = (steps: Step[], client: Partial<ClientSpec> = {}): Program => ({
  clients: [{ channel: 'main', ...client }],
  prefix: steps,
  phases: [],
})
const acting = (...ops: Op[]): Program => programOf([{ do: 'act', client: 0, ops }])

const all: Able = { capabilities: capabilityNames }
const less = (...names: Capability[]): Able => ({ capabilities: capabilityNames.filter((name) => !names.includes(name)) })

test.each([
  ['plain', acting({ op: 'look' }), all, undefined],
  ['deadlines', { ...acting(), system: { stop: 1 } }, all, /deadlines/],
  ['a schedule', { ...acting(), schedule: [1] }, all, /no live connections/],
  ['a sweep', programOf([{ do: 'sweep' }]), all, /faults of a platform/],
  ['a faulty connection', programOf([], { faults: {} }), all, /faults of a platform/],
  ['a capability of one', acting({ op: 'arm', ops: [] }), less('stateful'), /does not declare stateful/],
  ['a channel of one', programOf([], { channel: 'path' }), less('pathParameters'), /pathParameters/],
  ['bytes on one', acting({ op: 'send', value: { $: 'bytes', of: '00' } }), less('binary'), /carries bytes/],
  ['bytes on both', acting({ op: 'send', value: { $: 'bytes', of: '00' } }), all, undefined],
  ['paths', programOf([], { path: '/x' }), less('stateful'), /has no paths/],
  ['a wiring', programOf([{ do: 'start', variant: 'x' }]), less('pathParameters'), /refuse different wirings/],
] as const)('%s', (_name, program, other, why) => {
  const found = incomparable(program as Program, [all, other])
  if (why === undefined) expect(found).toBeUndefined()
  else expect(found).toMatch(why)
})

test.each([
  ['one step after another', acting({ op: 'send' }, { op: 'publish', topic: 't', exclude: null, mode: 'float' }), true],
  ['lanes', { ...acting(), phases: [{ lanes: [[{ do: 'stop' }], [{ do: 'stop' }]] }] }, false],
  ['one lane', { ...acting(), phases: [{ lanes: [[{ do: 'stop' }], []] }] }, true],
  ['a step that is not waited for', programOf([{ do: 'act', client: 0, ops: [], wait: false }]), false],
  ['a handler that waits', acting({ op: 'hold', gate: 'g' }), false],
  ['armed operations', acting({ op: 'arm', ops: [] }), false],
  ['a subscribe that is not awaited', acting({ op: 'subscribe', topic: 't', mode: 'float' }), false],
  ['a script of onConnect that waits', programOf([], { connect: [{ op: 'hold', gate: 'g' }] }), false],
  ['middleware that waits', programOf([], { middleware: { outer: { before: [{ op: 'hold', gate: 'g' }] } } }), false],
  ['middleware that changes data', programOf([], { middleware: { inner: { after: [{ op: 'mutate', what: 'data' }] } } }), false],
] as const)('%s: sequential %s', (_name, program, expected) => {
  expect(isSequential(program as Program)).toBe(expected)
})
