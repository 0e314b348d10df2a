/** onConnect: once, first, alone, and heard first (LIFE-06, LIFE-07, LIFE-08). */
import { probeChannels } from '../../probe/channels/index.ts'
import { shaped } from '../../probe/channels/shaped.ts'
import { broken, decide, type Judgment, kept, requirement, undecided } from '../../requirement.ts'
import { replyWire } from '../../run/answers.ts'
import { lastedAfter } from '../../run/fences.ts'
import type { Call, Connection, Message, Receipt, Run } from '../../run/run.ts'
import { showWire } from '../../wire.ts'
import { carries, markOf } from '../sending/marks.ts'
import { handlesMessage, overAt } from './attempts.ts'

/** Connections whose channel has an onConnect that no middleware can keep from running, with its runs. */
function connecting(run: Run): { connection: Connection; runs: Call[] }[] {
  return run.connections
    .filter(({ channel, spec }) => probeChannels.get(channel)?.onConnect === true && spec.middleware === undefined)
    .map((connection) => ({ connection, runs: connection.calls.filter(({ handler }) => handler === 'onConnect') }))
}

export const life06 = requirement({
  id: 'LIFE-06',
  title: 'onConnect runs exactly once per accepted connection, before any message handler of that connection',
  level: 'must',
  area: 'lifecycle',
  since: '1.0',
  clauses: {
    'exactly once': { promise: 'it runs exactly once per accepted connection', needs: ['trace'] },
    'before any message handler': { promise: 'it starts before any message handler of the connection', needs: ['trace'] },
  },
  source: { seed: 'guide', quote: 'Called when a client first connects:' },
  *judge(run) {
    for (const { connection, runs } of connecting(run)) {
      const message = connection.calls.find(handlesMessage)
      const [first, second] = runs
      // A connection that an earlier program opened has had its onConnect there.
      const due = connection.connect === undefined ? 0 : 1
      const over = connection.fenced ?? message?.enter
      if (runs.length > due || (runs.length < due && connection.open !== undefined && over !== undefined)) {
        yield broken('exactly once', {
          events: [connection.connect, first?.enter, second?.enter, connection.open, over],
          expected: `one run of onConnect for ${connection.name}`,
          observed: runs.length > due ? `${runs.length + 1 - due} runs` : 'none, although its messages were handled',
        })
      } else if (first !== undefined && over !== undefined) yield kept('exactly once', first.enter, over)
      if (first === undefined || message === undefined) continue
      const order = run.before(first.enter, message.enter)
      if (order === 'unknown') yield undecided('before any message handler')
      else {
        yield decide('before any message handler', order === 'yes', {
          events: [first.enter, message.enter],
          expected: `onConnect of ${connection.name} to start before ${message.handler} (step ${message.step})`,
          observed: `${message.handler} started first`,
        })
      }
    }
  },
})

export const life07 = requirement({
  id: 'LIFE-07',
  title: 'No message handler starts before onConnect has settled; messages sent meanwhile are held in order, none is lost',
  level: 'must',
  area: 'lifecycle',
  since: '1.0',
  clauses: {
    'waits for onConnect': {
      promise: 'no message handler of a connection starts before its onConnect has settled',
      needs: ['trace'],
    },
    'held in order': {
      promise: 'messages sent meanwhile are handled in the order sent',
      capabilities: ['ordered'],
      needs: ['trace'],
    },
    'none lost': { promise: 'none of them is lost while the connection lasts', needs: ['trace'] },
  },
  source: { decision: 'an application that subscribes or authenticates in onConnect relies on it' },
  *judge(run) {
    for (const { connection, runs } of connecting(run)) {
      const [onConnect] = runs
      // What becomes of messages to a connection that is refused is LIFE-09's.
      if (onConnect?.leave?.outcome !== 'ok') continue
      yield* waits(run, connection, onConnect)
      const meanwhile = connection.messages.filter((each) => !each.fence && run.before(each.event, overAt(onConnect)) === 'yes')
      yield* inOrder(run, connection, meanwhile)
      for (const message of meanwhile.length > 0 ? meanwhile : firstAfterHandshake(run, connection, onConnect)) {
        const [call] = message.calls
        if (call !== undefined || message.replies.length > 0) {
          yield kept('none lost', onConnect.enter, message.event, overAt(onConnect), call?.enter ?? message.replies[0]?.event)
          continue
        }
        const fence = lastedAfter(run, connection, message.event)
        if (fence === undefined) continue
        yield broken('none lost', {
          events: [onConnect.enter, message.event, overAt(onConnect), fence],
          expected: `step ${message.step} of ${connection.name}, sent as soon as its handshake had completed, to be handled`,
          observed: `no handler and no reply, although ${connection.name} answered what was sent later`,
        })
      }
    }
  },
})

/** Whether the handshake was completed only once onConnect, which waited at a gate, was over: nothing can be sent meanwhile. */
const heldHandshake = (run: Run, connection: Connection, onConnect: Call): boolean =>
  onConnect.ops.some(({ name }) => name === 'hold') && run.before(overAt(onConnect), connection.open) === 'yes'

/** The first message of a connection whose handshake waited for onConnect: the first that could have been lost. */
function firstAfterHandshake(run: Run, connection: Connection, onConnect: Call): Message[] {
  const first = connection.messages.find((each) => !each.fence)
  return first !== undefined && heldHandshake(run, connection, onConnect) ? [first] : []
}

function* waits(run: Run, connection: Connection, onConnect: Call): Iterable<Judgment<'waits for onConnect'>> {
  const over = overAt(onConnect)
  // A system that completes the handshake only then lets no client send anything meanwhile, which keeps it as well.
  const held = heldHandshake(run, connection, onConnect)
  for (const call of connection.calls.filter(handlesMessage)) {
    const order = run.before(over, call.enter)
    const meanwhile = run.before(call.message?.event, over) === 'yes'
    if (order === 'unknown' || (order === 'yes' && !meanwhile && !held)) yield undecided('waits for onConnect')
    else {
      yield decide('waits for onConnect', order === 'yes', {
        events: [onConnect.enter, call.message?.event, call.enter, over],
        expected: `${call.handler} (step ${call.step}) of ${connection.name} to start after onConnect has settled`,
        observed: 'it started while onConnect was still pending',
      })
    }
  }
}

function* inOrder(run: Run, connection: Connection, messages: readonly Message[]): Iterable<Judgment<'held in order'>> {
  const handled = messages.filter(({ calls }) => calls.length > 0)
  for (const [index, later] of handled.entries()) {
    const earlier = handled[index - 1]
    if (earlier === undefined) continue
    const [first, second] = [earlier.calls[0]?.enter, later.calls[0]?.enter]
    const order = run.before(first, second)
    if (order === 'unknown') yield undecided('held in order')
    else {
      yield decide('held in order', order === 'yes', {
        events: [earlier.event, later.event, second, first],
        expected: `step ${earlier.step} before step ${later.step}, as ${connection.name} sent them while onConnect was pending`,
        observed: `step ${later.step} was handled first`,
      })
    }
  }
}

export const life08 = requirement({
  id: 'LIFE-08',
  title: 'What onConnect returns is sent, after what it sent itself and before any reply to a message',
  level: 'must',
  area: 'lifecycle',
  since: '1.0',
  clauses: {
    sent: { promise: 'what onConnect returns is sent', needs: ['trace'] },
    'after what it sent itself': { promise: 'it arrives after what onConnect sent itself', needs: ['trace'] },
    'before any reply': { promise: 'it arrives before any reply to a message', needs: ['trace'] },
  },
  source: { seed: 'guide', quote: '// Return value is automatically sent' },
  *judge(run) {
    for (const { connection, runs } of connecting(run)) {
      const [onConnect] = runs
      const wire = onConnect === undefined ? undefined : replyWire(onConnect)
      if (onConnect === undefined || wire === undefined || runs.length > 1) continue
      const receipt = connection.received.find(({ answers }) => answers?.kind === 'reply' && answers.call === onConnect)
      if (receipt === undefined) {
        // What an output schema was to make of it, and something came of it, is SEND-13's.
        if (connection.channel === shaped.name && !nothingCame(connection, onConnect)) continue
        const fence = lastedAfter(run, connection, onConnect.leave)
        if (fence === undefined) continue
        yield broken('sent', {
          events: [onConnect.leave, fence],
          expected: `${connection.name} to receive what its onConnect returned, ${showWire(wire)}`,
          observed: 'it had not arrived when a message sent later had been answered',
        })
        continue
      }
      yield kept('sent', onConnect.leave, receipt.event)
      yield* arrivesBetween(run, connection, onConnect, receipt)
    }
  },
})

/** Whether nothing that holds its name has come. */
function nothingCame({ received }: Connection, { leave }: Call): boolean {
  const mark = markOf(leave?.value ?? null)
  return mark !== undefined && !received.some((each) => carries(each, mark))
}

function* arrivesBetween(
  run: Run,
  connection: Connection,
  onConnect: Call,
  returned: Receipt,
): Iterable<Judgment<'after what it sent itself' | 'before any reply'>> {
  for (const { answers, event, copy } of connection.received) {
    if (answers?.kind === 'send' && answers.op.call === onConnect && copy === 1) {
      yield decide('after what it sent itself', run.before(event, returned.event) === 'yes', {
        events: [answers.op.begin, onConnect.leave, returned.event, event],
        expected: `on ${connection.name} what onConnect sent (op ${answers.op.index}) before what it returned`,
        observed: 'what it returned came first',
      })
    }
  }
  const replies = connection.messages.flatMap((message) => message.replies.map((reply) => ({ message, reply })))
  for (const { message, reply } of replies) {
    // Only a message that was sent before the value arrived could have been answered too early.
    if (run.before(message.event, returned.event) !== 'yes') continue
    yield decide('before any reply', run.before(returned.event, reply.event) === 'yes', {
      events: [onConnect.leave, message.event, reply.event, returned.event],
      expected: `on ${connection.name} what onConnect returned before the reply to step ${message.step}`,
      observed: 'the reply came first',
    })
  }
}
