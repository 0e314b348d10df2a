/**
 * Judging by intervals. A subscription holds from the end of a subscribe to the beginning of an unsubscribe; a publish
 * lasts from its beginning to its end. Where the two are certain to contain one another the publish must or must not
 * arrive; where they may overlap, either is right.
 */
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
  const own = changes.filter((each) => each.channelId === connection.channelId && each.topic === publish.topic)
  const subscribes = own.filter((each) => each.change === 'subscribe' && !refusedOutright(each))
  const unsubscribes = own.filter((each) => each.change === 'unsubscribe' && each.outcome === 'ok')
  const over = (change: SubscriptionChange): boolean =>
    before(publish.end, change.op.begin) === 'yes' ||
    unsubscribes.some((un) => before(change.op.end, un.op.begin) === 'yes' && before(un.op.end, publish.begin) === 'yes')
  if (subscribes.every(over)) return 'must not'
  if (publish.outcome !== 'ok') return 'may'
  if (connection.ending !== undefined && before(publish.end, connection.ending) !== 'yes') return 'may'
  if (connection.connect !== undefined && before(connection.open, publish.begin) !== 'yes') return 'may'
  const live = subscribes.some(
    (sub) =>
      sub.outcome === 'ok' &&
      before(sub.op.end, publish.begin) === 'yes' &&
      // Whoever subscribes somebody else may do so only to an open channel (SUB-10).
      (sub.op.call.channelId === sub.channelId || connection.connect === undefined || before(connection.open, sub.op.begin) === 'yes') &&
      own
        .filter((each) => each.change === 'unsubscribe')
        .every((un) => before(publish.end, un.op.begin) === 'yes' || before(un.op.end, sub.op.begin) === 'yes'),
  )
  return live ? 'must' : 'may'
}

/** A topic that is refused with a TypeError changes nothing (SUB-05). */
function refusedOutright(change: SubscriptionChange): boolean {
  return change.outcome === 'rejected' && change.op.end?.error?.typeError === true
}
