/** An onConnect that throws (LIFE-09). */
import type { Wire } from '../../history.ts'
import { broken, decide, type Judgment, kept, requirement, undecided } from '../../requirement.ts'
import { postsTo } from '../../run/platform.ts'
import type { Call, Connection, OpRun, Receipt, Run } from '../../run/run.ts'
import { sameWire } from '../../wire.ts'
import { isHandler, mayBeStopping } from './attempts.ts'
import { closeOps, endedFromOutside } from './endings.ts'

type Clause = 'refused or closed' | 'no error reply' | 'no other handler' | 'subscriptions gone'

export const life09 = requirement<Clause>({
  id: 'LIFE-09',
  title: 'onConnect throws: refused or closed with no error reply, no other handler ever runs, what it subscribed is gone',
  level: 'must',
  area: 'lifecycle',
  since: '1.0',
  clauses: {
    'refused or closed': {
      promise:
        'the connection is refused (handshakeStatus: with a 4xx or 5xx) or, where it was accepted, closed (closeCodes: with 1011)',
      needs: ['trace'],
    },
    'no error reply': { promise: 'the client is sent no error reply', needs: ['trace'] },
    'no other handler': { promise: 'no other handler of the connection ever runs, onDisconnect included', needs: ['trace'] },
    'subscriptions gone': { promise: 'nothing that it subscribed remains', needs: ['trace', 'residue'] },
  },
  source: { decision: 'a connection that its application has not taken must not stay half alive' },
  *judge(run) {
    for (const connection of run.connections) {
      const onConnect = connection.calls.find(({ handler }) => handler === 'onConnect')
      // Middleware may catch what the handler throws.
      if (onConnect?.leave?.outcome !== 'rejected' || connection.spec.middleware !== undefined || mayBeStopping(run, connection))
        continue
      yield* ends(run, connection, onConnect)
      yield* errorReply(run, connection, onConnect)
      yield* otherHandlers(run, connection, onConnect)
      yield* subscriptions(run, connection, onConnect)
    }
  },
})

/** Whether the connection ended of the server's doing: nothing the kit asked for came before, and the application no more than a close() in that very onConnect. */
const endedByServer = (run: Run, connection: Connection): boolean => {
  const { refused, closed, ending } = connection
  const ops = closeOps(connection)
  if (ops.some(({ call }) => call.handler !== 'onConnect')) return false
  if (closed === undefined) return refused !== undefined && (ending === undefined || ops.length > 0)
  if (ending === closed) return true
  return ops.length > 0 && endedFromOutside(run, connection).every((event) => run.before(closed, event) === 'yes')
}

function* ends(run: Run, connection: Connection, onConnect: Call): Iterable<Judgment<Clause>> {
  const { refused, closed, fenced, open } = connection
  const expected = `${connection.name} refused, or closed with 1011, after its onConnect threw`
  const events = [onConnect.leave, open, refused ?? closed ?? fenced]
  if (fenced !== undefined)
    yield broken('refused or closed', { events, expected, observed: 'it stayed open and answered a message' })
  else if (refused !== undefined && endedByServer(run, connection)) {
    const holds =
      !run.capabilities.has('handshakeStatus') || (refused.status !== null && refused.status >= 400 && refused.status < 600)
    yield decide('refused or closed', holds, {
      events,
      expected,
      observed: `it was refused with ${refused.status ?? 'no HTTP answer'}`,
    })
  } else if (closed !== undefined && endedByServer(run, connection)) {
    const holds = !run.capabilities.has('closeCodes') || closed.code === 1011
    // Who does not keep up with what it is sent may be cut off before (LIMIT-02).
    if (!holds && (closed.code === 1013 || closed.code === 1006) && sentMuch(onConnect)) yield undecided('refused or closed')
    else yield decide('refused or closed', holds, { events, expected, observed: `it was closed with ${closed.code}` })
  }
}

/** Whether a handler sent a text so long that a system need not keep it for a client that reads slowly. */
const sentMuch = ({ ops }: Call): boolean =>
  ops.some(
    ({ name, args: { value } }) =>
      name === 'send' && typeof value === 'object' && value !== null && '$' in value && value.$ === 'repeat',
  )

/** An error that cannot be the reply to any message: none was sent before it, or it lacks the routing key they all had. */
function unasked(run: Run, { messages, received }: Connection): Receipt | undefined {
  return received.find(({ json, event }) => {
    if (typeof json?.errorName !== 'string') return false
    const before = messages.filter((message) => run.before(message.event, event) !== 'no')
    return (
      before.every((message) => typeof message.json?.action === 'string') && (before.length === 0 || json.action === undefined)
    )
  })
}

function* errorReply(run: Run, connection: Connection, onConnect: Call): Iterable<Judgment<Clause>> {
  const receipt = unasked(run, connection)
  if (receipt !== undefined) {
    yield broken('no error reply', {
      events: [onConnect.leave, receipt.event],
      expected: `no error reply on ${connection.name}, whose onConnect threw`,
      observed: `it received ${JSON.stringify(receipt.json)}`,
    })
  } else if (endedByServer(run, connection))
    yield kept('no error reply', onConnect.leave, connection.refused ?? connection.closed)
}

function* otherHandlers(run: Run, connection: Connection, onConnect: Call): Iterable<Judgment<Clause>> {
  const other = connection.calls.find((call) => isHandler(call) && call.handler !== 'onConnect')
  if (other !== undefined) {
    yield broken('no other handler', {
      events: [onConnect.leave, other.enter],
      expected: `no handler of ${connection.name} but its onConnect, which threw`,
      observed: `${other.handler}${other.step === undefined ? '' : ` (step ${other.step})`} ran`,
    })
  } else if (endedByServer(run, connection))
    yield kept('no other handler', onConnect.leave, connection.refused ?? connection.closed)
}

function* subscriptions(run: Run, connection: Connection, onConnect: Call): Iterable<Judgment<Clause>> {
  const subscribed = onConnect.ops.find(
    ({ name, args, end }) => name === 'subscribe' && (args.who ?? 'self') === 'self' && end?.outcome === 'ok',
  )
  if (subscribed === undefined) return
  const residue = run.of('residue').at(-1)
  const gone = connection.refused ?? connection.closed
  yield* postedTo(run, connection, onConnect, subscribed)
  if (residue === undefined || run.before(gone, residue) !== 'yes') return
  const left = residue.subscriptions.filter(([, id]) => id === onConnect.channelId)
  yield decide('subscriptions gone', left.length === 0, {
    events: [subscribed.begin, onConnect.leave, gone, residue],
    expected: `no subscription left of ${connection.name}, whose onConnect threw`,
    observed: `it is still subscribed to ${left.map(([topic]) => JSON.stringify(topic)).join(', ')}`,
  })
}

/** A publish that began when the client had its answer, and was posted to it: which also ends the subscription, before anyone looks for what is left. */
function* postedTo(run: Run, connection: Connection, onConnect: Call, subscribed: OpRun): Iterable<Judgment<Clause>> {
  const { name, refused } = connection
  if (refused === undefined || !endedByServer(run, connection)) return
  for (const { begin, wire, topic } of run.publishes) {
    if (wire === undefined || run.before(refused, begin) !== 'yes') continue
    const carries = (data: Wire | undefined): boolean => data !== undefined && sameWire(wire, data)
    const post = postsTo(run, onConnect.channelId).find((each) => carries(each.data))
    // Of another publish of the same it may be as well.
    if (post === undefined || run.publishes.filter((each) => carries(each.wire)).length > 1) continue
    yield broken('subscriptions gone', {
      events: [subscribed.begin, onConnect.leave, refused, begin, post.begin],
      expected: `no subscription left of ${name}, whose onConnect threw`,
      observed: `a publish to ${JSON.stringify(topic)} that began afterwards was posted to it`,
    })
  }
}
