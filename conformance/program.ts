/** A program: what fast-check generates, the runner executes, cards hold and replay runs. Plain JSON. */
import type { Capability } from '../spec/capabilities.ts'
import type { ConnectionFaults, PlatformCommand } from '../spec/platform.ts'
import { probeChannels } from '../spec/probe/channels/index.ts'
import type { MiddlewareScript, Op, Who } from '../spec/probe/ops.ts'
import type { Tagged } from '../spec/values.ts'
import { type StoreProgram, storeSteps } from './stores/program.ts'

/** How one client connects. */
export interface ClientSpec {
  /** The probe's channel. */
  channel: string
  /** Scripts of onConnect and onDisconnect. */
  connect?: Op[]
  disconnect?: Op[]
  middleware?: { outer?: MiddlewareScript; inner?: MiddlewareScript }
  /** `opened` only: the gate at which the schema of its opening data waits, and with it the handshake. */
  gate?: string
  /** Further query fields, as they stand in the address (already escaped). */
  query?: string
  /** The path in place of the channel's route, as it stands in the address (already escaped). */
  path?: string
  /** Sub-protocols offered. */
  protocols?: string[]
  /** Connects only by a `connect` step; otherwise before the program starts. */
  late?: boolean
  /** Never an earlier program's connection. */
  fresh?: boolean
  /** What the platform does otherwise for each of its connections; systems without a platform know nothing of it. */
  faults?: ConnectionFaults
}

/** One step of a lane. Topics are made unique to the program, except those written `=text`, which are that text. */
export type Step =
  /** Sends an action. `wait: false` sends the next step without waiting for this one. */
  | {
      do: 'act'
      client: number
      ops: Op[]
      key?: string
      action?: string | null
      extra?: { [key: string]: Tagged }
      wait?: boolean
    }
  /** Sends this text as it is, but for `$id`, which becomes the step's id. */
  | { do: 'text'; client: number; text: string }
  | { do: 'bytes'; client: number; hex: string }
  | { do: 'connect'; client: number }
  /** Closes as a client does (1000), or cuts the socket. */
  | { do: 'close'; client: number }
  | { do: 'vanish'; client: number }
  /** Sends bytes that no WebSocket client may send (RFC 6455). */
  | { do: 'violate'; client: number; how: ViolationOfProtocol }
  /** Stops reading: nothing more is received until the program lets go of what it holds up. */
  | { do: 'pause'; client: number }
  /** Publishes from outside any handler. */
  | { do: 'publish'; topic: string; exclude: null | Exclude<Who, 'self'>; value?: Tagged }
  /** Connects so many clients that do nothing but listen to the topic, until the program ends. */
  | { do: 'crowd'; topic: string; size: number }
  /** Opens a gate: at once, or when the client has been given a publish. */
  | { do: 'open gate'; gate: string; after?: number }
  /** Stops the system; the program then has one of its own. */
  | { do: 'stop' }
  /** Starts a system with a wiring that must be refused, or its faultless control. */
  | { do: 'start'; variant: string }
  /** Has the platform do something with the client's latest connection, open or not; what it caused has returned after it. */
  | { do: 'platform'; what: PlatformAct; client: number }
  /** The scheduled sweep. */
  | { do: 'sweep' }
  /** The clock of platform and system goes on by so many seconds; the program then has a system of its own. */
  | { do: 'advance'; seconds: number }
  /** The next so many requests to the stores fail so; what is left of them ends with the program. */
  | { do: 'stores'; fault: StoreFault; times: number }
  /** Waits until every message sent has been taken up and every invocation has returned. */
  | { do: 'idle' }

/** What the platform can be asked to do with one connection. */
export type PlatformAct = 'repeat connect' | 'repeat message' | 'repeat disconnect' | 'repeat deliver' | 'release'

/** How requests to the stores can fail. */
export type StoreFault = Extract<PlatformCommand, { do: 'stores' }>['fault']

/** Ways of breaking the protocol that every server must notice (LIMIT-04). */
export type ViolationOfProtocol = 'reserved bit' | 'unknown opcode' | 'orphan continuation' | 'fragmented ping' | 'long ping'

/** Every step there is. */
export const stepNames: readonly string[] = Object.keys({
  act: true,
  text: true,
  bytes: true,
  connect: true,
  close: true,
  vanish: true,
  violate: true,
  pause: true,
  publish: true,
  crowd: true,
  'open gate': true,
  stop: true,
  start: true,
  platform: true,
  sweep: true,
  advance: true,
  stores: true,
  idle: true,
} satisfies Record<Step['do'], true>)

/** Lanes of one phase run side by side, phases one after another. */
export interface Phase {
  lanes: Step[][]
}

/** A whole program. */
export interface Program {
  clients: ClientSpec[]
  prefix: Step[]
  phases: Phase[]
  /** Deadlines of a system of its own, in milliseconds; over how many processes it spreads, where it can. */
  system?: { stop?: number; handler?: number; workers?: number }
  /** What the scheduler chooses, where there is a choice (`simulated/schedule.ts`): the program is a simulated one. */
  schedule?: number[]
  /** What is done to the system's stores on their own; the program then has nothing else. */
  stores?: StoreProgram
}

/** Every step, in the order in which they are numbered. */
export function stepsOf(program: Program): Step[] {
  return [...program.prefix, ...program.phases.flatMap((phase) => phase.lanes.flat())]
}

/** The size of a counterexample: every step that is not a connect. */
export function sizeOf(program: Program): number {
  if (program.stores !== undefined) return storeSteps(program.stores).length
  return stepsOf(program).filter((step) => step.do !== 'connect').length
}

/** Whether it needs a system of its own: it stops it, turns its clock, or wants other deadlines. */
export function needsOwnSystem(program: Program): boolean {
  return program.system !== undefined || stepsOf(program).some((step) => step.do === 'stop' || step.do === 'advance')
}

/** The capabilities without which a program cannot be performed as it is meant. */
export function presupposed(program: Program): Capability[] {
  const ops = [
    ...stepsOf(program).flatMap(opsOf),
    ...program.clients.flatMap(({ connect, disconnect }) => opsIn([...(connect ?? []), ...(disconnect ?? [])])),
  ]
  const needed = new Set<Capability>()
  for (const { op } of ops) {
    if (op === 'arm') needed.add('stateful')
    if (op === 'register' || op === 'unregister') needed.add('customSubscribers')
  }
  if (stepsOf(program).some((step) => step.do === 'stop')) needed.add('gracefulStop')
  // A client whose channel is not wired does not connect; where none does, nothing happens.
  const channels = program.clients.map(({ channel }) => probeChannels.get(channel)?.capabilities ?? [])
  if (channels.every((capabilities) => capabilities.length > 0)) for (const name of channels.flat()) needed.add(name)
  return [...needed]
}

const stateful = new Set<string>(['session.set', 'session.clear', 'close', 'register'])

/** These operations and those they arm. */
export const opsIn = (ops: readonly Op[]): Op[] => ops.flatMap((op) => (op.op === 'arm' ? [op, ...opsIn(op.ops)] : [op]))

/** All operations that a step asks for, armed ones included. */
export function opsOf(step: Step): Op[] {
  return step.do === 'act' ? opsIn(step.ops) : []
}

/** Whether client `index` can use a connection of an earlier program: nothing it does leaves a trace on it. */
export function reusable(program: Program, index: number): boolean {
  const spec = program.clients[index]
  if (spec === undefined || spec.channel !== 'main' || spec.late === true || spec.fresh === true) return false
  if (spec.connect ?? spec.disconnect ?? spec.middleware ?? spec.query ?? spec.path ?? spec.protocols ?? spec.faults) return false
  return stepsOf(program).every((step) => {
    // A crowd's topic outlasts the program: nobody else may stay subscribed to it.
    if (step.do === 'stop' || step.do === 'crowd') return false
    if ('topic' in step && step.topic.startsWith('=')) return false
    if (
      'client' in step &&
      step.client === index &&
      ['close', 'vanish', 'violate', 'pause', 'connect', 'text', 'bytes', 'platform'].includes(step.do)
    )
      return false
    return opsOf(step).every((op) => !stateful.has(op.op) && !('topic' in op && op.topic.startsWith('=')))
  })
}
