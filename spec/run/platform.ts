/** What a program had the platform do, what that makes certain, and when a channel is known open. */
import type { ClientEventOf, HistoryEvent } from '../history.ts'
import type { ConnectionFaults } from '../platform.ts'
import type { Json } from '../values.ts'
import { actionOf } from './connections.ts'
import { invocationsOf, type Post, platformOf } from './invocations.ts'
import type { Connection, Run } from './run.ts'

/** Something the program had the platform do. */
export interface PlatformStep {
  action: { [key: string]: Json }
  asked: ClientEventOf<'invoke'>
  done: ClientEventOf<'platform'> | undefined
}

const commands: readonly string[] = ['platform', 'sweep', 'advance', 'stores']
const known = new WeakMap<Run, readonly PlatformStep[]>()

/** What the program had the platform do, in its order. */
export function platformSteps(run: Run): readonly PlatformStep[] {
  let made = known.get(run)
  if (made === undefined) {
    const done = new Map(run.of('platform').map((event) => [event.step, event]))
    made = run
      .of('invoke')
      .filter((event) => commands.includes(actionOf(event).do as string))
      .map((event) => ({ action: actionOf(event), asked: event, done: done.get(event.step) }))
    known.set(run, made)
  }
  return made
}

/** The faults a connection was opened with. */
export const faultsOf = (connection: Connection): ConnectionFaults => (connection.spec.faults ?? {}) as ConnectionFaults

/** Whether some invocation was killed: what it was doing is lost, and nobody is to blame for it. */
export const anyKilled = (run: Run): boolean => platformOf(run).invocations.some(({ end }) => end?.outcome === 'killed')

/** By how many seconds the clock was certainly put on between two events. */
export function advancedBetween(run: Run, from: HistoryEvent | undefined, to: HistoryEvent | undefined): number {
  return sum(advances(run).filter(({ asked, done }) => run.before(from, asked) === 'yes' && run.before(done, to) === 'yes'))
}

/** By how many seconds the clock can have been put on between two events. */
export function advancedAtMost(run: Run, from: HistoryEvent | undefined, to: HistoryEvent | undefined): number {
  return sum(advances(run).filter(({ asked, done }) => run.before(done, from) !== 'yes' && run.before(to, asked) !== 'yes'))
}

const advances = (run: Run): PlatformStep[] => platformSteps(run).filter(({ action }) => action.do === 'advance')
const sum = (steps: readonly PlatformStep[]): number => steps.reduce((all, { action }) => all + (action.seconds as number), 0)

/** The moment after `event` at which every invocation had returned: what it was to cause has happened by then, or never will. */
export function idleAfter(run: Run, event: HistoryEvent | undefined): ClientEventOf<'idle'> | undefined {
  return run.complete ? run.of('idle').find((idle) => run.before(event, idle) === 'yes') : undefined
}

/** Whether the platform answered that it had taken a post or close. */
export const taken = ({ answer }: Post): boolean => answer !== undefined && answer.status >= 200 && answer.status < 300

/** Posts and closes to one channel. */
export const postsTo = (run: Run, channelId: string | undefined): Post[] =>
  channelId === undefined ? [] : platformOf(run).posts.filter((each) => each.channelId === channelId)

/** Seconds after which a connection that was asked for is open or gone: the platform's limit, and what clocks may differ by. */
const connectLimit = 35

/** What shows that a connection had been asked for: its answer where there is one, since the kit knows when that was. */
export function askedFor(run: Run, channelId: string | undefined): HistoryEvent | undefined {
  const connection = run.byChannelId.get(channelId ?? '')
  return connection?.open ?? connection?.refused ?? invocationsOf(run, channelId, 'connect')[0]?.begin
}

/**
 * Whether the contract's "known open" certainly held for a channel, and for whoever looks at its record, when `event`
 * happened. A publish that was accepted, and a message that is still being handled, leave no trace there (decision 0013).
 */
export function knownOpen(run: Run, channelId: string, event: HistoryEvent): boolean {
  const shown = invocationsOf(run, channelId, 'message', 'deliver').some(
    ({ event: kind, end, posts }) =>
      end?.outcome === 'ok' && (kind === 'message' || posts.some(taken)) && run.before(end, event) === 'yes',
  )
  return shown || advancedBetween(run, askedFor(run, channelId), event) >= connectLimit
}

/** Whether it certainly did not. */
export function notKnownOpen(run: Run, channelId: string, event: HistoryEvent): boolean {
  const connect = invocationsOf(run, channelId, 'connect')[0]?.begin
  return (
    connect !== undefined &&
    invocationsOf(run, channelId, 'message').every(({ begin }) => run.before(event, begin) === 'yes') &&
    postsTo(run, channelId).every((post) => !taken(post) || run.before(event, post.answer) === 'yes') &&
    advancedAtMost(run, connect, event) < connectLimit
  )
}
