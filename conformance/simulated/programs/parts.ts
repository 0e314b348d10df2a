/** Building blocks of simulated programs. */
import fc from 'fast-check'
import type { ConnectionFaults } from '../../../spec/platform.ts'
import type { Op } from '../../../spec/probe/ops.ts'
import type { ClientSpec, Phase, Program, Step } from '../../program.ts'
import type { Family } from '../../programs/family.ts'
import { acts, change, clients, hosted, named, of, platform, script } from '../../programs/stateless/parts.ts'
import { schedule } from '../choices.ts'

/** Most programs have one topic: what races meets. */
export const topic = fc.constantFrom('t', 't', 't', 'u')

export const subscribe: fc.Arbitrary<Op> = fc.record({ op: fc.constant('subscribe' as const), topic })
export const publish: fc.Arbitrary<Op> = fc.record({ op: fc.constant('publish' as const), topic, exclude: fc.constant(null) })
export const setSession: fc.Arbitrary<Op> = fc.record({ op: fc.constant('session.set' as const) })
export const close: fc.Arbitrary<Op> = named('close')

/** What a handler does to subscriptions, awaited or not. */
export const changes = script(
  fc.oneof({ weight: 3, arbitrary: change('subscribe', topic) }, change('unsubscribe', topic), named('look')),
  2,
)

const first = fc.constant(0)

/** Ways for the first client to end. */
export const ends: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: of('close', first) },
  { weight: 2, arbitrary: of('vanish', first) },
  { weight: 2, arbitrary: acts(first, fc.tuple(close)) },
)

/** A publish: of the second client, or of the host. */
export const publishes: fc.Arbitrary<Step> = fc.oneof(acts(fc.constant(1), fc.tuple(publish)), hosted(topic))

/** Has the platform repeat what came to the first client, or give what it held back. */
export const again: fc.Arbitrary<Step> = platform(
  first,
  'repeat disconnect',
  'repeat connect',
  'repeat message',
  'repeat deliver',
  'release',
)

/** A client with everything a race may need; every setting but the channel may be missing. */
export function racer(
  faults: fc.Arbitrary<ConnectionFaults>,
  connect: fc.Arbitrary<Op[]>,
  late = false,
): fc.Arbitrary<ClientSpec> {
  return clients({ connect, disconnect: script(fc.oneof(publish, named('look')), 1), faults, late })
}

/** One that subscribes and stays. */
export const listener: fc.Arbitrary<ClientSpec> = clients({ connect: fc.tuple(subscribe) })

/** Lanes side by side, each with one step or two. */
export const lanes = (...steps: fc.Arbitrary<Step>[]): fc.Arbitrary<Phase> =>
  fc.record({ lanes: fc.tuple(...steps.map((step) => fc.array(step, { minLength: 1, maxLength: 2 }))) }) as fc.Arbitrary<Phase>

/** When all is over, two publishes one after another: what they try is what a race has left. */
const aftermath: fc.Arbitrary<Phase> = fc.record({
  lanes: fc.tuple(
    fc.tuple(
      fc.record({ do: fc.constant('idle' as const) }),
      hosted(fc.constant('t')),
      fc.record({ do: fc.constant('idle' as const) }),
      hosted(fc.constant('t')),
    ),
  ),
}) as fc.Arbitrary<Phase>

/** When all is over, nothing: what a race has left is left to be seen. */
const rest: fc.Arbitrary<Phase> = fc.record({
  lanes: fc.tuple(fc.tuple(fc.record({ do: fc.constant('idle' as const) }))),
}) as fc.Arbitrary<Phase>

/** A family of races of serverless systems; its programs carry their schedules. */
export function raceFamily(
  name: string,
  parts: {
    clients: fc.Arbitrary<ClientSpec[]>
    prefix?: fc.Arbitrary<Step[]>
    race: fc.Arbitrary<Phase>
    /** Steps one after another, in some programs in place of the race. */
    sequence?: fc.Arbitrary<Step>
    runs: number
    examples?: Readonly<Record<string, Program>>
  },
): Family {
  const none: fc.Arbitrary<Step[]> = fc.tuple()
  const { clients, sequence } = parts
  const races = fc.record({
    clients,
    prefix: parts.prefix ?? none,
    phases: fc.tuple(parts.race, fc.oneof({ weight: 2, arbitrary: aftermath }, { weight: 1, arbitrary: rest })),
    schedule,
  }) as fc.Arbitrary<Program>
  const sequences = fc.record({
    clients,
    prefix: fc.array(sequence ?? fc.constant({ do: 'idle' as const }), { maxLength: 7 }),
    phases: fc.tuple(),
    schedule,
  }) as fc.Arbitrary<Program>
  return {
    name: `simulated/${name}`,
    area: 'stateless',
    capabilities: ['stateless'],
    runs: parts.runs,
    arbitrary: sequence === undefined ? races : fc.oneof({ weight: 4, arbitrary: races }, { weight: 1, arbitrary: sequences }),
    examples: parts.examples ?? {},
  }
}
