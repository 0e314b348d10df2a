/** A disconnect that comes before its connect, or while that is being handled (STATELESS-17). */
import { broken, decide, type Judgment, kept, requirement } from '../../requirement.ts'
import { type Invocation, invocationsOf } from '../../run/invocations.ts'
import type { Call, Connection, Run } from '../../run/run.ts'
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
      const connect = invocationsOf(run, connection.channelId, 'connect').find(({ begin }) => begin.repeat !== true)
      const over = connect === undefined ? undefined : overtaking(run, connection, connect)
      if (connect?.end === undefined || over?.end === undefined) continue
      const idle = idleAfter(run, connect.end)
      const handlers = connection.calls.filter((call) => call.handler !== 'middleware')
      const onConnect = handlers.find((call) => call.handler === 'onConnect')
      yield* notAlive(run, connection, connect, over, handlers)
      if (run.before(over.end, connect.begin) === 'yes' || onConnect === undefined)
        yield* refused(connection, connect, over, handlers)
      else if (idle !== undefined) yield* followed(run, connection, connect, over, onConnect)
    }
  },
})

/** A disconnect that was dealt with before onConnect had settled, or before the connect was answered without it. */
function overtaking(run: Run, connection: Connection, connect: Invocation): Invocation | undefined {
  const onConnect = connection.calls.find((call) => call.handler === 'onConnect')
  const settled = onConnect === undefined ? connect.end : onConnect.settled
  return invocationsOf(run, connection.channelId, 'disconnect').find(
    ({ end }) => end?.outcome === 'ok' && run.before(end, settled) === 'yes',
  )
}

function* refused(
  connection: Connection,
  connect: Invocation,
  over: Invocation,
  handlers: readonly Call[],
): Generator<Judgment<'before the connect'>> {
  const [handler] = handlers
  const opened = connect.end?.outcome === 'ok' && (connect.end.status ?? 200) < 400
  yield decide('before the connect', handler === undefined && !opened, {
    events: [over.end, connect.begin, handler?.enter, connect.end],
    expected: `the connect of ${connection.name} refused without a handler, since its disconnect had been handled before`,
    observed: handler === undefined ? `it was answered ${connect.end?.status}` : `${handler.handler} ran`,
  })
}

function* notAlive(
  run: Run,
  connection: Connection,
  connect: Invocation,
  over: Invocation,
  handlers: readonly Call[],
): Generator<Judgment<'not alive'>> {
  const handler = handlers.find((call) => call.message !== undefined && run.before(over.end, call.enter) === 'yes')
  const status = connect.end?.status ?? 0
  const opened = connect.end?.outcome === 'ok' && status < 400
  if (handler === undefined && !opened) yield kept('not alive', over.end, connect.end)
  else
    yield broken('not alive', {
      events: [connect.begin, over.end, connect.end, handler?.enter],
      expected: `the connect of ${connection.name} refused, and no message handler: its disconnect had been handled before onConnect was over`,
      observed: handler === undefined ? `it was answered ${status}` : `the handler of step ${handler.step} ran`,
    })
}

function* followed(
  run: Run,
  connection: Connection,
  connect: Invocation,
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
    const inTime = run.before(settled, first?.enter) === 'yes' && run.before(first?.leave, connect.end) === 'yes'
    const unknown =
      first !== undefined && [run.before(settled, first.enter), run.before(first.leave, connect.end)].includes('unknown')
    if (runs.length === 1 && unknown) return
    yield decide('onDisconnect follows', runs.length === 1 && inTime, {
      events: [over.end, settled, first?.enter, connect.end],
      expected: `onDisconnect of ${connection.name} once, after its onConnect has settled and before the connect's invocation returns`,
      observed: runs.length === 1 ? 'it ran at another time' : `it ran ${runs.length} times`,
    })
  }
}
