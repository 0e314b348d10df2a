/** Building blocks of programs for systems with a platform beneath; constants are shared, so that examples are recognised as generated. */
import fc from 'fast-check'
import type { ConnectionFaults } from '../../../spec/platform.ts'
import type { Op } from '../../../spec/probe/ops.ts'
import type { ClientSpec, PlatformAct, Step } from '../../program.ts'
import { topicName } from '../parts.ts'

/** A client that connects to `main`; each fault, script and query may be missing. */
export function faultyClient(
  faults: fc.Arbitrary<ConnectionFaults>,
  scripts: Partial<ClientScripts> = {},
): fc.Arbitrary<ClientSpec> {
  return fc.record(
    { channel: fc.constant('main'), fresh: fc.constant(true), faults, ...scripts },
    { requiredKeys: ['channel', 'fresh'] },
  ) as fc.Arbitrary<ClientSpec>
}

interface ClientScripts {
  connect: fc.Arbitrary<Op[]>
  disconnect: fc.Arbitrary<Op[]>
  query: fc.Arbitrary<string>
  late: fc.Arbitrary<true>
}

/** Any of these faults, or none. */
export function faults(
  of: { [K in keyof ConnectionFaults]?: fc.Arbitrary<NonNullable<ConnectionFaults[K]>> },
): fc.Arbitrary<ConnectionFaults> {
  return fc.record(of, { requiredKeys: [] }) as fc.Arbitrary<ConnectionFaults>
}

/** Has the platform do something with one of these clients' connections. */
export const asks = (client: fc.Arbitrary<number>, ...what: PlatformAct[]): fc.Arbitrary<Step> =>
  fc.record({ do: fc.constant('platform' as const), what: fc.constantFrom(...what), client })

export const sweep: fc.Arbitrary<Step> = fc.record({ do: fc.constant('sweep' as const) })
export const idle: fc.Arbitrary<Step> = fc.record({ do: fc.constant('idle' as const) })

/** The clock goes on: past the connect's limit, within the day in which events are repeated, or past every expiry. */
export const advance = (...seconds: number[]): fc.Arbitrary<Step> =>
  fc.record({ do: fc.constant('advance' as const), seconds: fc.constantFrom(...seconds) })

/** A publish of the host's to everybody. */
export const hostPublish: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('publish' as const),
  topic: topicName,
  exclude: fc.constant(null),
})

export const subscribe: fc.Arbitrary<Op> = fc.record({ op: fc.constant('subscribe' as const), topic: topicName })
export const publish: fc.Arbitrary<Op> = fc.record({
  op: fc.constant('publish' as const),
  topic: topicName,
  exclude: fc.constant(null),
})
export const look: fc.Arbitrary<Op> = fc.record({ op: fc.constant('look' as const) })
export const setSession: fc.Arbitrary<Op> = fc.record({ op: fc.constant('session.set' as const) })
export const hold: fc.Arbitrary<Op> = fc.record({ op: fc.constant('hold' as const), gate: fc.constant('g') })
export const openGate: fc.Arbitrary<Step> = fc.record({ do: fc.constant('open gate' as const), gate: fc.constant('g') })

/** For examples. */
export const plain = (of: Partial<ClientSpec> = {}): ClientSpec => ({ channel: 'main', fresh: true, ...of })
export const ask = (what: PlatformAct, client = 0): Step => ({ do: 'platform', what, client })
export const close = (client = 0): Step => ({ do: 'close', client })
export const swept: Step = { do: 'sweep' }
export const idled: Step = { do: 'idle' }
export const later = (seconds: number): Step => ({ do: 'advance', seconds })
export const gate: Step = { do: 'open gate', gate: 'g' }

/** Seconds after which every record has expired, and most of a day. */
export const threeHours = 3 * 3600
export const mostOfADay = 20 * 3600
