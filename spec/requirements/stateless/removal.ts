/** What may have removed a channel, for the judgments of this area. */
import type { HistoryEvent } from '../../history.ts'
import { fenceAfter, lastedAfter } from '../../run/fences.ts'
import { answeredGone, invocationsOf } from '../../run/invocations.ts'
import { advancedAtMost, idleAfter, notKnownOpen, postsTo, taken } from '../../run/platform.ts'
import type { Call, Connection, Run } from '../../run/run.ts'
import { closeOps, connectCall, disconnectCalls, endedFromOutside } from '../lifecycle/endings.ts'

/** No record expires sooner: the platform lets a connection last for two hours. */
const longestConnection = 2 * 3600

/** What shows that a channel was removed though nothing had ended it; undefined where nothing shows it. */
export function removedForNothing(run: Run, connection: Connection): HistoryEvent | undefined {
  const { channelId } = connection
  const [ended] = disconnectCalls(connection)
  if (channelId === undefined || connectCall(connection)?.leave?.outcome !== 'ok') return undefined
  if (ended !== undefined)
    return causes(run, connection).every((cause) => run.before(ended.enter, cause) === 'yes') ? ended.enter : undefined
  return unhandled(run, connection)
}

/** Everything that can be the reason of an onDisconnect. */
function causes(run: Run, connection: Connection): HistoryEvent[] {
  const { channelId = '', closed } = connection
  const late = run
    .of('invoked')
    .filter((event) => event.event === 'sweep' && advancedAtMost(run, undefined, event) >= longestConnection)
  return [
    ...endedFromOutside(run, connection),
    ...(closed === undefined ? [] : [closed]),
    ...closeOps(connection).flatMap((op) => (op.call.handler === 'onConnect' ? [] : [op.begin])),
    ...invocationsOf(run, channelId, 'disconnect').map(({ begin }) => begin),
    ...postsTo(run, channelId).flatMap((post) => {
      const ends = answeredGone(post) ? !notKnownOpen(run, channelId, post.begin) : post.data === undefined && taken(post)
      return ends && post.answer !== undefined ? [post.answer] : []
    }),
    ...late,
  ]
}

/** A plain act of a connection that lasted, with no run of its handler though every invocation has returned. */
function unhandled(run: Run, connection: Connection): HistoryEvent | undefined {
  if (connection.channel !== 'main' || connection.spec.middleware !== undefined) return undefined
  return connection.messages.find(
    ({ fence, json, calls, replies, event }) =>
      !fence &&
      json?.action === 'probe' &&
      calls.length === 0 &&
      replies.length === 0 &&
      idleAfter(run, event) !== undefined &&
      lastedAfter(run, connection, event) !== undefined,
  )?.event
}

/** The first sign, after `event`, that a channel is still there: a run of a message handler, or an answered fence. */
export function stillThere(run: Run, connection: Connection, event: HistoryEvent | undefined): HistoryEvent | undefined {
  const handled = (call: Call): boolean => call.message !== undefined && run.before(event, call.message.event) === 'yes'
  return connection.calls.find(handled)?.enter ?? fenceAfter(run, connection, event)
}
