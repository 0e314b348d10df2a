/** Which channels a sweep finds (STORE-10). */
import type { StoreOp, Stores } from '../../../run/stores.ts'
import { came, type Decision, decided, say } from './decision.ts'

/** Every listing of expired channels, and what it read. */
export function* expiry(stores: Stores): Generator<Decision> {
  for (const sweep of stores.of('expired')) {
    if (!Array.isArray(sweep.value)) continue
    const listed = (sweep.value as string[][]).flat()
    for (const id of stores.ids) yield* found(stores, sweep, id, listed.includes(id))
  }
  yield* unread(stores)
}

function* found(stores: Stores, sweep: StoreOp, id: string, listed: boolean): Generator<Decision> {
  const add = stores.addOf(id)
  if (add === undefined || !stores.precedes(add, sweep)) return
  const [expires, now] = [add.args.expires as number, sweep.args.now as number]
  const told = (expected: string, ...ops: StoreOp[]) => ({
    ops: [add, ...ops, sweep],
    expected: `${say(sweep)} ${expected}`,
    observed: came(sweep),
  })
  const removed = stores.removed(id, sweep)
  const name = JSON.stringify(id)
  if (expires > now)
    yield decided(
      'channels',
      'STORE-10',
      'no live ones',
      !listed,
      told(`does not list ${name}, which expires ${expires - now} ms later`),
    )
  else if (removed === 'must')
    yield decided(
      'channels',
      'STORE-10',
      'no removed ones',
      !listed,
      told(`does not list ${name}, which was removed`, ...stores.winners(id)),
    )
  else if (removed === 'must not' && expires < now)
    yield decided('channels', 'STORE-10', 'swept', listed, told(`lists ${name}, which expired ${now - expires} ms before`))
}

/** Live records that sweeps have read, where the stores count them. */
function* unread(stores: Stores): Generator<Decision> {
  for (const count of stores.of('live reads')) {
    const sweeps = stores.of('expired').filter((sweep) => stores.precedes(sweep, count))
    const live = stores.ids.filter((id) => sweeps.some((sweep) => stores.live(id, sweep) === 'must'))
    if (live.length === 0 || typeof count.value !== 'number') continue
    yield decided('channels', 'STORE-10', 'live ones unread', count.value === 0, {
      ops: [...sweeps, count],
      expected: `${sweeps.map(say).join(' and ')} read no record of a live channel`,
      observed: `${count.value} were read`,
    })
  }
}
