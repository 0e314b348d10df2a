/** Every publish beside every connection: what its subscriptions ask for, what came, and whether absence is proved. */
import type { Json } from '../values.ts'
import { fenceAfter } from './fences.ts'
import type { Connection, Expectation, OpRun, Publish, Receipt, Run, SubscriptionChange } from './run.ts'

/** One publish and one connection it might reach. */
export interface Delivery {
  publish: Publish
  connection: Connection
  /** By the connection's subscriptions alone, exclusion aside. */
  expected: Expectation
  /** The publish names this very channel as the one to leave out. */
  excluded: boolean
  receipts: readonly Receipt[]
  /** A fence that was sent after the publish was over has been answered: what has not arrived is lost. */
  proven: boolean
  /** The connection's own subscribes and unsubscribes to the topic, in order. */
  changes: readonly SubscriptionChange[]
}

const made = new WeakMap<Run, readonly Delivery[]>()

/** The deliveries of all publishes whose payload names them alone, so that no receipt can be mistaken for another's. */
export function deliveries(run: Run): readonly Delivery[] {
  let all = made.get(run)
  if (all === undefined) {
    all = collect(run)
    made.set(run, all)
  }
  return all
}

function collect(run: Run): Delivery[] {
  const publishes = markedPublishes(run)
  const found: Delivery[] = []
  for (const connection of run.connections) {
    const own = run.changes.filter((change) => change.channelId === connection.channelId)
    for (const publish of publishes) {
      found.push({
        publish,
        connection,
        expected: run.subscribed(connection, publish),
        excluded: publish.exclude !== null && publish.exclude === connection.channelId,
        receipts: publish.receipts.filter((receipt) => receipt.conn === connection),
        proven: provenAfter(run, connection, publish),
        changes: own.filter((change) => change.topic === publish.topic),
      })
    }
  }
  return found
}

/** Whether a fence on this connection was sent after the publish was over, and answered. */
export const provenAfter = (run: Run, connection: Connection, publish: Publish): boolean =>
  fenceAfter(run, connection, publish.end) !== undefined

/** The mark of a payload that is nothing but its mark: `{ m: 'step.op' }`. */
export function markOf(value: Json): string | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined
  return typeof value.m === 'string' && Object.keys(value).length === 1 ? value.m : undefined
}

/** Publishes of a mark that nothing else in the run carries, left as it was when the call was made. */
function markedPublishes(run: Run): Publish[] {
  const uses = new Map<string, number>()
  const use = (value: Json): void => {
    const mark = value !== null && typeof value === 'object' && !Array.isArray(value) ? value.m : undefined
    if (typeof mark === 'string') uses.set(mark, (uses.get(mark) ?? 0) + 1)
  }
  for (const publish of run.publishes) use(publish.value)
  for (const call of run.calls)
    for (const op of call.ops) if (op.name === 'send' || op.name === 'return') use(op.args.value ?? null)
  return run.publishes.filter((publish) => {
    const mark = markOf(publish.value)
    return mark !== undefined && uses.get(mark) === 1 && publish.op?.args.then !== 'mutate'
  })
}

/** Topics as programs name them when it is not about topics: those of SUB-05 are anything else. */
export function ordinaryTopic(topic: string): boolean {
  return /^(\d+:)?[a-z]{1,3}$/.test(topic)
}

/** Whether somebody else subscribed or unsubscribed this connection's channel (SUB-10). */
export function changedByOthers(delivery: Delivery): boolean {
  return delivery.changes.some((change) => change.op.call.channelId !== change.channelId)
}

/** The connection that publishes; undefined for the host. */
export function publisherOf(run: Run, publish: Publish): Connection | undefined {
  return publish.op === undefined ? undefined : run.byChannelId.get(publish.op.call.channelId)
}

/** Nothing about it belongs to a requirement of its own: neither its topic, nor who subscribed, nor a closed publisher. */
export function ordinary(delivery: Delivery): boolean {
  const { publish } = delivery
  return ordinaryTopic(publish.topic) && publish.op?.call.handler !== 'onDisconnect' && !changedByOthers(delivery)
}

/** Whether a publish meets a receiver that throws, waits (SUB-11) or is going (PUB-10): then its rejection is about that. */
export function meetsTrouble(run: Run, publish: Publish): boolean {
  const { topic } = publish
  const going = run.connections.some(
    ({ ending, channelId, calls }) =>
      ending !== undefined &&
      run.before(publish.end, ending) !== 'yes' &&
      run.before(calls.find((call) => call.handler === 'onDisconnect')?.settled, publish.begin) !== 'yes' &&
      run.changes.some((change) => change.channelId === channelId && change.topic === topic),
  )
  return going || run.calls.some((call) => call.ops.some((op) => troubled(op) && receives(run, op, topic)))
}

const troubled = (op: OpRun): boolean =>
  op.name === 'register' && ((op.args.throws ?? false) !== false || op.args.gate !== undefined)

const receives = (run: Run, { args }: OpRun, topic: string): boolean =>
  (args.topics as string[]).includes(topic) ||
  run.changes.some((change) => change.channelId === args.id && change.topic === topic)

/** Whether a handler of the connection's subscribed or unsubscribed somebody else to the topic (SUB-10). */
export function changesOthers(run: Run, { connection, publish }: Delivery): boolean {
  return run.changes.some(
    (change) =>
      change.topic === publish.topic &&
      change.channelId !== connection.channelId &&
      change.op.call.channelId === connection.channelId,
  )
}
