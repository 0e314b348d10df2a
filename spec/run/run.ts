/**
 * A run as judgments see it: the history of one program, arranged by connection, handler call, message and publish.
 * Everything here is derived from the events alone and never changes.
 */
import type { Capability } from '../capabilities.ts'
import type { ClientEventOf, HistoryEvent, ServerEventOf, Wire } from '../history.ts'
import type { Observation } from '../requirement.ts'
import type { Json, Tagged } from '../values.ts'
import type { Before } from './order.ts'

/** What earlier programs of the same system left, frozen. */
export interface Ledger {
  /** Channel id → the program whose connection had it. */
  channelIds: ReadonlyMap<string, number>
  /** `receivedKey` of a message that a channel was given once and that had one cause → the program in which it was. */
  received?: ReadonlyMap<string, number>
  /** Channel id → the program in which its onDisconnect ran. */
  disconnected?: ReadonlyMap<string, number>
}

/** How the ledger names a message that a channel was given. */
export function receivedKey(channelId: string, wire: Wire): string {
  return `${channelId} ${'text' in wire ? wire.text : wire.hex}`
}

/** One run of one handler, from inside. `handler` is 'onConnect', 'onMessage', 'onDisconnect', 'middleware' or 'armed', or an action's name behind its key: 'action:probe'. */
export interface Call {
  id: string
  conn: string | undefined
  step: string | undefined
  handler: string
  channelId: string
  /** The probe's channel of its connection. */
  channel?: string
  enter: ServerEventOf<'enter'>
  leave?: ServerEventOf<'leave'>
  settled?: ServerEventOf<'settled'>
  ops: OpRun[]
  /** Its system carries no bytes (`binary`): they cannot be sent (SEND-11). */
  textOnly?: boolean
  /** The outermost middleware that ran around it; what that returned or threw is what the client is told of (AUTH-13). */
  outer?: Call
  /** Of the outermost middleware: the run of the handler it was around, if it came to that. */
  core?: Call
  /** The message it answers to; undefined for connects, disconnects and calls that no message explains. */
  message?: Message
}

/** One operation of a handler call. */
export interface OpRun {
  call: Call
  index: number
  name: string
  /** The operation as the kit sent it: `{ op, … }`. */
  args: { [key: string]: Json }
  begin: ServerEventOf<'begin'>
  /** Missing where it never completed, or was left floating: then its outcome is unknown. */
  end?: ServerEventOf<'end'>
}

/** One message a client sent. */
export interface Message {
  conn: Connection
  step: string | undefined
  event: ClientEventOf<'message'>
  wire: Wire
  /** The JSON object it is, if it is one. */
  json?: { [key: string]: Json }
  /** The runs of handlers it caused (one, where all is well), middleware apart. */
  calls: Call[]
  middleware: Call[]
  replies: Receipt[]
  /** Whether the kit sent it only to learn that everything before it has arrived. */
  fence: boolean
}

/** What a received message answers to. */
export type Answer =
  | { kind: 'send'; op: OpRun }
  | { kind: 'publish'; publish: Publish }
  | { kind: 'reply'; call: Call }
  | { kind: 'error'; message: Message | undefined }
  | { kind: 'fence'; message: Message | undefined }

/** One message a client received. */
export interface Receipt {
  conn: Connection
  event: ClientEventOf<'receive'>
  wire: Wire
  json?: { [key: string]: Json }
  /** Undefined: it answers to nothing in this run. */
  answers?: Answer
  /** 1 for the first copy of what it answers to on this connection, 2 for the second… */
  copy: number
}

/** One publish, of a handler or of the host. */
export interface Publish {
  topic: string
  /** The excluded subscriber's id; null for nobody. */
  exclude: string | null
  value: Tagged
  /** What subscribers must be given; undefined where the value cannot be encoded. */
  wire: Wire | undefined
  begin: HistoryEvent
  /** Undefined: it never completed. */
  end?: HistoryEvent
  outcome: 'ok' | 'rejected' | 'unknown'
  op?: OpRun
  /** The kit's own, after everything else, to prove absence. */
  sentinel: boolean
  receipts: Receipt[]
}

/** One subscribe or unsubscribe. */
export interface SubscriptionChange {
  change: 'subscribe' | 'unsubscribe'
  channelId: string
  topic: string
  op: OpRun
  outcome: 'ok' | 'rejected' | 'unknown'
}

/** One connection of the program. */
export interface Connection {
  /** `c0`; `c0+1` for the same client's next. */
  name: string
  client: number
  /** The probe's channel it asked for. */
  channel: string
  /** The connect step's action: what it was told to do. */
  spec: { [key: string]: Json }
  /** Undefined for a connection that an earlier program opened. */
  connect?: ClientEventOf<'invoke'>
  open?: ClientEventOf<'open'>
  refused?: ClientEventOf<'refused'>
  closed?: ClientEventOf<'closed'>
  /** The first event from which it may be ending: a close or vanish asked for, a close() begun, a stop. */
  ending?: HistoryEvent
  channelId?: string
  messages: Message[]
  received: Receipt[]
  /** Its handler calls in the order they entered. */
  calls: Call[]
  /** The last time the kit proved that everything sent before had arrived. */
  fenced?: ClientEventOf<'fenced'>
}

/** What decides whether a publish reaches a connection. */
export type Expectation = 'must' | 'must not' | 'may'

/** A run as judgments see it. */
export interface Run {
  events: readonly HistoryEvent[]
  capabilities: ReadonlySet<Capability>
  observes: ReadonlySet<Observation>
  ledger: Ledger
  before: Before
  connections: readonly Connection[]
  /** By channel id; the program's own only. */
  byChannelId: ReadonlyMap<string, Connection>
  calls: readonly Call[]
  publishes: readonly Publish[]
  changes: readonly SubscriptionChange[]
  /** Whether `publish` must, must not or may reach `connection` by its subscriptions alone, exclusion aside. */
  subscribed(connection: Connection, publish: Publish): Expectation
  /** Events of one kind. */
  of<K extends HistoryEvent['kind']>(kind: K): Extract<HistoryEvent, { kind: K }>[]
  /** The invocation of a step. */
  invoked(step: string | undefined): ClientEventOf<'invoke'> | undefined
  /** Whether the program ran to its end: no wait ran into the last resort. */
  complete: boolean
}
