/** What a process finds that has never seen the connection (STATELESS-01). */
import { decide, requirement } from '../../requirement.ts'
import { deliveries, ordinary } from '../../run/deliveries.ts'
import type { Connection, Run } from '../../run/run.ts'
import { sameJson } from '../../values.ts'
import { mustArrive } from '../arrival.ts'
import { endOf, mustBe, naming, readingsOf, startOf } from '../authentication/readings.ts'
import { none, show } from '../authentication/writes.ts'
import { handlesMessage, isHandler } from '../lifecycle/attempts.ts'
import { connectCall } from '../lifecycle/endings.ts'

export const stateless01 = requirement({
  id: 'STATELESS-01',
  title:
    'Every event may be handled by a process that has never seen the connection: opening data, session, state and subscriptions are all there',
  level: 'must',
  area: 'stateless',
  since: '1.0',
  capabilities: ['stateless'],
  clauses: {
    'opening data': { promise: 'a later event is given the opening data that onConnect was given', needs: ['trace'] },
    session: { promise: 'a session set in one event is there in another', needs: ['trace'] },
    state: { promise: 'the state is open in a message handler and closed in onDisconnect', needs: ['trace'] },
    subscriptions: { promise: 'what one event subscribed to is delivered by a publish of another', needs: ['trace'] },
  },
  source: {
    seed: 'runtime',
    quote:
      'Serverless WebSocket setups typically invoke functions on-demand without retaining state on the same machine that handles the WebSocket connection.',
  },
  *judge(run) {
    for (const connection of run.connections) {
      yield* openingData(connection)
      yield* state(run, connection)
    }
    yield* session(run)
    for (const delivery of deliveries(run)) {
      const { publish, connection, changes, excluded } = delivery
      const elsewhere = changes.some(({ change, op }) => change === 'subscribe' && op.call !== publish.op?.call)
      // What becomes of posts that the platform refuses is STATELESS-07's.
      if (elsewhere && !excluded && publish.exclude === null && ordinary(delivery) && connection.spec.faults === undefined)
        yield* mustArrive('subscriptions', delivery, 'is subscribed since an earlier event')
    }
  },
})

/** What a handler changes in its own copy is LIFE-04's. */
function* openingData(connection: Connection) {
  const first = connectCall(connection)
  if (first === undefined || connection.calls.some(({ ops }) => ops.some((op) => op.name === 'mutate'))) return
  for (const call of connection.calls) {
    if (call === first || call.handler === 'onConnect' || !isHandler(call)) continue
    yield decide('opening data', sameJson(call.enter.openingData, first.enter.openingData), {
      events: [first.enter, call.enter],
      expected: `in ${call.handler} (step ${call.step}) of ${connection.name} the opening data that its onConnect had: ${JSON.stringify(first.enter.openingData)}`,
      observed: JSON.stringify(call.enter.openingData),
    })
  }
}

function* state(run: Run, connection: Connection) {
  for (const call of connection.calls) {
    const last = call.handler === 'onDisconnect'
    if (!last && !(handlesMessage(call) && beforeItsEnd(run, connection, call.enter))) continue
    const due = last ? 'closed' : 'open'
    yield decide('state', call.enter.state === due, {
      events: [call.enter],
      expected: `the state ${due} when ${call.handler} (step ${call.step}) of ${connection.name} starts`,
      observed: `it is ${call.enter.state}`,
    })
  }
}

const beforeItsEnd = (run: Run, { ending }: Connection, event: Parameters<Run['before']>[0]): boolean =>
  ending === undefined || run.before(event, ending) === 'yes'

/** Where the contract leaves one session alone, and another event has written it. */
function* session(run: Run) {
  const readings = readingsOf(run)
  for (const reading of [...readings.messages, ...readings.gets]) {
    const must = mustBe(reading)
    const { last } = reading.possible
    if (must === undefined || last === undefined || sameJson(must.session, none)) continue
    const call = 'op' in reading ? reading.op.call : reading.call
    if (call === undefined || last.call === call || last.call.step === call.step) continue
    const found = sameJson(reading.seen, must.session)
    // A session of another connection is AUTH-06's, a changed one AUTH-11's.
    if (!found && !sameJson(reading.seen, none)) continue
    yield decide('session', found, {
      events: [last.op.begin, last.op.end, startOf(reading), endOf(reading)],
      expected: `${naming(reading)} to have the session that step ${last.call.step} had set: ${show(must.session)}`,
      observed: show(reading.seen),
    })
  }
}
