/** Building blocks of this area's programs; constants are shared, so that examples are recognised as generated. */
import fc from 'fast-check'
import type { ConnectionFaults, PlatformEvent, PostFault } from '../../../spec/platform.ts'
import type { Op } from '../../../spec/probe/ops.ts'
import type { ClientSpec, PlatformAct, Program, Step, StoreFault } from '../../program.ts'

const always = <T>(value: T): fc.Arbitrary<T> => fc.constant(value)

/** An act: awaited unless `wait` is false, which is as frequent. */
export const acts = (client: fc.Arbitrary<number>, ops: fc.Arbitrary<Op[]>): fc.Arbitrary<Step> =>
  fc.record(
    { do: always('act' as const), client, ops, wait: always(false as const) },
    { requiredKeys: ['do', 'client', 'ops'] },
  ) as fc.Arbitrary<Step>

/** Steps that name only a client. */
export const of = <D extends 'close' | 'vanish' | 'connect'>(what: D, client: fc.Arbitrary<number>): fc.Arbitrary<Step> =>
  fc.record({ do: always(what), client }) as fc.Arbitrary<Step>

/** A step that asks the platform for something about one client's connection. */
export const platform = (client: fc.Arbitrary<number>, ...what: PlatformAct[]): fc.Arbitrary<Step> =>
  fc.record({ do: always('platform' as const), what: fc.constantFrom(...what), client }) as fc.Arbitrary<Step>

export const idle: fc.Arbitrary<Step> = fc.record({ do: always('idle' as const) })
export const sweep: fc.Arbitrary<Step> = fc.record({ do: always('sweep' as const) })

/** The clock goes on; programs with it have a system of their own, so they are few. */
export const advance = (...seconds: number[]): fc.Arbitrary<Step> =>
  fc.record({ do: always('advance' as const), seconds: fc.constantFrom(...seconds) }) as fc.Arbitrary<Step>

export const stores = (fault: fc.Arbitrary<StoreFault>, ...times: number[]): fc.Arbitrary<Step> =>
  fc.record({ do: always('stores' as const), fault, times: fc.constantFrom(...times) }) as fc.Arbitrary<Step>

/** A publish of the host's. */
export const hosted = (topic: fc.Arbitrary<string> = fc.constantFrom('t', 'u')): fc.Arbitrary<Step> =>
  fc.record({ do: always('publish' as const), topic, exclude: always(null) }) as fc.Arbitrary<Step>

/** How the first posts to a connection are answered, one after another. */
export const answers = (...answer: (PostFault | null)[]): fc.Arbitrary<(PostFault | null)[]> =>
  fc.array(fc.constantFrom(...answer), { minLength: 1, maxLength: 3 })

/** No phases. */
export const noPhases = fc.tuple()

/** Where an invocation for one of these events dies. */
export const kill = (...events: PlatformEvent[]): fc.Arbitrary<ConnectionFaults['kill']> =>
  fc.record({
    event: fc.constantFrom(...events),
    request: fc.constantFrom(1, 2, 3, 4, 5, 6),
    when: fc.constantFrom('before' as const, 'after' as const),
  })

/** Where an invocation for this event dies: at one of these requests. */
export const killAt = (event: PlatformEvent, ...requests: number[]): fc.Arbitrary<ConnectionFaults['kill']> =>
  fc.record({
    event: always(event),
    request: fc.constantFrom(...requests),
    when: fc.constantFrom('before' as const, 'after' as const),
  })

/** A subscribe, awaited. */
export const subscribes = (topic: fc.Arbitrary<string> = fc.constantFrom('t', 'u')): fc.Arbitrary<Op> =>
  fc.record({ op: always('subscribe' as const), topic }) as fc.Arbitrary<Op>

/** An operation of this name and nothing else. */
export const named = <N extends 'send' | 'return' | 'look' | 'close'>(op: N): fc.Arbitrary<Op> =>
  fc.record({ op: always(op) }) as fc.Arbitrary<Op>

/** A send, subscribe… that may be left unawaited. */
export const unawaited = (op: 'send' | 'close'): fc.Arbitrary<Op> =>
  fc.record(
    { op: always(op), mode: fc.constantFrom('track' as const, 'float' as const) },
    { requiredKeys: ['op'] },
  ) as fc.Arbitrary<Op>

/** A subscribe or unsubscribe of the channel's own, awaited or not. */
export const change = (
  op: 'subscribe' | 'unsubscribe',
  topic: fc.Arbitrary<string> = fc.constantFrom('t', 'u'),
): fc.Arbitrary<Op> =>
  fc.record(
    { op: always(op), topic, mode: fc.constantFrom('track' as const, 'float' as const) },
    { requiredKeys: ['op', 'topic'] },
  ) as fc.Arbitrary<Op>

/** A publish to everybody, awaited or not. */
export const publish: fc.Arbitrary<Op> = fc.record(
  {
    op: always('publish' as const),
    topic: fc.constantFrom('t', 'u'),
    exclude: always(null),
    mode: fc.constantFrom('track' as const, 'float' as const),
  },
  { requiredKeys: ['op', 'topic', 'exclude'] },
) as fc.Arbitrary<Op>

export const turn: fc.Arbitrary<Op> = fc.record({ op: always('turn' as const), times: fc.constantFrom(1, 3) }) as fc.Arbitrary<Op>

export const thrown: fc.Arbitrary<Op> = fc.record(
  {
    op: always('throw' as const),
    error: fc.constantFrom('error' as const, 'public' as const, 'undefined' as const),
    late: always(true),
  },
  { requiredKeys: ['op', 'error'] },
) as fc.Arbitrary<Op>

export const script = (op: fc.Arbitrary<Op>, most = 3): fc.Arbitrary<Op[]> => fc.array(op, { minLength: 0, maxLength: most })

/** Clients whose connections are their own, with scripts and faults; every setting but the channel may be missing. */
export function clients(parts: {
  channel?: fc.Arbitrary<string>
  connect?: fc.Arbitrary<Op[]>
  disconnect?: fc.Arbitrary<Op[]>
  faults?: fc.Arbitrary<ConnectionFaults>
  late?: boolean
}): fc.Arbitrary<ClientSpec> {
  const { channel = always('main'), connect, disconnect, faults, late } = parts
  const record = {
    channel,
    fresh: always(true),
    ...(connect && { connect }),
    ...(disconnect && { disconnect }),
    ...(faults && { faults }),
    ...(late === true && { late: always(true) }),
  }
  return fc.record(record, { requiredKeys: ['channel'] }) as fc.Arbitrary<ClientSpec>
}

/** A program of these clients whose steps follow one another. */
export const sequence = (clients: ClientSpec[], ...prefix: Step[]): Program => ({ clients, prefix, phases: [] })

/** For examples. */
export const act = (client: number, ...ops: Op[]): Step => ({ do: 'act', client, ops })
export const send: Op = { op: 'send' }
export const returns: Op = { op: 'return' }
export const look: Op = { op: 'look' }
export const sub = (topic = 't'): Op => ({ op: 'subscribe', topic })
export const pub = (topic = 't'): Op => ({ op: 'publish', topic, exclude: null })
export const host = (topic = 't'): Step => ({ do: 'publish', topic, exclude: null })
