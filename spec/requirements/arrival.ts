/** Judging one delivery: what is owed has arrived, what is not owed has not. Absence counts only behind a fence. */
import { broken, type Judgment, kept, undecided } from '../requirement.ts'
import type { Delivery } from '../run/deliveries.ts'

const show = (delivery: Delivery): string =>
  `the publish ${JSON.stringify(delivery.publish.value)} to ${JSON.stringify(delivery.publish.topic)}`

/** `why` completes "which …": the connection's claim to it. Nothing where its subscriptions do not make it due. */
export function* mustArrive<C extends string>(clause: C, delivery: Delivery, why: string): Generator<Judgment<C>> {
  const { publish, connection, receipts, expected, proven } = delivery
  if (expected === 'must not') return
  if (expected === 'may') yield undecided(clause)
  else if (receipts.length > 0) yield kept(clause, publish.begin, receipts[0]?.event)
  else if (!proven) yield undecided(clause)
  else {
    yield broken(clause, {
      events: [...delivery.changes.map((change) => change.op.end), publish.begin, publish.end, connection.fenced],
      expected: `${show(delivery)} on ${connection.name}, which ${why}`,
      observed: `it had not arrived when ${connection.name} had been given everything sent before`,
    })
  }
}

/** `why` completes "which …": the reason it is not for this connection. */
export function* mustNotArrive<C extends string>(clause: C, delivery: Delivery, why: string): Generator<Judgment<C>> {
  const { publish, connection, receipts, proven } = delivery
  const [receipt] = receipts
  if (receipt !== undefined) {
    yield broken(clause, {
      events: [...delivery.changes.map((change) => change.op.end), publish.begin, receipt.event],
      expected: `nothing of ${show(delivery)} on ${connection.name}, which ${why}`,
      observed: `${connection.name} received it`,
    })
  } else if (proven) yield kept(clause, publish.begin, publish.end, connection.fenced)
  else yield undecided(clause)
}
