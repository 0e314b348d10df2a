/** Subscribers of the application's own (SUB-11). */

import type { ServerEventOf } from '../../history.ts'
import { broken, decide, kept, requirement, undecided } from '../../requirement.ts'
import { deliveries, ordinaryTopic } from '../../run/deliveries.ts'
import type { Expectation, OpRun, Publish, Run, SubscriptionChange } from '../../run/run.ts'
import { holding, type Interval, intervalOf } from '../../run/subscriptions.ts'
import { sameWire } from '../../wire.ts'
import { mustArrive } from '../arrival.ts'

/** One registered subscriber: by its id, with everything that was done to it. */
export interface Receiver {
  id: string
  registers: OpRun[]
  unregisters: OpRun[]
  received: ServerEventOf<'custom'>[]
  /** Its receiver throws, or waits at a gate. */
  troubled: boolean
  /** Where its receiver waits. */
  gate: string | undefined
}

/** The registered subscribers of a run. */
export function receiversOf(run: Run): Receiver[] {
  const found = new Map<string, Receiver>()
  const of = (id: string): Receiver => {
    const receiver = found.get(id) ?? { id, registers: [], unregisters: [], received: [], troubled: false, gate: undefined }
    found.set(id, receiver)
    return receiver
  }
  for (const call of run.calls) {
    for (const op of call.ops) {
      if (op.name === 'register') {
        const receiver = of(op.args.id as string)
        receiver.registers.push(op)
        receiver.gate ??= op.args.gate as string | undefined
        receiver.troubled ||= (op.args.throws ?? false) !== false || op.args.gate !== undefined
      } else if (op.name === 'unregister') of(op.args.id as string).unregisters.push(op)
    }
  }
  for (const event of run.of('custom')) found.get(event.id)?.received.push(event)
  return [...found.values()]
}

/** Whether the publish is due at a receiver, exclusion aside. */
function due(run: Run, receiver: Receiver, publish: Publish): Expectation {
  const changes: Interval[] = run.changes
    .filter((each) => each.channelId === receiver.id && each.topic === publish.topic)
    .map((change) => ({ ...intervalOf(change), certain: registeredAt(run, receiver, change) }))
  const outcome = (op: OpRun): Interval['outcome'] => op.end?.outcome ?? 'unknown'
  for (const op of receiver.registers) {
    if ((op.args.topics as string[]).includes(publish.topic))
      changes.push({ change: 'subscribe', begin: op.begin, end: op.end, outcome: outcome(op) })
  }
  for (const op of receiver.unregisters)
    changes.push({ change: 'unsubscribe', begin: op.begin, end: op.end, outcome: outcome(op) })
  return holding(run.before, changes, publish)
}

/** Whether the receiver was registered when it was subscribed: an id nobody has may be subscribed without effect (SUB-10). */
function registeredAt(run: Run, { registers, unregisters }: Receiver, { op }: SubscriptionChange): boolean {
  return registers.some(
    (each) =>
      each.end?.outcome === 'ok' &&
      run.before(each.end, op.begin) === 'yes' &&
      unregisters.every((un) => run.before(un.end, each.begin) === 'yes' || run.before(op.end, un.begin) === 'yes'),
  )
}

export const sub11 = requirement({
  id: 'SUB-11',
  title: 'The application may register a receiver of its own: it subscribes, receives, is excluded and ends as a channel does',
  level: 'must',
  area: 'subscriptions',
  since: '1.0',
  capabilities: ['customSubscribers'],
  clauses: {
    receives: { promise: 'a registered receiver is given the publishes to its topics, encoded, once each', needs: ['trace'] },
    excluded: { promise: 'a publish that excludes its id is not given to it', needs: ['trace'] },
    ends: { promise: 'once it has closed, or was unsubscribed, it is given nothing more', needs: ['trace'] },
    'an id in use': { promise: 'registering an id that is in use rejects', needs: ['trace'] },
    'harms no other': {
      promise: 'a receiver that throws or waits keeps nothing from the others and fails no publish',
      needs: ['trace'],
    },
  },
  source: {
    seed: 'guide',
    quote: 'EventHub works across all transports - WebSocket channels, Server-Sent Events, and even custom implementations.',
  },
  *judge(run) {
    const receivers = receiversOf(run)
    if (receivers.length === 0) return
    const all = deliveries(run)
    for (const receiver of receivers) {
      if (run.byChannelId.has(receiver.id)) {
        yield* usurps(run, receiver)
        continue
      }
      yield* inUse(run, receiver)
      for (const publish of run.publishes) if (isOneOfItsKind(run, publish)) yield* given(run, receiver, publish)
      if (!receiver.troubled) continue
      for (const delivery of all) {
        const { publish } = delivery
        if (
          !ordinaryTopic(publish.topic) ||
          delivery.excluded ||
          publish.exclude === receiver.id ||
          !meets(run, receiver, publish)
        )
          continue
        yield* mustArrive('harms no other', delivery, `is subscribed, as ${receiver.id} is, whose receiver throws or waits`)
      }
    }
    for (const publish of run.publishes) {
      const troubled = receivers.find((each) => each.troubled && publish.exclude !== each.id && meets(run, each, publish))
      if (troubled === undefined || publish.end === undefined || publish.wire === undefined) continue
      yield decide('harms no other', publish.outcome === 'ok', {
        events: [publish.begin, ...troubled.received, publish.end],
        expected: `the publish to ${JSON.stringify(publish.topic)} resolves, whatever ${troubled.id}'s receiver does`,
        observed: 'it rejected',
      })
    }
  },
})

/** Whether no other publish has the same message, so that no copy can be taken for another's. */
const isOneOfItsKind = (run: Run, { wire }: Publish): boolean =>
  wire !== undefined && run.publishes.filter((other) => other.wire !== undefined && sameWire(other.wire, wire)).length === 1

/** Whether the publish met the receiver, however the publish ended. */
const meets = (run: Run, receiver: Receiver, publish: Publish): boolean =>
  due(run, receiver, { ...publish, outcome: 'ok' }) === 'must'

/** What a receiver must have been given when the publish resolved: accepting is what a publish waits for. */
function* given(run: Run, receiver: Receiver, publish: Publish) {
  const { wire } = publish
  if (wire === undefined || !ordinaryTopic(publish.topic)) return
  const expected = due(run, receiver, publish)
  const copies = receiver.received.filter((event) => sameWire(wire, event.data))
  const clause = publish.exclude === receiver.id ? 'excluded' : expected === 'must not' ? 'ends' : 'receives'
  if (
    clause === 'ends' &&
    !receiver.unregisters.some((op) => run.before(op.end, publish.begin) === 'yes') &&
    !unsubscribed(run, receiver, publish)
  )
    return
  if (clause === 'excluded' && expected === 'must not') return
  if (expected === 'may') {
    yield undecided(clause)
    return
  }
  const owed = clause === 'receives' ? 1 : 0
  if (copies.length === owed) {
    if (publish.end !== undefined) yield kept(clause, publish.begin, copies[0], publish.end)
    return
  }
  yield broken(clause, {
    events: [receiver.registers[0]?.end, publish.begin, ...copies, publish.end],
    expected: `${owed === 1 ? 'one copy' : 'no copy'} of ${JSON.stringify(publish.value)} with ${receiver.id}${clause === 'excluded' ? ', which the publish excludes' : clause === 'ends' ? ', which has ended' : ''}`,
    observed: `${copies.length} when the publish had resolved`,
  })
}

const unsubscribed = (run: Run, receiver: Receiver, publish: Publish): boolean =>
  run.changes.some(
    (each) =>
      each.channelId === receiver.id &&
      each.change === 'unsubscribe' &&
      each.topic === publish.topic &&
      run.before(each.op.end, publish.begin) === 'yes',
  )

/** Registered under the id of a channel, which is a subscriber as well. */
function* usurps(run: Run, { id, registers }: Receiver) {
  const connection = run.byChannelId.get(id)
  if (connection === undefined) return
  const { open, connect, ending, name } = connection
  for (const { begin, end } of registers) {
    if (end === undefined || (connect !== undefined && run.before(open, begin) !== 'yes')) continue
    if (ending !== undefined && run.before(end, ending) !== 'yes') continue
    yield decide('an id in use', end.outcome === 'rejected', {
      events: [open, begin, end],
      expected: `registering ${id} rejects: it is the id of ${name}'s channel`,
      observed: 'it resolved',
    })
  }
}

function* inUse(run: Run, { id, registers, unregisters }: Receiver) {
  for (const op of registers) {
    const holder = registers.find(
      (each) =>
        each !== op &&
        each.end?.outcome === 'ok' &&
        run.before(each.end, op.begin) === 'yes' &&
        unregisters.every((un) => run.before(un.end, each.begin) === 'yes' || run.before(op.end, un.begin) === 'yes'),
    )
    if (holder === undefined || op.end === undefined) continue
    yield decide('an id in use', op.end.outcome === 'rejected', {
      events: [holder.begin, holder.end, op.begin, op.end],
      expected: `registering ${id} again rejects: the id is in use`,
      observed: 'it resolved',
    })
  }
}
