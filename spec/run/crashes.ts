/**
 * What invocations that were killed, faults of the platform, and answers or addresses that were wrong excuse. A killed invocation loses its own work and
 * nothing else (STATELESS-12, -13): whatever it was doing for its connection may be missing, and so may the end of a
 * connection it was about to remove. What a connection with faults must still be given is for STATELESS to say.
 * Everybody else must have everything.
 */
import type { HistoryEvent } from '../history.ts'
import type { ConnectionFaults } from '../platform.ts'
import { answeredGone, invocationsOf, platformOf } from './invocations.ts'
import { faultsOf, postsTo } from './platform.ts'
import type { Connection, Run } from './run.ts'

/** Tells whether a finding that rests on these events may be the work of a killed invocation or of a fault. */
export type Excuse = (events: readonly HistoryEvent[]) => boolean

/** What is late costs nothing: no request is lost by it, refused or made twice. */
const onlySlow = ({ posts = [], ...others }: ConnectionFaults): boolean =>
  Object.keys(others).length === 0 && posts.every((fault) => fault === 'slow' || fault === null)

/** Its application refused it: whatever is said of it is said of nobody. */
const neverTaken = ({ open, refused, calls }: Connection): boolean =>
  open === undefined &&
  refused !== undefined &&
  calls.some((call) => call.handler === 'onConnect' && call.leave?.outcome === 'rejected')

/** The excuse of a run, if it has one. */
export function excuseOf(run: Run): Excuse | undefined {
  const crashed = platformOf(run).invocations.some(({ end }) => end?.outcome === 'killed')
  const struck = new Set<string>()
  for (const connection of run.connections) {
    const { name, channelId, ending, spec } = connection
    const killed = (['connect', 'message', 'disconnect', 'deliver'] as const).some((event) =>
      invocationsOf(run, channelId, event).some(({ end }) => end?.outcome === 'killed'),
    )
    // While it certainly lasted it was said to be gone: what that costs it is the stateless area's to judge.
    const posts = postsTo(run, channelId)
    const belied =
      !neverTaken(connection) &&
      posts.some((post) => answeredGone(post) && (ending === undefined || run.before(post.begin, ending) === 'yes'))
    // Nor is it anybody else's what becomes of a message that was posted somewhere else.
    const astray = new Set(posts.map(({ endpoint }) => endpoint)).size > 1
    // Any invocation may have met the end of any connection, and have been removing it.
    if (
      killed ||
      belied ||
      astray ||
      (spec.faults !== undefined && !onlySlow(faultsOf(connection))) ||
      (crashed && ending !== undefined)
    )
      struck.add(name).add(channelId ?? name)
  }
  if (!crashed && struck.size === 0) return undefined
  return (events) =>
    (crashed && (events.length === 0 || events.some(({ kind, conn }) => kind === 'residue' || conn?.startsWith('~')))) ||
    events.some(
      (event) =>
        (event.conn !== undefined && struck.has(event.conn)) ||
        ('channelId' in event && event.channelId !== undefined && struck.has(event.channelId)),
    )
}
