/**
 * Judging by intervals. A subscription holds from the end of a subscribe to the beginning of an unsubscribe; a publish
 * lasts from its beginning to its end. Where the two are certain to contain one another the publish must or must not
 * arrive; where they may overlap, either is right.
 */
import type { HistoryEvent } from '../history.ts'
import type { Before } from './order.ts'
import type { Call, Connection, Expectation, Publish, SubscriptionChange } from './run.ts'

/** Every subscribe and unsubscribe, with the channel it is about. */
export function collectChanges(calls: readonly Call[]): SubscriptionChange[] {
  const changes: SubscriptionChange[] = []
  for (const call of calls) {
    for (const op of call.ops) {
      if (op.name !== 'subscribe' && op.name !== 'unsubscribe') continue
      const who = op.args.who as { id: string } | undefined
      changes.push({
        change: op.name,
        channelId: who?.id ?? call.channelId,
        topic: op.args.topic as string,
        op,
        outcome: op.end?.outcome ?? 'unknown',
      })
    }
  }
  return changes
}

/** Whether a publish must, must not or may reach a connection by its subscriptions (SUB-01, SUB-02, PUB-04). */
export function expectation(
  before: Before,
  changes: readonly SubscriptionChange[],
  connection: Connection,
  publish: Publish,
): Expectation {
  const own = changes
    .filter((each) => each.channelId === connection.channelId && each.topic === publish.topic)
    .map((change) => ({ ...intervalOf(change), certain: mayBeSubscribed(before, connection, change) }))
  const held = holding(before, own, publish)
  if (held !== 'must') return held
  const { ending } = connection
  // When a server closes by itself is known only by its client's seeing it.
  if (ending !== undefined && (ending.kind === 'closed' || before(publish.end, ending) !== 'yes')) return 'may'
  return connection.connect !== undefined && before(connection.open, publish.begin) !== 'yes' ? 'may' : 'must'
}

/** Whoever subscribes somebody else may do so only to an open channel (SUB-10). */
function mayBeSubscribed(before: Before, connection: Connection, { op, channelId }: SubscriptionChange): boolean {
  return op.call.channelId === channelId || connection.connect === undefined || before(connection.open, op.begin) === 'yes'
}

/** One change of a subscription in time. */
export interface Interval {
  change: 'subscribe' | 'unsubscribe'
  begin: HistoryEvent
  end: HistoryEvent | undefined
  outcome: 'ok' | 'rejected' | 'unknown'
  /** Refused as such, so that nothing has changed (SUB-05). */
  refused?: boolean
  /** False: it need not have had an effect, though it resolved. */
  certain?: boolean
}

/** A subscribe or unsubscribe of a handler's in time. */
export function intervalOf({ change, op, outcome }: SubscriptionChange): Interval {
  return { change, begin: op.begin, end: op.end, outcome, refused: outcome === 'rejected' && op.end?.error?.typeError === true }
}

/** Whether these changes of one subscriber's subscription to the publish's topic make it due there. */
export function holding(before: Before, changes: readonly Interval[], publish: Publish): Expectation {
  const subscribes = changes.filter((each) => each.change === 'subscribe' && each.refused !== true)
  const unsubscribes = changes.filter((each) => each.change === 'unsubscribe')
  const over = (sub: Interval): boolean =>
    before(publish.end, sub.begin) === 'yes' ||
    unsubscribes.some(
      (un) => un.outcome === 'ok' && before(sub.end, un.begin) === 'yes' && before(un.end, publish.begin) === 'yes',
    )
  if (subscribes.every(over)) return 'must not'
  if (publish.outcome !== 'ok') return 'may'
  const live = subscribes.some(
    (sub) =>
      sub.outcome === 'ok' &&
      sub.certain !== false &&
      before(sub.end, publish.begin) === 'yes' &&
      unsubscribes.every((un) => before(publish.end, un.begin) === 'yes' || before(un.end, sub.begin) === 'yes'),
  )
  return live ? 'must' : 'may'
}
