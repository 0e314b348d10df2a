/** Whom a publish leaves out (PUB-02, PUB-03). */
import { decide, requirement } from '../../requirement.ts'
import { deliveries, meetsTrouble, ordinary, ordinaryTopic } from '../../run/deliveries.ts'
import type { Publish, Run } from '../../run/run.ts'
import { mustArrive, mustNotArrive } from '../arrival.ts'

export const pub02 = requirement({
  id: 'PUB-02',
  title: "With a subscriber's id, everyone but that one",
  level: 'must',
  area: 'publishing',
  since: '1.0',
  clauses: {
    'everyone else': { promise: 'every other subscriber of the topic is given the publish', needs: ['trace'] },
    'not the excluded one': { promise: 'the excluded subscriber is not given it', needs: ['trace'] },
  },
  source: { seed: 'guide', quote: 'publish(topic, excludeId, payload)- Publish to all subscribers (optionally exclude one)' },
  *judge(run) {
    for (const delivery of deliveries(run)) {
      const { publish } = delivery
      const excluded = publish.exclude === null ? undefined : run.byChannelId.get(publish.exclude)
      if (excluded === undefined || !ordinary(delivery) || run.subscribed(excluded, publish) !== 'must') continue
      if (delivery.excluded) yield* mustNotArrive('not the excluded one', delivery, 'it excludes')
      else yield* mustArrive('everyone else', delivery, 'is subscribed and not excluded')
    }
  },
})

/** Why an excluded id leaves nobody out. */
type Stranger = 'an unknown id' | 'the empty string' | 'a closed channel' | 'not subscribed'

/** What an exclusion names, where it names nobody who would have been given the publish. */
function strangerIn(run: Run, publish: Publish): Stranger | undefined {
  const { exclude } = publish
  if (exclude === null) return undefined
  if (exclude === '') return 'the empty string'
  const excluded = run.byChannelId.get(exclude)
  if (excluded === undefined) return registered(run, exclude) ? undefined : 'an unknown id'
  const over = excluded.calls.find((call) => call.handler === 'onDisconnect')?.settled
  if (excluded.closed !== undefined && run.before(over, publish.begin) === 'yes') return 'a closed channel'
  return excluded.ending === undefined && run.subscribed(excluded, publish) === 'must not' ? 'not subscribed' : undefined
}

const registered = (run: Run, id: string): boolean =>
  run.calls.some((call) => call.ops.some((op) => op.name === 'register' && op.args.id === id))

export const pub03 = requirement({
  id: 'PUB-03',
  title: 'With an id that is unknown, closed or not subscribed to the topic, everyone, and no error',
  level: 'must',
  area: 'publishing',
  since: '1.0',
  clauses: {
    'an unknown id': { promise: 'an excluded id nobody has leaves nobody out', needs: ['trace'] },
    'the empty string': { promise: 'excluding the empty string leaves nobody out', needs: ['trace'] },
    'a closed channel': { promise: 'an excluded id whose channel has closed leaves nobody out', needs: ['trace'] },
    'not subscribed': { promise: 'an excluded channel that is not subscribed to the topic leaves nobody out', needs: ['trace'] },
    'no error': { promise: 'such a publish resolves', needs: ['trace'] },
  },
  source: {
    decision:
      'an exclusion is a wish about one receiver; where it names none there is nothing to leave out, and nothing that went wrong',
  },
  *judge(run) {
    for (const publish of run.publishes) {
      const stranger = strangerIn(run, publish)
      if (stranger === undefined || publish.wire === undefined || publish.end === undefined || !ordinaryTopic(publish.topic))
        continue
      if (meetsTrouble(run, publish)) continue
      yield decide('no error', publish.outcome === 'ok', {
        events: [publish.begin, publish.end],
        expected: `the publish to ${JSON.stringify(publish.topic)} resolves, though it excludes ${JSON.stringify(publish.exclude)} (${stranger})`,
        observed: 'it rejected',
      })
    }
    for (const delivery of deliveries(run)) {
      const stranger = strangerIn(run, delivery.publish)
      if (stranger === undefined || !ordinary(delivery) || delivery.excluded) continue
      yield* mustArrive(
        stranger,
        delivery,
        `is subscribed, while the publish excludes only ${JSON.stringify(delivery.publish.exclude)} (${stranger})`,
      )
    }
  },
})
