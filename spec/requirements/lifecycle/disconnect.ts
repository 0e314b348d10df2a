/** onDisconnect: that it runs, once, and with what (LIFE-10, LIFE-12). */
import type { HistoryEvent } from '../../history.ts'
import { broken, decide, kept, requirement, undecided } from '../../requirement.ts'
import { actionOf } from '../../run/connections.ts'
import type { Connection, Run } from '../../run/run.ts'
import { fieldsOf, sameJson } from '../../values.ts'
import { absent, closeOps, connectCall, disconnectCalls, hasDisconnect, leftWhileConnecting, wasConnected } from './endings.ts'
import { lostDisconnects } from './lost-disconnect.ts'

type Way = 'client close' | 'socket cut' | 'channel.close()' | 'protocol error' | 'server stop'

const byAction: Readonly<Record<string, Way>> = {
  close: 'client close',
  vanish: 'socket cut',
  violate: 'protocol error',
  stop: 'server stop',
}

function wayOf(connection: Connection, ending: HistoryEvent): Way | undefined {
  // The client may see its socket close before the kit learns of the close() that did it.
  if (ending.kind === 'begin' || (ending.kind === 'closed' && closeOps(connection).length > 0)) return 'channel.close()'
  return ending.kind === 'invoke' ? byAction[actionOf(ending).do as string] : undefined
}

/** Connections whose onDisconnect another requirement is about: closed in onConnect (LIFE-14), gone during it (LIFE-19). */
function endedInConnect(run: Run, connection: Connection): boolean {
  const connect = connectCall(connection)
  return leftWhileConnecting(run, connection) || closeOps(connection).some((op) => op.call === connect)
}

const connectedTwice = ({ calls }: Connection): boolean => calls.filter(({ handler }) => handler === 'onConnect').length > 1

export const life10 = requirement({
  id: 'LIFE-10',
  title: 'onDisconnect runs exactly once for each connection whose onConnect succeeded (or that has none), however it ends',
  level: 'must',
  area: 'lifecycle',
  since: '1.0',
  clauses: {
    'client close': { promise: 'it runs when the client closes', needs: ['trace'] },
    'socket cut': {
      promise: "it runs when the client's socket is cut without a word",
      needs: ['trace'],
      capabilities: ['stateful'],
    },
    'channel.close()': { promise: 'it runs when a handler closes the channel', needs: ['trace'] },
    'protocol error': { promise: 'it runs when the client breaks the protocol', needs: ['trace'] },
    'server stop': {
      promise: 'it runs when the server stops',
      needs: ['trace', 'stop'],
      capabilities: ['gracefulStop'],
      heavy: true,
    },
    'lost disconnect': {
      promise: 'it runs when a connection is found to be gone whose end the platform never told of',
      needs: ['trace', 'platform', 'idle'],
      capabilities: ['stateless'],
      despiteCrashes: true,
    },
    'not twice': { promise: 'it does not run again for a connection it has run for', needs: ['trace'], despiteCrashes: true },
  },
  source: { seed: 'guide', quote: 'Called when a client disconnects:' },
  *judge(run) {
    for (const connection of run.connections) {
      const calls = disconnectCalls(connection)
      const [first, second] = calls
      // A channel that came back to life, and ended again, is LIFE-06's and STATELESS-05's.
      if (endedInConnect(run, connection) || connectedTwice(connection)) continue
      if (first !== undefined && (second !== undefined || run.complete)) {
        yield decide('not twice', second === undefined, {
          events: [connection.ending, first.enter, second?.enter],
          expected: `one onDisconnect of ${connection.name}`,
          observed: `it ran ${calls.length} times`,
        })
      }
      const { ending } = connection
      const way = ending === undefined ? undefined : wayOf(connection, ending)
      if (way === undefined || !hasDisconnect(connection) || !wasConnected(connection)) continue
      if (first !== undefined) {
        yield kept(way, ending, first.enter)
        continue
      }
      const missed = absent(run, connection, 'onDisconnect')
      if (missed === undefined) yield undecided(way)
      else {
        yield broken(way, {
          events: [ending, connection.closed, missed],
          expected: `onDisconnect of ${connection.name} after its end (${way})`,
          observed: `it had not run ${missed.patience} ms after everything else was over`,
        })
      }
    }
    yield* lostDisconnects(run)
    yield* later(run)
  },
})

/** A run of onDisconnect for a connection of an earlier program, for which it has run already. */
function* later(run: Run) {
  for (const call of run.calls) {
    if (
      call.handler !== 'onDisconnect' ||
      call.conn?.startsWith('~') !== true ||
      run.ledger.disconnected?.has(call.channelId) !== true
    )
      continue
    yield broken('not twice', {
      events: [call.enter],
      expected: `no onDisconnect of channel ${call.channelId}, whose onDisconnect ran in program ${run.ledger.disconnected.get(call.channelId)}`,
      observed: 'it ran again',
      ledger: true,
    })
  }
}

export const life12 = requirement({
  id: 'LIFE-12',
  title: "onDisconnect's data is the opening data plus channelId, which wins over a field of that name",
  level: 'must',
  area: 'lifecycle',
  since: '1.0',
  clauses: {
    'opening data': {
      promise: "its data holds the opening data's fields, unchanged, and no other but channelId",
      needs: ['trace'],
    },
    'channel id': { promise: "its data's channelId is the channel's id", needs: ['trace'] },
    'channel id wins': { promise: "the channel's id wins over an opening datum called channelId", needs: ['trace'] },
  },
  source: { seed: 'guide', quote: 'await eventHub.unsubscribe(`room:${data.room}`, data.channelId)' },
  *judge(run) {
    for (const connection of run.connections) {
      const enter = disconnectCalls(connection)[0]?.enter
      if (enter === undefined || connection.spec.middleware !== undefined) continue
      const data = fieldsOf(enter.data)
      const opening = fieldsOf(enter.openingData)
      if (opening === undefined) continue
      const id = data?.get('channelId')
      yield decide(opening.has('channelId') ? 'channel id wins' : 'channel id', id === enter.channelId, {
        events: [connection.connect, enter],
        expected: `channelId ${enter.channelId} in the data of ${connection.name}'s onDisconnect`,
        observed: id === undefined ? 'no channelId' : `channelId ${JSON.stringify(id)}`,
      })
      data?.delete('channelId')
      opening.delete('channelId')
      yield decide('opening data', sameJson(Object.fromEntries(data ?? []), Object.fromEntries(opening)), {
        events: [connection.connect, enter],
        expected: `the opening data of ${connection.name} beside channelId: ${JSON.stringify([...opening])}`,
        observed: data === undefined ? `not an object: ${JSON.stringify(enter.data)}` : JSON.stringify([...data]),
      })
    }
  },
})
