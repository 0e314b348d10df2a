/** In which order publishes arrive (PUB-06, PUB-07). */
import { decide, requirement } from '../../requirement.ts'
import { deliveries, markOf } from '../../run/deliveries.ts'
import type { Connection, OpRun, Publish, Receipt, Run } from '../../run/run.ts'

interface Arrived {
  publish: Publish & { op: OpRun }
  receipt: Receipt
}

/** The handlers' publishes that arrived on a connection, by connection; only those that came once tell an order. */
function arrivals(run: Run): Map<Connection, Arrived[]> {
  const found = new Map<Connection, Arrived[]>()
  for (const { publish, connection, receipts, expected } of deliveries(run)) {
    const [receipt, ...more] = receipts
    // What should not have come at all has no place in the order.
    if (expected === 'must not') continue
    if (publish.op === undefined || receipt === undefined || more.length > 0) continue
    const list = found.get(connection) ?? []
    found.set(connection, list)
    list.push({ publish: publish as Arrived['publish'], receipt })
  }
  return found
}

export const pub06 = requirement({
  id: 'PUB-06',
  title: 'Publishes awaited in turn arrive at each subscriber in that order',
  level: 'must',
  area: 'publishing',
  since: '1.0',
  clauses: {
    'one handler': { promise: 'publishes that one handler awaited in turn arrive in that order', needs: ['trace'] },
    'one handler after another': {
      promise: 'so do publishes of which one had resolved in another handler before the next was made',
      needs: ['trace'],
    },
  },
  source: { decision: 'who awaits a publish relies on it having gone before what follows' },
  *judge(run) {
    for (const [connection, list] of arrivals(run)) {
      for (const earlier of list) {
        for (const later of list) {
          if (run.before(earlier.publish.end, later.publish.begin) !== 'yes') continue
          const clause = earlier.publish.op.call === later.publish.op.call ? 'one handler' : 'one handler after another'
          yield decide(clause, earlier.receipt.event.seq < later.receipt.event.seq, {
            events: [earlier.publish.begin, earlier.publish.end, later.publish.begin, later.receipt.event, earlier.receipt.event],
            expected: `${JSON.stringify(earlier.publish.value)} before ${JSON.stringify(later.publish.value)} on ${connection.name}: the second was published when the first had resolved`,
            observed: 'they arrived the other way round',
          })
        }
      }
    }
  },
})

export const pub07 = requirement({
  id: 'PUB-07',
  title: "Publishing to one's own topic and then sending to oneself arrives in that order",
  level: 'must',
  area: 'publishing',
  since: '1.0',
  clauses: {
    awaited: {
      promise: 'a publish to its own topic that a handler awaited arrives before what it sent to itself then',
      needs: ['trace'],
    },
    unawaited: { promise: 'so does one that it did not await', needs: ['trace'] },
  },
  source: { decision: 'the order of calls holds for one connection, whichever way they take to it' },
  *judge(run) {
    for (const [connection, list] of arrivals(run)) {
      for (const { publish, receipt } of list) {
        const { op } = publish
        if (op.call.channelId !== connection.channelId) continue
        for (const sent of connection.received) {
          if (sent.answers?.kind !== 'send' || sent.answers.op.call !== op.call || sent.answers.op.index < op.index) continue
          if (markOf(sent.answers.op.args.value ?? null) === undefined) continue
          yield decide((op.args.mode ?? 'await') === 'await' ? 'awaited' : 'unawaited', receipt.event.seq < sent.event.seq, {
            events: [op.begin, sent.answers.op.begin, sent.event, receipt.event],
            expected: `on ${connection.name} the publish of step ${op.call.step} before what the same handler sent afterwards`,
            observed: 'they arrived the other way round',
          })
        }
      }
    }
  },
})
