/** What a program asked of platform and stores, and what a connection may have suffered by it. */
import type { ClientEventOf, HistoryEvent } from '../../history.ts'
import type { ConnectionFaults } from '../../platform.ts'
import { actionOf } from '../../run/connections.ts'
import { accepted, answeredGone, invocationsOf, type Post, platformOf } from '../../run/invocations.ts'
import type { Connection, Run } from '../../run/run.ts'

/** Requests to the stores that were to fail, in the order in which they were asked for. */
export function storeFaults(run: Run): { fault: string; times: number; from: ClientEventOf<'invoke'> }[] {
  return run.of('invoke').flatMap((from) => {
    const { do: what, fault, times } = actionOf(from)
    return what === 'stores' ? [{ fault: fault as string, times: times as number, from }] : []
  })
}

/** Seconds by which the program has turned the clock on, in all. */
export function advanced(run: Run): number {
  return run.of('invoke').reduce((sum, event) => {
    const { do: what, seconds } = actionOf(event)
    return what === 'advance' ? sum + (seconds as number) : sum
  }, 0)
}

/** From so many seconds on a channel may have expired (STATELESS-09), as far as any adapter's documentation may go. */
export const mayExpireAfter = 3_600

/** From so many seconds on a connection may count as known open by its age alone (contract, Terms). */
export const mayAgeAfter = 10

/** What the platform was to do otherwise for a connection. */
export const faultsOf = ({ spec }: Connection): ConnectionFaults => (spec.faults ?? {}) as ConnectionFaults

/** Whether an invocation was ended in the middle, as if its process had been killed. */
export const crashed = (run: Run): boolean => platformOf(run).invocations.some(({ end }) => end?.outcome === 'killed')

/** Posts and closes for one channel. */
export const postsTo = (run: Run, channelId: string | undefined): Post[] =>
  platformOf(run).posts.filter((each) => each.channelId === channelId)

/** The first event that shows a connection to be open: a message that came from it, or a post that it accepted. */
export function shownOpen(run: Run, { channelId }: Connection): HistoryEvent[] {
  const messages = invocationsOf(run, channelId, 'message').map(({ begin }) => begin)
  const posts = postsTo(run, channelId).flatMap((post) => (accepted(post) && post.answer !== undefined ? [post.answer] : []))
  return [...messages, ...posts]
}

/**
 * Whether a channel was certainly known open when `event` happened: a message of it had been dealt with, or what its
 * onConnect sent had been delivered. That a publish was accepted shows as much, but need not be written down.
 */
export const knownOpen = (run: Run, { channelId }: Connection, event: HistoryEvent): boolean =>
  invocationsOf(run, channelId, 'message', 'deliver').some(
    ({ event: kind, end, posts }) =>
      end?.outcome === 'ok' && (kind === 'message' || posts.some(accepted)) && run.before(end, event) === 'yes',
  )

/** Whether a post that may have begun when the channel was known open was answered "gone": it may have been removed for it (STATELESS-06). */
export function mayBeRemoved(run: Run, connection: Connection): boolean {
  const gone = postsTo(run, connection.channelId).filter(answeredGone)
  if (gone.length === 0) return false
  if (advanced(run) >= mayAgeAfter) return true
  const shown = shownOpen(run, connection)
  return gone.some((post) => shown.some((event) => run.before(event, post.begin) !== 'no'))
}

/** The first time after `event` that the kit knew every invocation to have returned. */
export const idleAfter = (run: Run, event: HistoryEvent | undefined): ClientEventOf<'idle'> | undefined =>
  run.of('idle').find((idle) => run.before(event, idle) === 'yes')

/** Whether the program has its client leave before `event`. */
export const leaves = (run: Run, { name }: Connection, event: HistoryEvent): boolean =>
  run
    .of('invoke')
    .some(
      (each) =>
        each.conn === name && ['close', 'vanish'].includes(actionOf(each).do as string) && run.before(event, each) !== 'yes',
    )
