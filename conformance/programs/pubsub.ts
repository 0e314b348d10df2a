/** Building blocks of the programs about publishing and subscribing, which need each other. */
import fc from 'fast-check'
import type { Mode, Op, Who } from '../../spec/probe/ops.ts'
import type { ClientSpec, Program, Step } from '../program.ts'
import { clientIndex, exclusion, topicName, unlikes } from './parts.ts'

export const anyMode: fc.Arbitrary<Mode> = fc.constantFrom('await', 'track', 'float')

/** Mostly awaited: what is not leaves open what must arrive. */
export const mode: fc.Arbitrary<Mode> = fc.constantFrom('await', 'await', 'await', 'track', 'float')

/** A client whose connection is its own, so that what is left of it can be looked at when it has closed. */
export const freshClient: ClientSpec = { channel: 'main', fresh: true }

/** A subscribe or unsubscribe of the channel's own. */
export const change = (of: 'subscribe' | 'unsubscribe', topic: fc.Arbitrary<string> = topicName): fc.Arbitrary<Op> =>
  fc.record({ op: fc.constant(of), topic, mode }, { requiredKeys: ['op', 'topic'] }) as fc.Arbitrary<Op>

/** A subscribe or unsubscribe of the channel's own, awaited. */
export const awaited = (of: 'subscribe' | 'unsubscribe'): fc.Arbitrary<Op> =>
  fc.record({ op: fc.constant(of), topic: topicName }) as fc.Arbitrary<Op>

/** A subscribe or unsubscribe of a client's channel, or of an id nobody has. */
export const foreignChange = (of: 'subscribe' | 'unsubscribe', clients: number): fc.Arbitrary<Op> => {
  const who: fc.Arbitrary<Who> = fc.oneof(
    { weight: 3, arbitrary: fc.record({ client: clientIndex(clients) }) },
    { weight: 1, arbitrary: fc.record({ id: fc.constantFrom('nobody', '') }) },
    { weight: 1, arbitrary: fc.record({ client: clientIndex(clients), unlike: unlikes }) },
  )
  return fc.record({ op: fc.constant(of), topic: topicName, who }) as fc.Arbitrary<Op>
}

/** A publish, awaited or not, with an exclusion of any kind. */
export const publishOp = (
  clients: number,
  exclude: fc.Arbitrary<null | Who> = exclusion(clients),
  how: fc.Arbitrary<Mode> = mode,
): fc.Arbitrary<Op> =>
  fc.record(
    { op: fc.constant('publish' as const), topic: topicName, exclude, mode: how },
    { requiredKeys: ['op', 'topic', 'exclude'] },
  )

/** A publish of the host's. */
export const hostPublish = (clients: number): fc.Arbitrary<Step> => {
  const exclude = fc.oneof(
    { weight: 2, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.record({ client: clientIndex(clients) }) },
    { weight: 1, arbitrary: fc.record({ id: fc.constantFrom('nobody', '') }) },
  )
  return fc.record({ do: fc.constant('publish' as const), topic: topicName, exclude }) as fc.Arbitrary<Step>
}

/** An act of one client with these operations. */
export function actOf(client: fc.Arbitrary<number>, op: fc.Arbitrary<Op>, most = 3, wait?: false): fc.Arbitrary<Step> {
  const record = {
    do: fc.constant('act' as const),
    client,
    ops: fc.array(op, { minLength: 1, maxLength: most }),
    wait: fc.constant(false),
  }
  return fc.record(record, {
    requiredKeys: wait === false ? ['do', 'client', 'ops', 'wait'] : ['do', 'client', 'ops'],
  }) as fc.Arbitrary<Step>
}

/** An act of one client with operations that belong together. */
export function actWith(client: fc.Arbitrary<number>, ops: fc.Arbitrary<Op[]>): fc.Arbitrary<Step> {
  return fc.record({ do: fc.constant('act' as const), client, ops }) as fc.Arbitrary<Step>
}

/** For examples: an act, and the operations there are most of. */
export const act = (client: number, ...ops: Op[]): Step => ({ do: 'act', client, ops })
export const sub = (topic = 't'): Op => ({ op: 'subscribe', topic })
export const unsub = (topic = 't'): Op => ({ op: 'unsubscribe', topic })
export const pub = (topic = 't', exclude: null | Who = null): Op => ({ op: 'publish', topic, exclude })
export const hosted = (topic = 't'): Step => ({ do: 'publish', topic, exclude: null })

/** A program of these clients whose steps follow one another. */
export const sequence = (clients: ClientSpec[], ...prefix: Step[]): Program => ({ clients, prefix, phases: [] })
