/** The races that serverless channels are lost in, each a family: two or three clients, and whatever can overlap. */
import fc from 'fast-check'
import type { ConnectionFaults } from '../../../spec/platform.ts'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Family } from '../../programs/family.ts'
import { acts, advance, answers, change, named, of, publish, script, sweep } from '../../programs/stateless/parts.ts'
import { putOff } from '../schedule.ts'
import {
  again,
  changes,
  close,
  ends,
  lanes,
  listener,
  publishes,
  raceFamily,
  racer,
  setSession,
  subscribe,
  topic,
} from './parts.ts'

const first = fc.constant(0)
const some = (of: { [K in keyof ConnectionFaults]?: fc.Arbitrary<unknown> }): fc.Arbitrary<ConnectionFaults> =>
  fc.record(of, { requiredKeys: [] }) as fc.Arbitrary<ConnectionFaults>
const seldomGone = answers(null, null, 'gone')
const looks = fc.array(acts(first, fc.tuple(named('look'))), { minLength: 0, maxLength: 1 })
const subscribes = fc.tuple(subscribe)
/** The second client subscribes the first: nothing it posts meanwhile finds out that the first has gone. */
const subscribesFirst = fc.tuple(
  fc.record({ op: fc.constant('subscribe' as const), topic, who: fc.record({ client: first }) }),
) as fc.Arbitrary<Op[]>
const perhapsSubscribes = script(subscribe, 1)

const subscribeAndClose = raceFamily('subscribe and close', {
  runs: 200,
  clients: fc.tuple(racer(some({ disconnect: fc.constantFrom('twice', 'late', 'lost') }), perhapsSubscribes), listener),
  prefix: looks,
  race: fc.oneof(
    { weight: 4, arbitrary: lanes(acts(first, subscribes), ends) },
    { weight: 2, arbitrary: lanes(acts(fc.constant(1), subscribesFirst), ends) },
    lanes(acts(first, changes), ends),
    lanes(acts(first, changes), ends, publishes),
    lanes(acts(first, fc.tuple(subscribe, close)), acts(first, changes), publishes),
  ),
  examples: {
    'a channel closes while another subscribes it': {
      clients: [{ channel: 'main' }, { channel: 'main' }],
      prefix: [],
      phases: [
        {
          lanes: [
            [{ do: 'act', client: 1, ops: [{ op: 'subscribe', topic: 't', who: { client: 0 } }] }],
            [{ do: 'close', client: 0 }],
          ],
        },
        { lanes: [[{ do: 'idle' }]] },
      ],
      schedule: [0, 0, 0, 0, 0, 2],
    },
  },
})

const closeAndGone = raceFamily('close and gone', {
  runs: 100,
  clients: fc.tuple(
    racer(some({ disconnect: fc.constantFrom('twice', 'late', 'late', 'lost'), posts: seldomGone }), subscribes),
    listener,
  ),
  prefix: fc.tuple(acts(first, fc.tuple(named('look')))),
  race: fc.oneof(
    lanes(acts(first, fc.tuple(close)), publishes, publishes),
    lanes(acts(first, fc.tuple(close)), of('vanish', first), publishes),
    lanes(acts(first, fc.tuple(named('send'), close)), of('vanish', first), publishes),
  ),
})

const output = script(
  fc.oneof(
    { weight: 2, arbitrary: named('send') },
    { weight: 2, arbitrary: subscribe },
    setSession,
    named('return'),
    publish,
    close,
  ),
)

const connectAndDisconnect = raceFamily('connect and disconnect', {
  runs: 100,
  clients: fc.tuple(
    racer(
      some({
        connect: fc.constantFrom('twice', 'again'),
        disconnect: fc.constantFrom('early', 'overtaking', 'overtaking', 'twice', 'late'),
      }),
      output,
      true,
    ),
    listener,
  ),
  race: fc.oneof(
    lanes(of('connect', first), of('vanish', first)),
    lanes(of('connect', first), of('vanish', first), publishes),
    lanes(of('connect', first), again, publishes),
  ),
})

const connectAndPublish = raceFamily('connect and publish', {
  runs: 100,
  clients: fc.tuple(racer(some({ connect: fc.constantFrom('twice', 'again') }), subscribes, true), listener),
  race: fc.oneof(
    lanes(fc.constant({ do: 'connect', client: 0 }), publishes, acts(first, fc.tuple(named('look')))),
    lanes(fc.constant({ do: 'connect', client: 0 }), publishes, publishes),
  ),
  examples: {
    'a "gone" is judged when its channel has been opened since': {
      clients: [{ channel: 'main', fresh: true, late: true, connect: [{ op: 'subscribe', topic: 't' }] }],
      prefix: [],
      phases: [
        {
          lanes: [
            [
              { do: 'connect', client: 0 },
              { do: 'act', client: 0, ops: [{ op: 'look' }] },
            ],
            [{ do: 'publish', topic: 't', exclude: null }],
          ],
        },
      ],
      schedule: [putOff, 0, 0, 0, 0, 0, putOff, 0, putOff],
    },
  },
})

const sends = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(named('send'), named('send')) },
  { weight: 2, arbitrary: fc.tuple(subscribe, named('send')) },
  { weight: 1, arbitrary: fc.tuple(named('send'), close) },
)

const deliverAndMessage = raceFamily('deliver and message', {
  runs: 100,
  clients: fc.tuple(
    racer(
      some({ deliver: fc.constantFrom('twice', 'again', 'late'), posts: answers(null, null, 'throttled', 'gone') }),
      sends,
      true,
    ),
    listener,
  ),
  race: fc.oneof(
    lanes(of('connect', first), acts(first, fc.tuple(named('look')))),
    lanes(fc.constant({ do: 'connect', client: 0 }), acts(first, changes), again),
    lanes(of('connect', first), acts(first, changes), advance(1, 11)),
    lanes(of('connect', first), acts(first, changes), ends),
  ),
})

const publishAndRemove = raceFamily('publish and remove', {
  runs: 100,
  clients: fc.tuple(
    racer(some({ disconnect: fc.constantFrom('twice', 'late', 'lost'), posts: seldomGone }), subscribes),
    listener,
    listener,
  ),
  prefix: looks,
  race: fc.oneof(
    { weight: 3, arbitrary: lanes(publishes, ends, publishes) },
    { weight: 2, arbitrary: lanes(publishes, ends, acts(first, fc.tuple(change('unsubscribe')))) },
    { weight: 1, arbitrary: lanes(publishes, advance(40, 3 * 3600), sweep) },
    { weight: 1, arbitrary: lanes(publishes, sweep, sweep, again) },
  ),
})

/** One family for each of the races that are counted, and one of publishes that meet a channel before its socket is open. */
export const raceFamilies: readonly Family[] = [
  subscribeAndClose,
  closeAndGone,
  connectAndDisconnect,
  connectAndPublish,
  deliverAndMessage,
  publishAndRemove,
]
