/** At most once, and nothing from nowhere (PUB-05). */
import { broken, decide, kept, requirement } from '../../requirement.ts'
import { type Call, type Connection, type Receipt, type Run, receivedKey } from '../../run/run.ts'
import { sameJson } from '../../values.ts'

/** Channels on which nothing but handlers decides what is sent: no middleware and no output schema stands between. */
const plainChannels = new Set(['main', 'open', 'bare'])

const plain = (connection: Connection): boolean =>
  plainChannels.has(connection.channel) && connection.spec.middleware === undefined

export const pub05 = requirement({
  id: 'PUB-05',
  title: 'At most once, and nothing from nowhere: each message received answers to one send, reply or publish',
  level: 'must',
  area: 'publishing',
  since: '1.0',
  clauses: {
    'at most once': { promise: 'no send, reply or publish is received twice by one connection', needs: ['trace'] },
    'nothing from nowhere': { promise: 'a connection receives no message that nothing was the cause of', needs: ['trace'] },
  },
  source: {
    decision:
      'a message given twice is harder to live with than one that was lost: clients cannot tell the copy from a second event',
  },
  *judge(run) {
    for (const connection of run.connections) {
      if (!plain(connection)) continue
      const again = connection.received.find((receipt) => receipt.copy > 1 && receipt.answers?.kind !== 'error')
      const late = connection.received.find((receipt) => earlierOf(run, receipt) !== undefined)
      if (again === undefined && late !== undefined) {
        yield broken('at most once', {
          events: [late.event],
          expected: `on ${connection.name} at most one message for each cause`,
          observed: `it received again what it had received in program ${earlierOf(run, late)}`,
          ledger: true,
        })
      } else if (again !== undefined) {
        yield broken('at most once', {
          events: [originOf(again), ...connection.received.filter((each) => sameAnswer(each, again)).map((each) => each.event)],
          expected: `on ${connection.name} at most one message for each ${again.answers?.kind ?? 'cause'}`,
          observed: `it received one for the ${copyName(again.copy)} time`,
        })
      } else if (
        connection.fenced !== undefined &&
        connection.received.some((each) => each.answers !== undefined && each.answers.kind !== 'fence')
      ) {
        yield kept('at most once', connection.fenced)
      }
      const excess = unexplained(run, connection)
      if (excess === undefined && connection.fenced === undefined) continue
      yield decide('nothing from nowhere', excess === undefined, {
        events: [excess?.event ?? connection.fenced],
        expected: `on ${connection.name} no more messages than its handlers, its own messages and the publishes to its topics account for`,
        observed: 'it received this one, which answers to nothing',
      })
    }
  },
})

/** The program in which this channel was given the very same message, if nothing in this run is its cause. */
function earlierOf(run: Run, { conn, wire, answers }: Receipt): number | undefined {
  if (answers !== undefined || conn.channelId === undefined) return undefined
  return run.ledger.received?.get(receivedKey(conn.channelId, wire))
}

const copyName = (copy: number): string => (copy === 2 ? 'second' : copy === 3 ? 'third' : `${copy}th`)

const sameAnswer = (a: Receipt, b: Receipt): boolean =>
  a === b || (a.answers?.kind === b.answers?.kind && sameJson(a.wire, b.wire))

function originOf({ answers }: Receipt) {
  switch (answers?.kind) {
    case 'send':
      return answers.op.begin
    case 'publish':
      return answers.publish.begin
    case 'reply':
      return answers.call.leave
    default:
      return answers?.message?.event
  }
}

/**
 * A message that answers to nothing, where nothing is left that it could be a damaged form of. What was damaged on its
 * way is another requirement's business, so each cause that has no answer yet excuses one such message.
 */
function unexplained(run: Run, connection: Connection): Receipt | undefined {
  const program = run.of('invoke')[0]?.step?.split('.')[0]
  const strays = connection.received.filter((receipt) => receipt.answers === undefined && !markedElsewhere(receipt, program))
  if (strays.length === 0) return undefined
  const answered = new Set<unknown>()
  for (const { answers } of connection.received) {
    if (answers?.kind === 'send') answered.add(answers.op)
    else if (answers?.kind === 'publish') answered.add(answers.publish)
    else if (answers?.kind === 'reply') answered.add(answers.call)
  }
  const errors = connection.received.filter(({ answers }) => answers?.kind === 'error').length
  const calls = run.calls.filter((call) => call.channelId === connection.channelId)
  const sends = calls.flatMap((call) => call.ops).filter((op) => op.name === 'send' && !answered.has(op)).length
  const replies = calls.filter((call) => mayReply(call) && !answered.has(call)).length
  const unhandled = connection.messages.filter(
    (message) => message.calls.length === 0 && !(message.fence && message.replies.length > 0),
  ).length
  const publishes = run.publishes.filter(
    (publish) => !answered.has(publish) && run.subscribed(connection, publish) !== 'must not',
  ).length
  const excuses = Math.max(0, replies + unhandled - errors) + sends + publishes
  return strays[excuses]
}

/** Whether its payload names another program: what came late is that one's, and was missed there. */
function markedElsewhere({ json }: Receipt, program: string | undefined): boolean {
  return typeof json?.m === 'string' && json.m.split('.')[0] !== program
}

/** Whether something may be sent for what the handler returned or threw. */
function mayReply(call: Call): boolean {
  if (call.handler === 'onDisconnect' || call.handler === 'armed' || call.handler === 'middleware') return false
  const nothing = sameJson(call.leave?.value, { $: 'undefined' }) && call.leave?.outcome === 'ok'
  return call.handler.includes(':') || !nothing
}
