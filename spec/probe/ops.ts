/** The probe's script language: what one action can be asked to do. Plain JSON; see `docs` of each operation below. */
import type { Tagged } from '../values.ts'

/** 'await': in turn. 'track': not awaited, but its outcome is recorded. 'float': left unawaited, as careless code does. */
export type Mode = 'await' | 'track' | 'float'

/**
 * What becomes of a value after the call (of a returned one: once the event loop has turned). 'mutate' changes it in
 * place; 'watch' looks at it again, and the operation's value in the trace is then what it has become (SEND-06).
 */
export type Then = 'mutate' | 'watch'

/**
 * A subscriber as a script names it: itself, an id, or (in a program, before the kit sends it) the channel of a client
 * or a registered subscriber by its name in the program.
 */
export type Who = 'self' | { id: string } | { client: number; unlike?: Unlike } | { custom: string }

/** An id that nobody has and that some reading takes for the channel's own. */
export type Unlike = 'cut' | 'longer' | 'upper case' | 'a space behind'

/** What a script can throw. */
export type Throwable =
  | 'unauthorised'
  | 'forbidden'
  | 'public'
  | 'public subclass'
  | 'subclass of unauthorised'
  | 'error'
  | 'named like a public error'
  | 'string'
  | 'undefined'
  | 'null'

/**
 * One operation. A value left out is filled in by the kit with one that names the step and operation: `{ m: 'step.op' }`;
 * in the strings of one that is given, the kit puts the same name in place of every `*`.
 */
export type Op =
  /** Records channel id, opening data, state, session (argument and `get`), the per-event service and prototype keys. */
  | { op: 'look' }
  /** Changes what it was given, in place; `stored`: what `userSession.get` gives. */
  | { op: 'mutate'; what: 'data' | 'openingData' | 'session' | 'stored' }
  | { op: 'send'; value?: Tagged; mode?: Mode; then?: Then }
  | { op: 'return'; value?: Tagged; then?: Then }
  /** `late`: after an await. */
  | { op: 'throw'; error: Throwable; message?: string; late?: boolean }
  /** Waits until the gate is opened. */
  | { op: 'hold'; gate: string }
  /** Opens a gate. */
  | { op: 'release'; gate: string }
  /** Lets the event loop turn so many times: room for what must not overtake. */
  | { op: 'turn'; times: number }
  /** Runs `ops` after the handler has settled, once `gate` (where given) is open (LIFE-21). */
  | { op: 'arm'; ops: Op[]; gate?: string }
  | { op: 'session.set'; value?: Tagged; mode?: Mode; then?: 'mutate' }
  | { op: 'session.get' }
  | { op: 'session.clear'; mode?: Mode }
  | { op: 'subscribe'; topic: string; who?: Who; mode?: Mode }
  | { op: 'unsubscribe'; topic: string; who?: Who; mode?: Mode }
  | { op: 'publish'; topic: string; exclude: null | Who; value?: Tagged; mode?: Mode; then?: Then }
  /** Registers a subscriber of the application's own and subscribes it to `topics`; `throws`: its receiver throws, at once or in its promise; it waits at `gate` and opens the gate `opens`. */
  | { op: 'register'; id: string; topics: string[]; throws?: boolean | 'at once'; gate?: string; opens?: string }
  | { op: 'unregister'; id: string }
  | { op: 'close'; mode?: Mode }
  | { op: 'log'; message: string }
  /** Middleware only: calls the rest of the chain; its outcome is what the rest returned or threw. */
  | { op: 'next'; mode?: 'track' }
  /** Makes this event's disposable service throw when it is disposed (LIFE-24). */
  | { op: 'poison' }

/** The name of an operation. */
export type OpName = Op['op']

/** Every operation there is. */
export const opNames: readonly string[] = Object.keys({
  look: true,
  mutate: true,
  send: true,
  return: true,
  throw: true,
  hold: true,
  release: true,
  turn: true,
  arm: true,
  'session.set': true,
  'session.get': true,
  'session.clear': true,
  subscribe: true,
  unsubscribe: true,
  publish: true,
  register: true,
  unregister: true,
  close: true,
  log: true,
  next: true,
  poison: true,
} satisfies Record<OpName, true>)

/** The scripts of a connection, carried in its query as `s` (base64url JSON of at most 1 KB), so that any process has them. */
export interface ConnectionScript {
  conn: string
  /** The connect step's id. */
  step: string
  /** `opened` only: the gate at which the schema of its opening data waits before it answers. */
  gate?: string
  connect?: Op[]
  disconnect?: Op[]
  middleware?: { outer?: MiddlewareScript; inner?: MiddlewareScript }
}

/** What a middleware does, on events of one kind or all. */
export interface MiddlewareScript {
  on?: 'connect' | 'message' | 'disconnect'
  before?: Op[]
  /** How often `next` is called, 1 where absent; or that it is called once and not awaited, so that the handler may outlive it. */
  next?: 0 | 1 | 2 | 'unawaited'
  after?: Op[]
  /** Returned instead of what the handler returned; who does not await that returns nothing else. */
  instead?: Tagged
}

/** Puts a script into a query value. */
export function packScript(script: ConnectionScript): string {
  const ascii = JSON.stringify(script).replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return btoa(ascii).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Reads the script of a connection's opening data; undefined where there is none. */
export function unpackScript(openingData: unknown): ConnectionScript | undefined {
  const packed = (openingData as Record<string, unknown> | undefined)?.s
  if (typeof packed !== 'string') return undefined
  return JSON.parse(atob(packed.replaceAll('-', '+').replaceAll('_', '/'))) as ConnectionScript
}
