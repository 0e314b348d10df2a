/** What stores keep of channels that are closed or never were (STORE-05, STORE-06), where they let it be seen. */
import type { StoreOp, Stores } from '../../../run/stores.ts'
import { type Decision, decided, say } from './decision.ts'

/** Every look at what is left. */
export function* leftovers(stores: Stores): Generator<Decision> {
  for (const look of stores.of('residue')) {
    const held = look.value as { channels?: string[]; subscriptions?: [string, string][] } | undefined
    if (held?.channels === undefined || held.subscriptions === undefined) continue
    for (const id of stores.ids) {
      const touched = stores.ops.filter((op) => op.args.id === id)
      if (touched.some((op) => stores.overlap(op, look))) continue
      const earlier = touched.filter((op) => stores.precedes(op, look))
      const topics = held.subscriptions.filter(([, subscriber]) => subscriber === id).map(([topic]) => topic)
      yield* kept(stores, look, id, earlier, held.channels.includes(id), topics)
    }
  }
}

function* kept(
  stores: Stores,
  look: StoreOp,
  id: string,
  earlier: readonly StoreOp[],
  channel: boolean,
  topics: readonly string[],
): Generator<Decision> {
  const removed = stores.removed(id, look) === 'must'
  const never = earlier.every(({ name }) => name !== 'add')
  if (!removed && !(never && earlier.some(({ name }) => name === 'subscribe' || name === 'set session'))) return
  const what = [channel ? 'a record of it' : '', ...topics.map((topic) => `a subscription to ${JSON.stringify(topic)}`)]
  const subject: Decision['of'] = topics.length > 0 ? 'topics' : 'channels'
  yield decided(subject, removed ? 'STORE-05' : 'STORE-06', 'nothing kept', !channel && topics.length === 0, {
    ops: [...earlier.filter(({ name }) => name !== 'find'), look],
    expected: `${removed ? `once ${stores.winners(id).map(say).join(' and ')} has ended` : 'of an id that nobody added'} nothing is kept of ${JSON.stringify(id)} but a mark`,
    observed: what.filter((each) => each !== '').join(' and ') || 'nothing is',
  })
}
