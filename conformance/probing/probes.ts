/**
 * How each capability is probed: by small programs, which are judged as if the capability were declared, by the clauses
 * that say most plainly what it is. And which cannot be probed, and why.
 */
import type { Capability } from '../../spec/capabilities.ts'
import type { HistoryEvent } from '../../spec/history.ts'
import type { ClientSpec, Program, Step } from '../program.ts'

/** One capability's programs, and what is looked at. */
export interface CapabilityProbe {
  capability: Capability
  /** On systems that declare `stateless` the sockets are the platform's, and what they do says nothing of the system. */
  ofSockets?: boolean
  programs: readonly Program[]
  /** What is there where it is found. */
  found: string
  /** Clauses by requirement: it is there if each program kept one and broke none. */
  clauses?: Readonly<Record<string, readonly string[]>>
  /** Where no requirement asks for it: what the history shows against it, or undefined where it is there. */
  lacks?(events: readonly HistoryEvent[]): string | undefined
}

const main: ClientSpec = { channel: 'main' }

const of = (client: ClientSpec, ...prefix: Step[]): Program => ({ clients: [client], prefix, phases: [] })

/** Then the system is stopped; what is held may go on once another handshake has been tried, for the stop has begun by then. */
const stopped = (program: Program): Program => ({
  clients: [...program.clients, { channel: 'main', late: true }],
  prefix: program.prefix,
  phases: [
    {
      lanes: [
        [{ do: 'stop' }],
        [
          { do: 'connect', client: 1 },
          { do: 'open gate', gate: 'g' },
        ],
      ],
    },
  ],
  system: { stop: 120_000 },
})

/** Every capability that shows from outside. */
export const capabilityProbes: readonly CapabilityProbe[] = [
  {
    capability: 'ordered',
    programs: [
      {
        clients: [main, { channel: 'main', fresh: true }],
        prefix: [
          { do: 'act', client: 0, ops: [{ op: 'hold', gate: 'g' }], wait: false },
          { do: 'act', client: 0, ops: [], wait: false },
          // Three answers to another client: a message that is not held up has long been taken up by then.
          { do: 'act', client: 1, ops: [] },
          { do: 'act', client: 1, ops: [] },
          { do: 'act', client: 1, ops: [] },
          { do: 'open gate', gate: 'g' },
        ],
        phases: [],
      },
    ],
    found: 'a second message waited until the handler of the first had settled',
    clauses: { 'LIFE-15': ['one at a time'] },
  },
  {
    capability: 'pathParameters',
    programs: [of({ channel: 'path', path: '/path/x' })],
    found: 'a route with a parameter was wired, and its segment reached onConnect',
    clauses: { 'ROUTE-11': ['one whole segment'], 'LIFE-04': ['path fields'] },
  },
  {
    capability: 'binary',
    programs: [
      of(main, { do: 'bytes', client: 0, hex: '00ff80' }),
      of(main, { do: 'act', client: 0, ops: [{ op: 'send', value: { $: 'view', of: '0a0b0c' } }] }),
    ],
    found: 'bytes reached onMessage, and bytes came back',
    clauses: { 'ROUTE-09': ['the same bytes'], 'SEND-05': ['bytes'] },
  },
  {
    capability: 'closeCodes',
    ofSockets: true,
    programs: [of(main, { do: 'act', client: 0, ops: [{ op: 'close' }] })],
    found: 'a handler called close, and the client saw 1000',
    clauses: { 'LIFE-14': ['code 1000'] },
  },
  {
    capability: 'gracefulStop',
    ofSockets: true,
    programs: [
      stopped(of(main, { do: 'act', client: 0, ops: [{ op: 'hold', gate: 'g' }, { op: 'send' }] })),
      stopped(of({ ...main, disconnect: [{ op: 'hold', gate: 'g' }] })),
    ],
    found: 'it stopped when the running handler and onDisconnect had settled, and delivered what the handler sent',
    clauses: { 'LIFE-18': ['running handlers', 'delivery', 'closes each', 'onDisconnect first'] },
  },
  {
    capability: 'customSubscribers',
    programs: [
      of(
        { channel: 'main', fresh: true },
        { do: 'act', client: 0, ops: [{ op: 'register', id: 'r', topics: ['t'] }] },
        { do: 'act', client: 0, ops: [{ op: 'publish', topic: 't', exclude: null }] },
      ),
    ],
    found: 'a subscriber of the application was given a publish',
    clauses: { 'SUB-11': ['receives'] },
  },
  {
    capability: 'handshakeStatus',
    programs: [of({ channel: 'main', path: '/' })],
    found: 'a handshake for a path without a route was refused with 404',
    clauses: { 'LIFE-01': ['status'] },
  },
  {
    capability: 'protocolCloseCodes',
    ofSockets: true,
    programs: [of(main, { do: 'violate', client: 0, how: 'reserved bit' })],
    found: 'a frame with a reserved bit was answered with 1002',
    lacks: closedOtherwise,
  },
]

/** Whether a protocol error was answered with another code than 1002. */
function closedOtherwise(events: readonly HistoryEvent[]): string | undefined {
  const closed = events.find((event) => event.kind === 'closed')
  if (closed?.kind !== 'closed') return 'the connection was not closed'
  return closed.code === 1002 ? undefined : `the connection was closed with ${closed.code}`
}

/** Why what sockets do tells nothing of a system that has a platform beneath it. */
export const socketsOfPlatform = "connections are the platform's here: how they are closed is not the system's doing"

/** Why nothing that the kit can do to a system tells whether it has these. */
export const unprobed: Readonly<Partial<Record<Capability, string>>> = {
  stateful: 'it is a promise about where a connection lives: one process that keeps nothing looks the same',
  stateless: 'it is a promise about processes that have never seen a connection: in one process it cannot be told',
  store: 'the stores are handed to the kit (`stores`), not served to clients',
  distributed: 'it takes several processes, which only a system that declares it starts',
  limits: 'a system is told its limits when it starts, and no requirement of this version sets any',
  heartbeat: 'it takes a client that leaves pings unanswered and the time to find out, and the kit waits for no time to pass',
  sse: 'the probe application has no event-stream route',
  origin: 'the probe application sets no `allowedOrigins`',
}
