/** What the parts of an outcome are made from. */
import { hostility } from '../../spec/run/hostile.ts'
import type { Call, Connection, OpRun, Run } from '../../spec/run/run.ts'
import { bytesOf, tooLarge } from '../../spec/run/size.ts'
import type { Program } from '../program.ts'
import { disturbed } from './comparable.ts'
import type { Shared } from './fields.ts'
import { type Names, namesOf } from './names.ts'

/** One run, with what is needed to say which of its facts are certain. */
export interface View {
  run: Run
  names: Names
  shared: Shared
  stops: boolean
  /** Connections of which more than deliveries can be compared. */
  calm: readonly Connection[]
}

/** Messages of clients that every platform takes (documented: 32 KB). */
const inboundLimit = 32 * 1024

/** The run of `program`, which was program `number` of its system; undefined where nothing of it can be compared. */
export function viewOf(run: Run, program: Program, number: number, shared: Shared): View | undefined {
  // What was waited for in vain came, or did not, by the clock.
  if (!run.complete || run.of('stall').length > 0) return undefined
  if (!shared.has('stateful') && run.connections.some(carriesMuch)) return undefined
  const left = disturbed(program)
  const hostile = ({ messages }: Connection): boolean =>
    messages.some(({ wire }) => 'text' in wire && hostility(wire.text) !== undefined)
  const calm = run.connections.filter((each) => !left.has(each.client) && !hostile(each))
  const stops = run.of('invoke').some(({ action }) => (action as { do?: unknown }).do === 'stop')
  return { run, names: namesOf(run, number), shared, stops, calm }
}

/** What some platforms refuse (STATELESS-15). */
const carriesMuch = ({ messages, received }: Connection): boolean =>
  messages.some(({ wire }) => bytesOf(wire) > inboundLimit) || received.some(({ wire }) => tooLarge(wire))

/** An operation as the program counts it. */
export const opName = ({ names }: View, op: OpRun): string => `${names.call(op.call)} op ${op.index} ${op.name}`

/** The channel was not yet asked to end: from then on the contract leaves more open. */
export const untilEnding = ({ run }: View, { ending }: Connection, event: OpRun['end'] | Call['enter']): boolean =>
  event !== undefined && (ending === undefined || run.before(event, ending) === 'yes')

/** Whether a handler's run is of a message: of connects, disconnects and what is armed more is left open. */
export const ofMessage = ({ handler, enter }: Call): boolean =>
  handler === 'middleware' ? enter.middleware?.kind === 'message' : !['onConnect', 'onDisconnect', 'armed'].includes(handler)
