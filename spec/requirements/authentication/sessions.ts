/** What handlers and `get` see of a session (AUTH-05, AUTH-06, AUTH-10). */
import type { HistoryEvent } from '../../history.ts'
import { broken, decide, type Judgment, kept, requirement, undecided } from '../../requirement.ts'
import type { Call, Connection, Run } from '../../run/run.ts'
import { sameJson } from '../../values.ts'
import {
  difference,
  endOf,
  type GetReading,
  type MessageReading,
  madeElsewhere,
  mustBe,
  naming,
  ownerOf,
  type Readings,
  readingsOf,
  startOf,
  thrownBetween,
} from './readings.ts'
import { none, sameEvent, show } from './writes.ts'

/** The write it rests on set a session, and no handler threw since: what a throw may do is AUTH-08's. */
function restsOnSet(run: Run, reading: MessageReading): boolean {
  const { last } = reading.possible
  // What middleware sets around the very message is AUTH-13's.
  if (last?.call.handler === 'middleware' && last.call.message === reading.message) return false
  return last !== undefined && !sameJson(last.value, none) && !thrownBetween(run, reading).possible
}

export const auth05 = requirement({
  id: 'AUTH-05',
  title:
    'Every message handler started after userSession.set has resolved is given that session; get returns this handler’s own last set or else the stored one',
  level: 'must',
  area: 'authentication',
  since: '1.0',
  clauses: {
    'the next handler': {
      promise: 'a protected handler that starts after a set has resolved runs, and is given that session',
      needs: ['trace'],
    },
    'sent without waiting': {
      promise: 'so is one whose message was sent before the setting one had been answered',
      capabilities: ['ordered'],
      needs: ['trace'],
    },
    'get: own set': { promise: 'get gives the handler that set a session what it set last', needs: ['trace'] },
    'get: stored': { promise: 'get gives any other handler what is stored', needs: ['trace'] },
  },
  source: { seed: 'guide', quote: "{ action: 'authenticate', token: '...' }to establish session" },
  *judge(run) {
    const readings = readingsOf(run)
    for (const reading of readings.messages) {
      if (!reading.target.required || reading.came === 'silent') continue
      if (mustBe(reading) === undefined) yield undecided('the next handler')
      else if (restsOnSet(run, reading)) yield* given(run, readings, reading)
    }
    for (const reading of readings.gets) yield* got(readings, reading)
  },
})

/** Whether the kit had waited for a step before it sent this: its trace may have shown it over sooner than its reply did. */
const awaited = (run: Run, { step }: Call, sent: HistoryEvent): boolean =>
  run.of('ack').some((event) => event.step === step && event.seq < sent.seq)

function* given(
  run: Run,
  readings: Readings,
  reading: MessageReading,
): Iterable<Judgment<'the next handler' | 'sent without waiting'>> {
  const { last } = reading.possible
  const differs = difference(readings, reading)
  if (last === undefined || (differs !== undefined && differs !== 'lost' && differs !== 'other')) return
  const answered = last.call.message?.replies[0]?.event
  const pipelined =
    last.call.message !== undefined &&
    last.call.message !== reading.message &&
    answered !== undefined &&
    answered.seq > reading.message.event.seq &&
    !awaited(run, last.call, reading.message.event)
  yield decide(pipelined ? 'sent without waiting' : 'the next handler', differs === undefined, {
    events: [last.op.begin, last.op.end, reading.message.event, endOf(reading)],
    expected: `${show(last.value)} for ${naming(reading)}, as step ${last.call.step ?? '?'} had set it before${pipelined ? ', which the client did not wait for' : ''}`,
    observed: reading.came === 'refused' ? 'an UnauthorizedError' : show(reading.seen),
  })
}

function* got(readings: Readings, reading: GetReading): Iterable<Judgment<'get: own set' | 'get: stored'>> {
  const must = mustBe(reading)
  const { op, possible, connection } = reading
  // What it gives in onDisconnect is AUTH-12's; what a changed value does to the very handler that changed it is left open.
  if (op.call.handler === 'onDisconnect' || changedBy(connection, reading)) return
  const clause = possible.own ? 'get: own set' : 'get: stored'
  if (must === undefined) {
    yield undecided(clause)
    return
  }
  const differs = difference(readings, reading)
  if (possible.last === undefined || differs === 'foreign' || differs === 'mutated') return
  if (!possible.own && (differs === 'stale' || connection.calls.some((call) => call.leave?.outcome === 'rejected'))) return
  yield decide(clause, differs === undefined, {
    events: [possible.last.op.begin, possible.last.op.end, op.begin, op.end],
    expected: `${show(must.session)} from ${naming(reading)}, as step ${possible.last.call.step ?? '?'} had left it`,
    observed: show(reading.seen),
  })
}

function changedBy(connection: Connection, { op, possible }: GetReading): boolean {
  const changes = connection.calls.some(
    (call) => sameEvent(call, op.call) && call.ops.some((each) => each.name === 'mutate' && each.args.what !== 'data'),
  )
  return changes || (possible.last?.op.args.then !== undefined && sameEvent(possible.last.call, op.call))
}

export const auth06 = requirement({
  id: 'AUTH-06',
  title: 'A session belongs to its connection: no other connection, and no later one of the same client, has it',
  level: 'must',
  area: 'authentication',
  since: '1.0',
  clauses: {
    'no other connection': {
      promise: 'no handler of one client’s connection is given a session that another’s set',
      needs: ['trace'],
    },
    'no later connection': { promise: 'a client that connects again starts without the session it had', needs: ['trace'] },
  },
  source: { seed: 'guide', quote: '// Set the user session for this connection' },
  *judge(run) {
    const readings = readingsOf(run)
    for (const reading of [...readings.messages, ...readings.gets]) {
      if ('came' in reading && reading.came === 'silent') continue
      const owner = ownerOf(readings, reading.connection, reading.seen)
      if (owner !== undefined) {
        const source = readings.writes.get(owner)?.find((write) => sameJson(write.value, reading.seen))
        yield broken(clauseFor(reading.connection, owner), {
          events: [source?.op.begin, startOf(reading), endOf(reading)],
          expected: `nothing of ${owner.name}’s session for ${naming(reading)}`,
          observed: `it was given ${show(reading.seen)}, which only ${owner.name} had set`,
        })
        continue
      }
      if (madeElsewhere(readings, reading.connection, reading.seen)) {
        yield broken('no other connection', {
          events: [startOf(reading), endOf(reading)],
          expected: `only a session of its own for ${naming(reading)}`,
          observed: `it was given ${show(reading.seen)}, which an earlier program had set on a connection of its own`,
          ledger: true,
        })
        continue
      }
      if (difference(readings, reading) !== undefined) continue
      for (const other of run.connections) {
        const source =
          other === reading.connection
            ? undefined
            : readings.writes
                .get(other)
                ?.find((write) => write.outcome === 'ok' && run.before(write.op.end, startOf(reading)) === 'yes')
        if (source !== undefined && !sameJson(source.value, none))
          yield kept(clauseFor(reading.connection, other), source.op.end, startOf(reading), endOf(reading))
      }
    }
  },
})

const clauseFor = (reader: Connection, owner: Connection): 'no other connection' | 'no later connection' =>
  reader.client === owner.client ? 'no later connection' : 'no other connection'

export const auth10 = requirement({
  id: 'AUTH-10',
  title: 'A public handler is given the session if there is one, else undefined',
  level: 'must',
  area: 'authentication',
  since: '1.0',
  clauses: {
    'the session': { promise: 'a public handler of a connection with a session is given it', needs: ['trace'] },
    undefined: { promise: 'one of a connection without a session is given undefined', needs: ['trace'] },
  },
  source: { decision: 'what is open to everybody may still want to know who asks' },
  *judge(run) {
    const readings = readingsOf(run)
    for (const reading of readings.messages) {
      if (reading.target.required || reading.came !== 'ran') continue
      const must = mustBe(reading)
      const differs = difference(readings, reading)
      if (must === undefined) yield undecided('the session')
      else if (sameJson(must.session, none)) {
        if (differs === 'foreign') continue
        yield decide('undefined', differs === undefined, {
          events: [reading.message.event, reading.call?.enter],
          expected: `undefined for ${naming(reading)}, since there is no session`,
          observed: show(reading.seen),
        })
      } else if (restsOnSet(run, reading) && (differs === undefined || differs === 'lost' || differs === 'other')) {
        yield decide('the session', differs === undefined, {
          events: [reading.possible.last?.op.end, reading.message.event, reading.call?.enter],
          expected: `${show(must.session)} for ${naming(reading)}, which is public but has a session to be given`,
          observed: show(reading.seen),
        })
      }
    }
  },
})
