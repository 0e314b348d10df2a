/** What is certain of publishes, whatever runs side by side, and of the order in which things arrive. */

import { replyWire } from '../../spec/run/answers.ts'
import { deliveries, provenAfter } from '../../spec/run/deliveries.ts'
import type { Call, Connection, Expectation, Publish, Receipt } from '../../spec/run/run.ts'
import type { Field } from './fields.ts'
import { certainlyOver, isLarge } from './operation-fields.ts'
import { opName, type View } from './view.ts'

/** Whether a publish must or must not arrive, exclusion included; 'may' also where no fence would show that it has not. */
function due({ run }: View, publish: Publish, connection: Connection): Expectation {
  if (!provenAfter(run, connection, publish)) return 'may'
  if (publish.exclude !== null && publish.exclude === connection.channelId) return 'must not'
  return publish.wire === undefined ? 'must not' : run.subscribed(connection, publish)
}

const nameOf = (view: View, { op, begin }: Publish): string =>
  op === undefined ? `publish of step ${view.names.step(begin.step)}` : opName(view, op)

/**
 * Deliveries that must or must not be. The expectation is part of the name: where lanes run side by side it may be one
 * here and the other there, by the order in which things happened to come.
 */
export function* deliveryFields(view: View, sequential: boolean): Generator<Field> {
  const { run, calm } = view
  // Payloads that name nothing are told from one another only where one thing happens after another.
  const marked = new Set(deliveries(run).map(({ publish }) => publish))
  for (const publish of run.publishes) {
    if (publish.sentinel || (!sequential && !marked.has(publish))) continue
    for (const connection of calm) {
      const expected = due(view, publish, connection)
      if (expected === 'may') continue
      const name = `${nameOf(view, publish)}, which ${expected} arrive at ${connection.name}`
      yield { kind: 'delivery', name, value: publish.receipts.filter(({ conn }) => conn === connection).length }
    }
  }
}

/** Something that must arrive, and its first copy. */
interface Due {
  name: string
  receipt: Receipt | undefined
}

/** The orders in which things arrive that must. What is compared is part of the name, so that nothing that is missing moves the rest. */
export function* orderFields(view: View): Generator<Field> {
  for (const connection of view.calm) {
    for (const call of view.run.calls) {
      if (call.handler === 'onDisconnect' || (call.handler === 'onConnect' && !view.shared.has('stateful'))) continue
      yield* inOrder('order', `${view.names.call(call)} at ${connection.name}`, ofCall(view, call, connection))
    }
    yield* inOrder('order of publishes', connection.name, inTurn(view, connection))
  }
}

function* inOrder(kind: Field['kind'], where: string, dues: readonly Due[]): Generator<Field> {
  const come = dues.filter((each): each is Due & { receipt: Receipt } => each.receipt !== undefined)
  if (come.length < 2) return
  const value = come.toSorted((a, b) => a.receipt.event.seq - b.receipt.event.seq).map(({ name }) => name)
  yield { kind, name: `${where}: ${come.map(({ name }) => name).join(', ')}`, value }
}

function ofCall(view: View, call: Call, connection: Connection): Due[] {
  const { run } = view
  const own = call.conn === connection.name
  const dues = call.ops.flatMap((op): Due[] => {
    const name = `op ${op.index} ${op.name}`
    const publish = op.name === 'publish' ? run.publishes.find((each) => each.op === op) : undefined
    if (publish !== undefined && due(view, publish, connection) === 'must')
      return [{ name, receipt: publish.receipts.find(({ conn }) => conn === connection) }]
    if (op.name !== 'send' || !own || isLarge(op) || !certainlyOver(run, connection, op)) return []
    return [{ name, receipt: connection.received.find(({ answers }) => answers?.kind === 'send' && answers.op === op) }]
  })
  if (!own || replyWire(call) === undefined) return dues
  const reply = connection.received.find(({ answers }) => answers?.kind === 'reply' && answers.call === call)
  return [...dues, { name: 'reply', receipt: reply }]
}

/** Publishes of handlers that must arrive, each made when the one before had resolved; none where that is not so of all. */
function inTurn(view: View, connection: Connection): Due[] {
  const { run } = view
  const publishes = run.publishes.filter(
    (each) => each.op !== undefined && each.op.call.handler !== 'onDisconnect' && due(view, each, connection) === 'must',
  )
  const chained = publishes.every((each, index) => {
    const previous = publishes[index - 1]
    return previous === undefined || run.before(previous.end, each.begin) === 'yes'
  })
  if (!chained) return []
  return publishes.map((each) => ({
    name: nameOf(view, each),
    receipt: each.receipts.find(({ conn }) => conn === connection),
  }))
}
