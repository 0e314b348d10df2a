/**
 * Invocations that end anywhere, and writes whose answer is lost: what a protocol needs its expiry rows, leases, repairs
 * and tokens for. The examples are the shortest programs that miss one of them.
 */
import fc from 'fast-check'
import type { ConnectionFaults, PlatformEvent } from '../../../spec/platform.ts'
import type { Op } from '../../../spec/probe/ops.ts'
import type { ClientSpec, Program, Step } from '../../program.ts'
import type { Family } from '../../programs/family.ts'
import { act, acts, host, idle, kill, named, of, script, send, stores, sub, sweep } from '../../programs/stateless/parts.ts'
import { again, changes, close, ends, lanes, listener, publishes, raceFamily, racer, setSession, subscribe } from './parts.ts'

const first = fc.constant(0)
const fate = fc.constantFrom('twice', 'again', 'late', 'lost', 'overtaking', 'early')
const scripts = fc.oneof(
  fc.tuple(subscribe),
  fc.tuple(named('send'), named('send')),
  fc.tuple(subscribe, named('send'), setSession),
  fc.tuple(named('send'), close),
)

const killed = (...events: PlatformEvent[]): fc.Arbitrary<ConnectionFaults> =>
  fc.record(
    {
      kill: kill(...events),
      disconnect: fate,
      connect: fc.constantFrom('twice', 'again'),
      deliver: fc.constantFrom('twice', 'again'),
    },
    { requiredKeys: ['kill'] },
  ) as fc.Arbitrary<ConnectionFaults>

const threeHours = 3 * 3600
const later = fc.record({
  do: fc.constant('advance' as const),
  seconds: fc.constantFrom(12, 20, 40, threeHours),
}) as fc.Arbitrary<Step>

const plain = (faults: ConnectionFaults, ...connect: Op[]): ClientSpec => ({ channel: 'main', fresh: true, connect, faults })
const dies = (event: PlatformEvent, request: number, when: 'before' | 'after' = 'after'): ConnectionFaults => ({
  kill: { event, request, when },
})
const staying: ClientSpec = { channel: 'main', connect: [sub()] }
const example = (clients: ClientSpec[], ...prefix: Step[]): Program => ({ clients, prefix, phases: [], schedule: [] })
const swept: Step[] = [{ do: 'advance', seconds: threeHours }, { do: 'sweep' }, { do: 'idle' }]
/** Longer than a lease lasts, at six tries a message. */
const throttledForLong: ConnectionFaults['posts'] = Array(36).fill('throttled')
/** Nine messages, each of them accepted at its last try: they take longer than a lease. */
const throttledOften: ConnectionFaults['posts'] = Array(9)
  .fill(['throttled', 'throttled', 'throttled', 'throttled', 'throttled', null])
  .flat()
/** The entry that publishes read is written before what a removal finds it by. */
const entryFirst: number[] = [0, 1]
const hangsUp: Step = { do: 'close', client: 0 }

const lost = fc.constantFrom('answer lost' as const, 'answer lost' as const, 'throttled' as const)

/** What the examples are made of. */
const steps = fc.oneof(
  { weight: 3, arbitrary: acts(first, script(fc.oneof(named('send'), named('look'), subscribe), 2)) },
  { weight: 2, arbitrary: ends },
  of('connect', first),
  again,
  idle,
  later,
  sweep,
  publishes,
  stores(lost, 1, 2, 3, 4, 8),
)

const crashes = raceFamily('crashes', {
  runs: 150,
  sequence: steps,
  clients: fc.tuple(racer(killed('connect', 'message', 'disconnect', 'deliver', 'sweep'), scripts, true), listener),
  race: fc.oneof(
    lanes(of('connect', first), acts(first, changes), ends),
    lanes(of('connect', first), ends, again, publishes),
    lanes(fc.constant({ do: 'connect', client: 0 }), acts(first, changes), later),
    lanes(fc.constant({ do: 'connect', client: 0 }), ends, later, sweep),
  ),
  examples: {
    'a connect that died is swept': example([plain(dies('connect', 2), sub())], ...swept),
    'a connect that died in onConnect is swept': example([plain(dies('connect', 4), sub())], ...swept),
    'a row alone is swept': example([plain(dies('connect', 1))], ...swept),
    'a remover that died is cleaned up after': example(
      [plain({ ...dies('disconnect', 2) }, sub()), staying],
      hangsUp,
      { do: 'idle' },
      { do: 'platform', what: 'repeat disconnect', client: 0 },
    ),
    'a remover that died later is swept after': example(
      [plain({ ...dies('disconnect', 3) }, sub())],
      hangsUp,
      { do: 'idle' },
      ...swept,
    ),
    'an entry alone is tried once': {
      ...example(
        [plain({ ...dies('message', 4), disconnect: 'lost' }), staying],
        act(0, sub()),
        { do: 'vanish', client: 0 },
        { do: 'idle' },
        host(),
        { do: 'idle' },
        host(),
      ),
      schedule: entryFirst,
    },
    'a lease that ends loses no close': example(
      [plain({ posts: throttledForLong }, send, send, send, send, send, send, { op: 'close' })],
      { do: 'idle' },
    ),
    'nothing is posted behind a lease': example([plain({ posts: throttledOften }, ...Array(9).fill(send))], {
      do: 'act',
      client: 0,
      ops: [],
    }),
    'a lease that ends lets messages go on': example(
      [plain({ posts: throttledForLong }, send, send, send, send, send, send)],
      act(0, send),
    ),
    'a remover that died is swept after': example(
      [plain({ ...dies('disconnect', 2) }, sub())],
      hangsUp,
      { do: 'idle' },
      ...swept,
    ),
    'what it left is tried once': example(
      [plain({ ...dies('disconnect', 2) }, sub()), staying],
      act(0, send),
      hangsUp,
      { do: 'idle' },
      host(),
      host(),
    ),
    'a delivery that died holds up no message': example(
      [plain({ ...dies('deliver', 2) }, send, send)],
      { do: 'idle' },
      act(0, send),
    ),
    'a delivery that died loses no close': example(
      [plain({ ...dies('deliver', 2) }, send, { op: 'close' })],
      { do: 'advance', seconds: 20 },
      { do: 'idle' },
    ),
  },
})

const lostAnswers = raceFamily('lost answers', {
  runs: 100,
  sequence: steps,
  clients: fc.tuple(
    racer(
      fc.record(
        { disconnect: fate, connect: fc.constantFrom('twice', 'again'), deliver: fc.constantFrom('twice', 'again') },
        { requiredKeys: [] },
      ) as fc.Arbitrary<ConnectionFaults>,
      scripts,
      true,
    ),
    listener,
  ),
  prefix: fc.array(stores(lost, 1, 2, 3, 4, 5, 6), { maxLength: 1 }),
  race: fc.oneof(
    lanes(of('connect', first), ends),
    lanes(of('connect', first), ends, stores(lost, 1, 2, 4)),
    lanes(of('connect', first), acts(first, changes), stores(lost, 1, 3), ends),
    lanes(of('connect', first), again, stores(lost, 1, 3), publishes),
    lanes(of('connect', first), acts(first, changes), stores(lost, 1, 2)),
  ),
  examples: {
    'only the mark is lost': example(
      [plain({}, sub())],
      act(0, send),
      { do: 'idle' },
      { do: 'stores', fault: 'answer lost', times: 2 },
      hangsUp,
    ),
    'its own mark is known': example([plain({}, sub())], act(0, send), { do: 'stores', fault: 'answer lost', times: 4 }, hangsUp),
    'its own record is known': example(
      [{ channel: 'main', connect: [sub(), send], late: true }],
      { do: 'stores', fault: 'answer lost', times: 2 },
      { do: 'connect', client: 0 },
      hangsUp,
    ),
    'its own completion is known': example(
      [{ ...plain({}), late: true }],
      { do: 'stores', fault: 'answer lost', times: 3 },
      { do: 'connect', client: 0 },
      act(0, send),
      hangsUp,
    ),
    'its own completion is known, though its connection has ended meanwhile': {
      clients: [{ channel: 'main', late: true, faults: { disconnect: 'overtaking' } }],
      prefix: [{ do: 'stores', fault: 'answer lost', times: 5 }],
      phases: [{ lanes: [[{ do: 'connect', client: 0 }]] }],
      schedule: [0, 0, 0, 0, 1],
    },
    'its own claim is known': example(
      [{ ...plain({}, send), late: true }],
      { do: 'stores', fault: 'answer lost', times: 8 },
      { do: 'connect', client: 0 },
      { do: 'idle' },
      act(0, send),
    ),
  },
})

/** Crashes, and answers that are lost. */
export const crashFamilies: readonly Family[] = [crashes, lostAnswers]
