/** What a stop whose deadline is short does not wait for, and still owes (LIFE-18). */
import type { HistoryEvent } from '../../history.ts'
import { decide } from '../../requirement.ts'
import { actionOf } from '../../run/connections.ts'
import type { Call, Connection } from '../../run/run.ts'
import { handlesMessage } from './attempts.ts'
import { absent, disconnectCalls, hasDisconnect, launchedWith } from './endings.ts'
import { gateAcross, isTheStops, type Stop } from './stopping.ts'

/** Its deadline has passed many times over, its handlers have all the time they want and its clients read: it answers, and does not resolve. */
export function* inTheEnd({ run, asked, resolved }: Stop) {
  const missed = run.of('absent').find((event) => event.what === 'the stop')
  if (missed === undefined && resolved === undefined) return
  const [open] = run.connections.filter((each) => absent(run, each, 'the close') !== undefined)
  yield decide('resolves', missed === undefined, {
    events: [asked, missed ?? resolved],
    expected: `the stop to resolve: its deadline was ${launchedWith(run).stop} ms`,
    observed: `it had not when the system had been answering for long${open === undefined ? '' : `, and ${open.name} was still open`}`,
  })
}

/** The first stall of the wait for the stop, if it stalled: handlers were held up and clients did not read until then. */
function stalled({ run, asked, resolved }: Stop): HistoryEvent | undefined {
  return run
    .of('stall')
    .find((event) => event.step === asked.step && (resolved === undefined || run.before(event, resolved) === 'yes'))
}

/** What a stop in a hurry does not wait for. */
export function* inTime(stop: Stop, connection: Connection) {
  const { run, asked, resolved } = stop
  const stall = stalled(stop)
  for (const call of connection.calls) {
    const gate = handlesMessage(call) ? gateAcross(run, asked, call) : undefined
    if (gate === undefined || (stall === undefined && run.before(resolved, gate.opened) !== 'yes')) continue
    yield* cutOff(stop, connection, call, gate.opened)
    yield decide('no longer', stall === undefined, {
      events: [gate.hold.begin, asked, stall, resolved],
      expected: `the stop to resolve although step ${call.step} of ${connection.name} outlasts its deadline of ${launchedWith(run).stop} ms`,
      observed: 'it waited until the kit let the handler go on',
    })
  }
  const paused = run.of('invoke').find((event) => event.conn === connection.name && actionOf(event).do === 'pause')
  if (paused === undefined || connection.ending !== asked || (stall === undefined && resolved === undefined)) return
  yield decide('cuts who does not read', stall === undefined, {
    events: [paused, asked, stall, resolved],
    expected: `the stop to resolve although ${connection.name} does not read`,
    observed: 'it waited until the kit let the client read',
  })
}

/** A handler that outlasts the deadline is left alone: its connection is closed as any other, and its onDisconnect runs. */
function* cutOff(stop: Stop, connection: Connection, call: Call, opened: HistoryEvent) {
  const { run, asked, resolved } = stop
  const { closed } = connection
  if (!isTheStops(stop, connection) || run.before(resolved, opened) !== 'yes') return
  const paused = run.of('invoke').some((event) => event.conn === connection.name && actionOf(event).do === 'pause')
  if (closed !== undefined && !paused) {
    yield decide('code 1001', closed.code === 1001, {
      events: [asked, resolved, closed],
      expected: `${connection.name} closed with 1001, though step ${call.step} outlasts the deadline`,
      observed: `it was closed with ${closed.code}`,
    })
  }
  const [disconnect] = disconnectCalls(connection)
  // What begins only after the handler has gone on began after the stop had resolved.
  if (!hasDisconnect(connection) || disconnect === undefined || call.leave === undefined) return
  const late = run.before(call.leave, disconnect.enter) === 'yes'
  yield decide('onDisconnect first', !late, {
    events: [asked, resolved, opened, call.leave, disconnect.enter],
    expected: `onDisconnect of ${connection.name} before the stop resolves, though step ${call.step} outlasts the deadline`,
    observed: 'it began only when that had settled, after the stop had resolved',
  })
}
