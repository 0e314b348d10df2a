/** Building blocks of generators. From record, array, oneof and constantFrom alone: see `family.ts`. */
import fc from 'fast-check'
import type { Op, Unlike, Who } from '../../spec/probe/ops.ts'
import type { ClientSpec, Phase, Program, Step } from '../program.ts'

/** A client that connects to `main` and does nothing by itself. */
export const plainClient: ClientSpec = { channel: 'main' }

/** One of the first `count` clients. */
export const clientIndex = (count: number): fc.Arbitrary<number> =>
  fc.constantFrom(...Array.from({ length: count }, (_, index) => index))

/** One of few topics, so that programs meet on them. */
export const topicName = fc.constantFrom('t', 'u')

/** Ways in which an id is not that of a channel. */
export const unlikes: fc.Arbitrary<Unlike> = fc.constantFrom('cut', 'longer', 'upper case', 'a space behind')

/** Whom an exclusion names: nobody, oneself, a client, or somebody nobody knows. */
export const exclusion = (clients: number): fc.Arbitrary<null | Who> =>
  fc.oneof(
    fc.constant(null),
    fc.constant('self' as const),
    fc.record({ client: clientIndex(clients) }),
    fc.record({ id: fc.constantFrom('nobody', '') }),
    fc.record({ client: clientIndex(clients), unlike: unlikes }),
  )

/** An act with these operations; `wait` false sends the next step without waiting for this one. */
export function act(
  client: fc.Arbitrary<number>,
  ops: fc.Arbitrary<Op[]>,
  wait?: fc.Arbitrary<boolean | undefined>,
): fc.Arbitrary<Step> {
  const plain = { do: fc.constant('act' as const), client, ops }
  return wait === undefined ? fc.record(plain) : fc.record({ ...plain, wait })
}

/** A subscribe, awaited. */
export const subscribe: fc.Arbitrary<Op> = fc.record({ op: fc.constant('subscribe' as const), topic: topicName })

/** An unsubscribe, awaited. */
export const unsubscribe: fc.Arbitrary<Op> = fc.record({ op: fc.constant('unsubscribe' as const), topic: topicName })

/** A publish of a payload that names it. */
export const publish = (clients: number): fc.Arbitrary<Op> =>
  fc.record({ op: fc.constant('publish' as const), topic: topicName, exclude: exclusion(clients) })

/** A program of these clients: prefix, then phases of at most `lanes` lanes. */
export function program(parts: {
  clients: fc.Arbitrary<ClientSpec[]>
  prefix: fc.Arbitrary<Step[]>
  step: fc.Arbitrary<Step>
  lanes?: number
  steps?: number
  phases?: number
}): fc.Arbitrary<Program> {
  const lane = fc.array(parts.step, { minLength: 1, maxLength: parts.steps ?? 3 })
  const phase: fc.Arbitrary<Phase> = fc.record({ lanes: fc.array(lane, { minLength: 1, maxLength: parts.lanes ?? 3 }) })
  return fc.record({
    clients: parts.clients,
    prefix: parts.prefix,
    phases: fc.array(phase, { minLength: 0, maxLength: parts.phases ?? 2 }),
  })
}
