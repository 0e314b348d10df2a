/**
 * What of two runs is compared, each with the requirement that fixes it and why nothing is left open there. What is not
 * in this list is not compared.
 */
import type { Capability } from '../../spec/capabilities.ts'
import type { Json } from '../../spec/values.ts'

/** Why two systems that keep the contract cannot differ in a field. */
export interface Rule {
  /** What the field is, as the end of "differ in …". */
  what: string
  /** The requirements that fix it: the nearest to a difference. */
  requirements: readonly string[]
  /** Why it leaves no freedom. */
  why: string
}

export const rules = {
  handshake: {
    what: 'whether a connection is opened or refused',
    requirements: ['LIFE-01', 'LIFE-02', 'LIFE-04', 'LIFE-22', 'AUTH-03', 'ROUTE-11'],
    why: 'route and opening data alone decide it, and what they refuse is refused with a 4xx; connections whose onConnect throws are left out, since those may be refused or closed (LIFE-09)',
  },
  connects: {
    what: 'how often onConnect ran, and with what',
    requirements: ['LIFE-06', 'LIFE-04', 'LIFE-22'],
    why: 'once for an accepted connection, with the opening data; its state is left out, since it may be initial or open (LIFE-05)',
  },
  disconnects: {
    what: 'how often onDisconnect ran, and with what',
    requirements: ['LIFE-10', 'LIFE-12', 'LIFE-14'],
    why: 'once for a connection that has ended, with the opening data and channelId; its session is left out, since reading it is only a SHOULD (AUTH-12)',
  },
  'unasked close': {
    what: 'whether a connection is closed that nobody had asked to close',
    requirements: ['LIFE-17', 'ROUTE-04', 'AUTH-04', 'VALID-01', 'VALID-06', 'SEND-10', 'SEND-11'],
    why: 'no message, refused, failing or unroutable, closes its connection',
  },
  'close code': {
    what: 'the code with which a channel closed itself',
    requirements: ['LIFE-14'],
    why: '1000 for channel.close(), where both systems declare closeCodes; programs that stop their system are left out',
  },
  handlers: {
    what: 'which handlers and middleware ran for a message',
    requirements: ['ROUTE-01', 'ROUTE-03', 'ROUTE-04', 'ROUTE-05', 'ROUTE-06', 'AUTH-01', 'AUTH-04', 'AUTH-13', 'VALID-01'],
    why: 'the message, the wiring and the session fix it; hostile texts are left out, since parsers may read them differently (VALID-07)',
  },
  strays: {
    what: 'which handlers ran with what data for messages without an id',
    requirements: ['ROUTE-02', 'ROUTE-03', 'ROUTE-07', 'ROUTE-08', 'ROUTE-09', 'PUB-05'],
    why: 'as for other messages; such a message is known by its data alone, so that all of a connection are compared together',
  },
  data: {
    what: 'the data a handler was given',
    requirements: ['ROUTE-02', 'ROUTE-09', 'VALID-02', 'VALID-04', 'VALID-05'],
    why: 'the message less its routing key, or what its schema made of that',
  },
  session: {
    what: 'the session a handler was given',
    requirements: ['AUTH-05', 'AUTH-06', 'AUTH-07', 'AUTH-08', 'AUTH-10', 'AUTH-11'],
    why: 'the one set last by a handler that had settled; one message at a time is handled, so that there is a last one',
  },
  'opening data': {
    what: 'the opening data a handler saw',
    requirements: ['LIFE-04'],
    why: 'query, path and schema fix it for the whole of a connection; the kit’s own field is left out',
  },
  state: {
    what: 'the state of the channel when a message handler started',
    requirements: ['LIFE-05'],
    why: 'open, until the connection is asked to end',
  },
  operation: {
    what: 'how an operation ended, and what it gave',
    requirements: [
      'SEND-04',
      'SEND-09',
      'SEND-11',
      'SEND-13',
      'SUB-04',
      'SUB-05',
      'PUB-03',
      'PUB-10',
      'PUB-11',
      'LIFE-22',
      'AUTH-05',
      'AUTH-14',
    ],
    why: 'resolved, or rejected, with a TypeError or ChannelClosedError where the contract names it; left out are subscriptions of others (SUB-10), what follows a close but sends (SUB-07), and what is in onDisconnect',
  },
  'host publish': {
    what: 'how a publish of the host ended',
    requirements: ['PUB-09', 'PUB-11', 'SUB-05', 'SEND-11'],
    why: 'it resolves, or rejects with a TypeError, by topic and payload alone',
  },
  start: {
    what: 'whether a wiring was refused at start',
    requirements: ['LIFE-20', 'ROUTE-11', 'AUTH-02'],
    why: 'the wiring alone decides it; the words of the refusal are left out',
  },
  replies: {
    what: 'the replies and error replies to a message',
    requirements: ['SEND-01', 'SEND-02', 'SEND-03', 'SEND-10', 'SEND-14', 'AUTH-04', 'ROUTE-04', 'VALID-01', 'VALID-06'],
    why: 'one message at most, of what the handler returned or threw; the words of an error are left out where no handler chose them, and key order always',
  },
  sends: {
    what: 'how often a sent message arrived',
    requirements: ['SEND-04', 'SEND-05', 'SEND-06', 'SEND-12', 'SEND-13', 'LIFE-08', 'PUB-05'],
    why: 'once, where send resolved and the connection outlived it; what some platforms cannot carry is left out (STATELESS-15)',
  },
  unexplained: {
    what: 'what arrived that answers to nothing',
    requirements: ['PUB-05', 'SEND-03', 'SEND-05', 'PUB-08'],
    why: 'nothing does',
  },
  order: {
    what: 'the order in which what one handler sent arrived',
    requirements: ['SEND-07', 'PUB-06', 'PUB-07', 'SEND-01'],
    why: 'the order of its calls, awaited or not, the reply last; onConnect is left out on stateless systems (STATELESS-10)',
  },
  'order of publishes': {
    what: 'the order in which publishes awaited one after another arrived',
    requirements: ['PUB-06'],
    why: 'the order of the calls, where each had resolved before the next was made and all of them must arrive',
  },
  delivery: {
    what: 'how often a publish arrived at a connection',
    requirements: [
      'PUB-01',
      'PUB-02',
      'PUB-03',
      'PUB-04',
      'PUB-13',
      'SUB-01',
      'SUB-02',
      'SUB-03',
      'SUB-05',
      'SUB-08',
      'SUB-09',
      'SUB-10',
    ],
    why: 'once where it must and never where it must not, with a fence behind it; where it may the field is missing',
  },
  residue: {
    what: 'what hub and stores hold of closed channels',
    requirements: ['SUB-06', 'SUB-07', 'LIFE-09'],
    why: 'nothing once onDisconnect has settled; the mark of a closed id is no residue',
  },
} as const satisfies Readonly<Record<string, Rule>>

/** What kind of field it is. */
export type FieldKind = keyof typeof rules

/** One comparable fact of a run: the same name means the same question on any system. */
export interface Field {
  kind: FieldKind
  name: string
  value: Json
}

/** The certain facts of one run, by kind and name. */
export type Outcome = ReadonlyMap<string, Field>

/** What a comparison rests on: capabilities that both systems declare. */
export type Shared = ReadonlySet<Capability>
