/** What subscribes and unsubscribes come to (STORE-06, STORE-07). */
import type { StoreOp, Stores } from '../../../run/stores.ts'
import { came, type Decision, decided, say } from './decision.ts'

/** Every subscribe and unsubscribe. */
export function* subscriptions(stores: Stores): Generator<Decision> {
  for (const subscribe of stores.of('subscribe')) yield* subscribing(stores, subscribe)
  for (const unsubscribe of stores.of('unsubscribe')) yield* unsubscribing(stores, unsubscribe)
}

function* subscribing(stores: Stores, subscribe: StoreOp): Generator<Decision> {
  const { value, args } = subscribe
  const [topic, id] = [args.topic as string, args.id as string]
  if (typeof value !== 'boolean') return
  const told = (expected: string, ...ops: (StoreOp | undefined)[]) => ({
    ops: [stores.addOf(id), ...ops, subscribe],
    expected: `${say(subscribe)} resolves to ${expected}`,
    observed: came(subscribe),
  })
  const removed = stores.removed(id, subscribe)
  if (stores.live(id, subscribe) === 'must') {
    const first = stores.on('subscribe', topic, id).find((each) => each.value === true && stores.precedes(each, subscribe))
    yield decided(
      'topics',
      'STORE-06',
      first === undefined ? 'accepted' : 'again',
      value,
      told('true: the channel is there', first),
    )
  } else if (stores.added(id, subscribe) === 'must not')
    yield decided('topics', 'STORE-06', 'unknown', !value, told('false: nobody had added this id'))
  else if (removed === 'must') {
    const winners = stores.winners(id)
    yield decided('topics', 'STORE-06', 'removed', !value, told('false: the channel had been removed', ...winners))
  } else if (removed === 'must not' && stores.expired(id, subscribe) === 'must')
    yield decided('topics', 'STORE-10', 'not subscribed', !value, told('false: the channel has expired'))
}

/** Whatever there is to undo, an unsubscribe resolves. */
function* unsubscribing(stores: Stores, unsubscribe: StoreOp): Generator<Decision> {
  if (unsubscribe.end === undefined) return
  const [topic, id] = [unsubscribe.args.topic as string, unsubscribe.args.id as string]
  const subscribed = stores.on('subscribe', topic, id).some((each) => !stores.precedes(unsubscribe, each))
  const earlier = stores.on('unsubscribe', topic, id).find((each) => stores.precedes(each, unsubscribe))
  const clause = !subscribed ? 'not subscribed' : earlier === undefined ? 'resolves' : 'twice'
  yield decided('topics', 'STORE-07', clause, unsubscribe.end.outcome === 'ok', {
    ops: [...stores.on('subscribe', topic, id), earlier, unsubscribe],
    expected: `${say(unsubscribe)} resolves`,
    observed: came(unsubscribe),
  })
}
