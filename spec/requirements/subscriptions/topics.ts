/** Topics are opaque (SUB-05). */
import { decide, requirement } from '../../requirement.ts'
import { changedByOthers, deliveries, ordinaryTopic } from '../../run/deliveries.ts'
import type { OpRun, Publish, Run } from '../../run/run.ts'
import { mustArrive, mustNotArrive } from '../arrival.ts'

const mostBytes = 256

/** How many bytes a well-formed string takes in UTF-8. */
function utf8Length(text: string): number {
  let bytes = 0
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

/** Why a topic must be refused; undefined for one that must be taken. */
function refusal(topic: string): 'ill-formed' | 'too long' | undefined {
  if (!topic.isWellFormed()) return 'ill-formed'
  return utf8Length(topic) > mostBytes ? 'too long' : undefined
}

const usesTopic = new Set(['subscribe', 'unsubscribe', 'publish'])

export const sub05 = requirement({
  id: 'SUB-05',
  title: 'A topic is an opaque well-formed string of up to 256 bytes, compared exactly; others are refused with a TypeError',
  level: 'must',
  area: 'subscriptions',
  since: '1.0',
  clauses: {
    'any text': {
      promise:
        'every well-formed text of up to 256 bytes is taken as a topic, the empty one included, and its subscribers are given its publishes',
      needs: ['trace'],
    },
    exactly: { promise: 'no publish reaches a subscriber of another topic, however alike the two are', needs: ['trace'] },
    'too long': { promise: 'more than 256 bytes of UTF-8 are refused with a TypeError', needs: ['trace'] },
    'ill-formed': { promise: 'a lone surrogate is refused with a TypeError', needs: ['trace'] },
    'refused by the host’s hub': { promise: 'publishing from outside any handler refuses them too', needs: ['hub'] },
    'refusals change nothing': {
      promise: 'a refused subscribe subscribes to nothing, a refused publish reaches nobody',
      needs: ['trace'],
    },
  },
  source: {
    decision: 'names that come from users must not reach others by a wildcard, a separator, a cut or a store’s key syntax',
  },
  *judge(run) {
    for (const call of run.calls) {
      for (const op of call.ops) if (usesTopic.has(op.name) && op.end !== undefined) yield* taken(run, op)
    }
    for (const publish of run.publishes) if (publish.op === undefined) yield* takenByHost(publish)
    for (const delivery of deliveries(run)) {
      const { publish, connection, changes } = delivery
      if (ordinaryTopic(publish.topic) || changedByOthers(delivery) || publish.op?.call.handler === 'onDisconnect') continue
      if (refusal(publish.topic) !== undefined) {
        if (changes.length > 0) yield* mustNotArrive('refusals change nothing', delivery, 'cannot be subscribed to such a topic')
      } else if (delivery.expected !== 'must not') {
        if (!delivery.excluded) yield* mustArrive('any text', delivery, 'is subscribed')
      } else if (changes.length === 0) {
        const own = run.changes.filter(
          (each) => each.channelId === connection.channelId && each.change === 'subscribe' && each.topic !== publish.topic,
        )
        const before = own.filter((each) => !ordinaryTopic(each.topic) && run.before(each.op.end, publish.begin) === 'yes')
        const topics = [...new Set(before.map((each) => JSON.stringify(each.topic)))].join(', ')
        if (before.some((each) => each.outcome === 'ok'))
          yield* mustNotArrive('exactly', delivery, `is subscribed to ${topics} only`)
        else if (before.length > 0)
          yield* mustNotArrive('refusals change nothing', delivery, `was refused ${topics}, and is subscribed to nothing`)
      }
    }
  },
})

/** Whether an operation took a topic that it must take, or refused one that it must refuse. */
function* taken(run: Run, op: OpRun) {
  const topic = op.args.topic as string
  const why = refusal(topic)
  const { end } = op
  if (end === undefined || ordinaryTopic(topic)) return
  if (why !== undefined) {
    yield decide(why, end.outcome === 'rejected' && end.error?.typeError === true, {
      events: [op.begin, end],
      expected: `${op.name} rejects the topic ${JSON.stringify(topic)} (${why}) with a TypeError`,
      observed: end.outcome === 'ok' ? 'it resolved' : `it rejected with ${end.error?.name}: ${end.error?.message}`,
    })
    return
  }
  // A channel that is closing may have its subscribes rejected (SUB-07); a payload may be refused as such (SEND-11).
  const connection = run.byChannelId.get(op.call.channelId)
  if (op.call.handler === 'onDisconnect' || run.before(end, connection?.ending) === 'no' || 'who' in op.args) return
  if (op.name === 'publish' && run.publishes.some((publish) => publish.op === op && publish.wire === undefined)) return
  if (connection?.ending !== undefined && run.before(end, connection.ending) !== 'yes') return
  yield decide('any text', end.outcome === 'ok', {
    events: [op.begin, end],
    expected: `${op.name} takes the topic ${JSON.stringify(topic)}, well-formed and of ${utf8Length(topic)} bytes`,
    observed: `it rejected with ${end.error?.name}: ${end.error?.message}`,
  })
}

function* takenByHost(publish: Publish) {
  const { topic, begin, end } = publish
  const why = refusal(topic)
  if (end?.kind !== 'hosted' || why === undefined) return
  yield decide('refused by the host’s hub', end.outcome === 'rejected' && end.error?.typeError === true, {
    events: [begin, end],
    expected: `publishing from outside any handler to ${JSON.stringify(topic)} (${why}) rejects with a TypeError`,
    observed: end.outcome === 'ok' ? 'it resolved' : `it rejected with ${end.error?.name}: ${end.error?.message}`,
  })
}
