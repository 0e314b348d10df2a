/** The states of a channel (LIFE-05). */
import type { ServerEvent } from '../../history.ts'
import { decide, type Judgment, requirement, undecided } from '../../requirement.ts'
import type { Call, Connection, Run } from '../../run/run.ts'
import { handlesMessage, isHandler } from './attempts.ts'

type Clause = 'in onConnect' | 'in a message handler' | 'after close()' | 'in onDisconnect' | 'never back'

const inOrder = ['initial', 'open', 'closed']

export const life05 = requirement<Clause>({
  id: 'LIFE-05',
  title: '`state` goes initial → open → closed and never back',
  level: 'must',
  area: 'lifecycle',
  since: '1.0',
  clauses: {
    'in onConnect': { promise: 'it is initial or open when onConnect starts', needs: ['trace'] },
    'in a message handler': { promise: 'it is open when a message handler starts', needs: ['trace'] },
    'after close()': { promise: 'it is closed once close() was called', needs: ['trace'] },
    'in onDisconnect': { promise: 'it is closed in onDisconnect', needs: ['trace'] },
    'never back': { promise: 'it never goes back', needs: ['trace'] },
  },
  source: { seed: 'guide', quote: "channel.state // 'initial' | 'open' | 'closed'" },
  *judge(run) {
    const seen = statesByChannel(run)
    for (const connection of run.connections) {
      for (const call of connection.calls) yield* whenItStarts(run, connection, call)
      for (const states of seen.get(connection.channelId ?? '')?.values() ?? []) {
        yield* goesForward(connection, states)
        yield* afterClose(connection, states)
      }
    }
  },
})

type State = Extract<ServerEvent, { state: string }>

/**
 * Every state that was seen, by channel and, since order is known only within one, by process; where every event may
 * meet a fresh process, by handler: each knows the state as it was when its event came.
 */
function statesByChannel(run: Run): Map<string, Map<string, State[]>> {
  const found = new Map<string, Map<string, State[]>>()
  for (const event of run.events) {
    if (event.at !== 'server' || !('state' in event) || !('channelId' in event)) continue
    let processes = found.get(event.channelId)
    if (processes === undefined) {
      processes = new Map()
      found.set(event.channelId, processes)
    }
    const observer = run.capabilities.has('stateful') ? event.process : `${event.process}/${event.call}`
    const states = processes.get(observer)
    if (states === undefined) processes.set(observer, [event])
    else states.push(event)
  }
  return found
}

function* whenItStarts(run: Run, connection: Connection, call: Call): Iterable<Judgment<Clause>> {
  if (!isHandler(call)) return
  const { enter, handler } = call
  const clause = handler === 'onDisconnect' ? 'in onDisconnect' : handlesMessage(call) ? 'in a message handler' : 'in onConnect'
  const allowed = { 'in onDisconnect': ['closed'], 'in a message handler': ['open'], 'in onConnect': ['initial', 'open'] }[clause]
  // Once it may be ending, its state may be closed already.
  if (
    clause !== 'in onDisconnect' &&
    !allowed.includes(enter.state) &&
    connection.ending !== undefined &&
    run.before(enter, connection.ending) !== 'yes'
  ) {
    yield undecided(clause)
    return
  }
  yield decide(clause, allowed.includes(enter.state), {
    events: [enter],
    expected: `state ${allowed.join(' or ')} when ${handler} of ${connection.name} starts`,
    observed: enter.state,
  })
}

function* goesForward(connection: Connection, states: readonly State[]): Iterable<Judgment<Clause>> {
  const [first, ...later] = states
  if (first === undefined || later.length === 0) return
  let latest = first
  for (const event of later) {
    if (inOrder.indexOf(event.state) < inOrder.indexOf(latest.state)) {
      yield decide('never back', false, {
        events: [latest, event],
        expected: `the channel of ${connection.name} never to leave the state ${latest.state} for ${event.state}`,
        observed: `it was ${latest.state} first and ${event.state} later`,
      })
      return
    }
    latest = event
  }
  // Only a life that went through several states could have shown a way back.
  if (latest.state !== first.state) yield decide('never back', true, { events: [first, latest], expected: '', observed: '' })
}

/** A close() in onConnect takes effect later (LIFE-14), and may be read to leave the state until then. */
function* afterClose(connection: Connection, states: readonly State[]): Iterable<Judgment<Clause>> {
  const closes = connection.calls
    .filter(({ handler }) => handler !== 'onConnect')
    .flatMap(({ ops }) => ops.filter(({ name }) => name === 'close'))
  const close = closes.find(({ end }) => end !== undefined && states.includes(end)) ?? closes[0]
  const over = close?.end
  if (close === undefined || over === undefined || over.outcome !== 'ok' || close.begin.channelId !== connection.channelId) return
  for (const event of states) {
    if (!states.includes(over) || event.seq < over.seq) continue
    yield decide('after close()', event.state === 'closed', {
      events: [close.begin, over, event],
      expected: `state closed on ${connection.name} once close() was called in ${close.call.handler} (step ${close.call.step})`,
      observed: event.state,
    })
  }
}
