/** Building blocks of this area's generators; constants are shared, so that examples are recognised as generated. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { ClientSpec, Step } from '../../program.ts'

/** An act of a client: awaited unless `wait` is false, which is as frequent. */
export function acts(client: fc.Arbitrary<number>, ops: fc.Arbitrary<Op[]>): fc.Arbitrary<Step> {
  return fc.record(
    { do: fc.constant('act' as const), client, ops, wait: fc.constant(false as const) },
    { requiredKeys: ['do', 'client', 'ops'] },
  )
}

/** Operations of a script, at most `most`. */
export const script = (op: fc.Arbitrary<Op>, most = 3): fc.Arbitrary<Op[]> => fc.array(op, { minLength: 0, maxLength: most })

const named = <N extends Op['op']>(op: N): fc.Arbitrary<{ op: N }> => fc.record({ op: fc.constant(op) })

export const send = named('send') as fc.Arbitrary<Op>
export const returned = named('return') as fc.Arbitrary<Op>
export const look = named('look') as fc.Arbitrary<Op>

/** A close, awaited or not. */
export const close: fc.Arbitrary<Op> = fc.record(
  { op: fc.constant('close' as const), mode: fc.constantFrom('track' as const, 'float' as const) },
  { requiredKeys: ['op'] },
)

/** A send, awaited or not. */
export const anySend: fc.Arbitrary<Op> = fc.record(
  { op: fc.constant('send' as const), mode: fc.constantFrom('track' as const, 'float' as const) },
  { requiredKeys: ['op'] },
)

export const subscribeT: fc.Arbitrary<Op> = fc.record({ op: fc.constant('subscribe' as const), topic: fc.constantFrom('t', 'u') })
export const publishT: fc.Arbitrary<Op> = fc.record({
  op: fc.constant('publish' as const),
  topic: fc.constantFrom('t', 'u'),
  exclude: fc.constant(null),
})
export const hold: fc.Arbitrary<Op> = fc.record({ op: fc.constant('hold' as const), gate: fc.constantFrom('g', 'h') })
export const turn: fc.Arbitrary<Op> = fc.record({ op: fc.constant('turn' as const), times: fc.constantFrom(1, 3) })

/** A throw of anything, at once or later. */
export const thrown: fc.Arbitrary<Op> = fc.record(
  {
    op: fc.constant('throw' as const),
    error: fc.constantFrom('error' as const, 'public' as const, 'string' as const, 'undefined' as const, 'null' as const),
    late: fc.constant(true),
  },
  { requiredKeys: ['op', 'error'] },
)

/** A step that names only a client. */
export function of<D extends 'close' | 'vanish' | 'connect' | 'pause'>(
  what: D,
  client: fc.Arbitrary<number>,
): fc.Arbitrary<Step> {
  return fc.record({ do: fc.constant(what), client }) as fc.Arbitrary<Step>
}

/** A protocol violation. */
export const violate = (client: fc.Arbitrary<number>): fc.Arbitrary<Step> =>
  fc.record({
    do: fc.constant('violate' as const),
    client,
    how: fc.constantFrom(
      'reserved bit' as const,
      'unknown opcode' as const,
      'orphan continuation' as const,
      'fragmented ping' as const,
      'long ping' as const,
    ),
  })

export const openGate: fc.Arbitrary<Step> = fc.record({ do: fc.constant('open gate' as const), gate: fc.constantFrom('g', 'h') })

/** A client with scripts; every setting may be missing. */
export function clients(parts: {
  connect: fc.Arbitrary<Op[]>
  disconnect: fc.Arbitrary<Op[]>
  late?: boolean
}): fc.Arbitrary<ClientSpec> {
  const optional = {
    connect: parts.connect,
    disconnect: parts.disconnect,
    query: fc.constantFrom(
      'room=x',
      'channelId=mine',
      'channelId=a&channelId=b&room=x',
      'channelId=',
      '__proto__=p&constructor=c',
    ),
    ...(parts.late === true ? { late: fc.constant(true) } : {}),
  }
  return fc.record(
    { channel: fc.constantFrom('main', 'open'), ...optional },
    { requiredKeys: ['channel'] },
  ) as fc.Arbitrary<ClientSpec>
}
