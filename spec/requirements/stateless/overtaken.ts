/** A disconnect that comes before its connect, or while that is being handled (STATELESS-17). */
import { probeChannels } from '../../probe/channels/index.ts'
import { broken, decide, type Judgment, kept, requirement } from '../../requirement.ts'
import { type Invocation, invocationsOf } from '../../run/invocations.ts'
import type { Call, Connection, Run } from '../../run/run.ts'
import { hasMiddleware } from '../sending/marks.ts'
import { crashed, idleAfter, storeFaults } from './faults.ts'

export const stateless17 = requirement({
  id: 'STATELESS-17',
  title: 'A disconnect that overtakes its connect is remembered: the id does not come to life',
  level: 'must',
  area: 'stateless',
  since: '1.0',
  capabilities: ['stateless'],
  clauses: {
    'before the connect': {
      promise: 'a connect whose disconnect has come before it is refused, and runs no handler',
      needs: ['trace', 'platform', 'idle'],
    },
    'onDisconnect follows': {
      promise:
        'one that came while onConnect ran: onDisconnect runs once, in the own invocation of the connect, after onConnect has settled',
      needs: ['trace', 'platform', 'idle'],
    },
    'not after a failure': {
      promise: 'where onConnect failed then, onDisconnect does not run',
      needs: ['trace', 'platform', 'idle'],
    },
    'not alive': {
      promise: 'the id does not come to life: its connect is refused and no message handler runs',
      needs: ['trace', 'platform', 'idle'],
    },
  },
  source: {
    decision:
      'platforms give events no order across invocations, and a client that has left before anybody knew of it must not stay as a channel that nobody will ever close',
  },
  *judge(run) {
    if (storeFaults(run).length > 0 || crashed(run)) return
    for (const connection of run.connections) {
      // The event may come twice; whichever is first in the stores is the connect.
      const connects = invocationsOf(run, connection.channelId, 'connect')
      if (connects.length === 0 || connects.some(({ end }) => end === undefined) || !runsOnConnect(connection)) continue
      const handlers = connection.calls.filter((call) => call.handler !== 'middleware')
      const onConnect = handlers.find((call) => call.handler === 'onConnect')
      const over = overtaking(run, connection, connects, onConnect)
      if (over === undefined) continue
      const idle = idleAfter(run, connects.at(-1)?.end)
      yield* notAlive(run, connection, connects, over, handlers)
      const before = connects.every(({ begin }) => run.before(over.end, begin) === 'yes')
      if (before || onConnect === undefined) yield* refused(connection, connects, over, handlers)
      else if (idle !== undefined) yield* followed(run, connection, connects, over, onConnect)
    }
  },
})

/** Whether a connect that is accepted runs onConnect; middleware might keep it from that. */
const runsOnConnect = (connection: Connection): boolean =>
  probeChannels.get(connection.channel)?.onConnect === true && !hasMiddleware(connection)

/** A disconnect that was dealt with before onConnect had settled, or before a connect was answered without it. */
function overtaking(
  run: Run,
  connection: Connection,
  connects: readonly Invocation[],
  onConnect: Call | undefined,
): Invocation | undefined {
  const inTime = (end: Invocation['end']): boolean =>
    onConnect === undefined
      ? connects.every((connect) => run.before(end, connect.end) === 'yes')
      : run.before(end, onConnect.settled) === 'yes'
  return invocationsOf(run, connection.channelId, 'disconnect').find(({ end }) => end?.outcome === 'ok' && inTime(end))
}

/** A connect that was answered as if its connection were to live. */
const opened = (connects: readonly Invocation[]): Invocation | undefined =>
  connects.find(({ end }) => end?.outcome === 'ok' && (end.status ?? 200) < 400)

function* refused(
  connection: Connection,
  connects: readonly Invocation[],
  over: Invocation,
  handlers: readonly Call[],
): Generator<Judgment<'before the connect'>> {
  const [handler] = handlers
  const wrong = opened(connects)
  yield decide('before the connect', handler === undefined && wrong === undefined, {
    events: [over.end, connects[0]?.begin, handler?.enter, wrong?.end],
    expected: `the connect of ${connection.name} refused without a handler, since its disconnect had been handled before`,
    observed: handler === undefined ? `it was answered ${wrong?.end?.status}` : `${handler.handler} ran`,
  })
}

function* notAlive(
  run: Run,
  connection: Connection,
  connects: readonly Invocation[],
  over: Invocation,
  handlers: readonly Call[],
): Generator<Judgment<'not alive'>> {
  const handler = handlers.find((call) => call.message !== undefined && run.before(over.end, call.enter) === 'yes')
  const wrong = opened(connects)
  if (handler === undefined && wrong === undefined) yield kept('not alive', over.end, connects.at(-1)?.end)
  else
    yield broken('not alive', {
      events: [connects[0]?.begin, over.end, wrong?.end, handler?.enter],
      expected: `the connect of ${connection.name} refused, and no message handler: its disconnect had been handled before onConnect was over`,
      observed: handler === undefined ? `it was answered ${wrong?.end?.status}` : `the handler of step ${handler.step} ran`,
    })
}

function* followed(
  run: Run,
  connection: Connection,
  connects: readonly Invocation[],
  over: Invocation,
  onConnect: Call,
): Generator<Judgment<'onDisconnect follows' | 'not after a failure'>> {
  const runs = connection.calls.filter((call) => call.handler === 'onDisconnect')
  const [first] = runs
  const { settled } = onConnect
  if (onConnect.leave?.outcome === 'rejected') {
    yield decide('not after a failure', first === undefined, {
      events: [over.end, onConnect.leave, first?.enter],
      expected: `no onDisconnect of ${connection.name}, whose onConnect failed`,
      observed: 'it ran',
    })
  } else if (settled !== undefined) {
    const order = connects.map(({ begin, end }) => [
      run.before(begin, onConnect.enter),
      run.before(settled, first?.enter),
      run.before(first?.leave, end),
    ])
    const inTime = order.some((each) => each.every((answer) => answer === 'yes'))
    if (runs.length === 1 && !inTime && order.flat().includes('unknown')) return
    yield decide('onDisconnect follows', runs.length === 1 && inTime, {
      events: [over.end, settled, first?.enter, first?.leave, connects.at(-1)?.end],
      expected: `onDisconnect of ${connection.name} once, after its onConnect has settled and before the connect's invocation returns`,
      observed: runs.length === 1 ? 'it ran at another time' : `it ran ${runs.length} times`,
    })
  }
}
