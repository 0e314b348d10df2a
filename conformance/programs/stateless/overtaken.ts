/** Programs whose disconnect comes before its connect has completed (STATELESS-17). */
import fc from 'fast-check'
import type { ConnectionFaults } from '../../../spec/platform.ts'
import type { ClientSpec, Program } from '../../program.ts'
import type { Family } from '../family.ts'
import { program } from '../parts.ts'
import {
  act,
  acts,
  change,
  clients,
  host,
  hosted,
  idle,
  look,
  named,
  of,
  platform,
  script,
  sequence,
  sub,
  thrown,
  turn,
  unawaited,
} from './parts.ts'

const me = fc.constant(0)
const faults: fc.Arbitrary<ConnectionFaults> = fc.record(
  {
    disconnect: fc.constantFrom('early' as const, 'overtaking' as const, 'overtaking' as const, 'overtaking' as const),
    connect: fc.constantFrom('twice' as const, 'again' as const),
  },
  { requiredKeys: ['disconnect'] },
) as fc.Arbitrary<ConnectionFaults>
const connect = fc.oneof(
  { weight: 3, arbitrary: script(fc.oneof(change('subscribe'), unawaited('send'), turn)) },
  { weight: 4, arbitrary: fc.tuple(fc.oneof(change('subscribe'), turn), thrown) },
  { weight: 1, arbitrary: fc.tuple(fc.record({ op: fc.constant('subscribe' as const), topic: fc.constantFrom('t', 'u') })) },
)
const step = fc.oneof(
  { weight: 2, arbitrary: acts(me, script(named('look'), 1)) },
  { weight: 2, arbitrary: hosted() },
  { weight: 2, arbitrary: of('connect', me) },
  { weight: 1, arbitrary: platform(me, 'repeat connect', 'repeat disconnect', 'release') },
  { weight: 1, arbitrary: idle },
)

const overtaken = (...connect: ClientSpec['connect'] & object): ClientSpec => ({
  channel: 'main',
  connect,
  faults: { disconnect: 'overtaking' },
})
const listener: ClientSpec = { channel: 'main', connect: [sub()] }
/** Again and again: where in the connect the disconnect comes differs each time. */
const thrice = (client: ClientSpec): Program =>
  sequence([client, listener], { do: 'connect', client: 0 }, { do: 'connect', client: 0 }, host(), { do: 'idle' })

export const overtakenFamily: Family = {
  name: 'stateless/overtaken',
  area: 'stateless',
  capabilities: ['stateless'],
  runs: 130,
  arbitrary: program({
    clients: fc.tuple(
      clients({ connect, disconnect: script(fc.oneof(named('look'), turn), 1), faults }),
      clients({ connect: script(fc.record({ op: fc.constant('subscribe' as const), topic: fc.constantFrom('t', 'u') }), 1) }),
    ),
    prefix: fc.array(step, { minLength: 1, maxLength: 5 }),
    step,
    lanes: 1,
    phases: 1,
  }),
  examples: {
    'STATELESS-17 before the connect': sequence(
      [{ channel: 'main', connect: [sub()], faults: { disconnect: 'early' } }, listener],
      host(),
      act(0, look),
    ),
    'STATELESS-17 onDisconnect follows': thrice(overtaken(sub())),
    'STATELESS-17 not after a failure': thrice(overtaken({ op: 'subscribe', topic: 't' }, { op: 'throw', error: 'error' })),
    'STATELESS-17 not alive': thrice(overtaken({ op: 'turn', times: 3 })),
  },
}
