/** What an unauthorised message gets (AUTH-04), and that it gets no more than that (AUTH-09). */
import { broken, decide, type Judgment, kept, requirement } from '../../requirement.ts'
import { actionOf } from '../../run/connections.ts'
import { heldKey, surplusOf } from '../../run/route.ts'
import type { Connection, Run } from '../../run/run.ts'
import { sameJson } from '../../values.ts'
import { arrivedWhole, type MessageReading, mustBe, readingsOf, unauthenticated } from './readings.ts'
import { none } from './writes.ts'

/** Protected by what is said of it nearest, so that no question of defaults or precedence is in it (AUTH-01, AUTH-02). */
const plainlyProtected = ({ target }: MessageReading): boolean => target.function === true && target.entry !== false

/** Data that a schema would refuse: which of the two refusals comes is AUTH-09's. */
const badData = ({ target, message }: MessageReading): boolean =>
  target.refusesBad === true && message.json !== undefined && Object.hasOwn(message.json, 'bad')

export const auth04 = requirement({
  id: 'AUTH-04',
  title:
    'An unauthorised message runs no handler and gets exactly one UnauthorizedError reply with its routing key; the connection stays open',
  level: 'must',
  area: 'authentication',
  since: '1.0',
  clauses: {
    'no handler': { promise: 'no handler runs for it', needs: ['trace'] },
    'one reply': { promise: 'each gets one UnauthorizedError reply, and nothing else gets one', needs: ['trace'] },
    'its routing key': { promise: 'the reply carries the routing key that the message holds' },
    'stays open': { promise: 'the connection is open afterwards', needs: ['trace'] },
  },
  source: { seed: 'guide', quote: 'Authentication errors are clear action responses' },
  *judge(run) {
    const readings = readingsOf(run)
    for (const reading of readings.messages) {
      if (!plainlyProtected(reading) || !unauthenticated(reading) || reading.came === 'silent' || badData(reading)) continue
      yield* noHandler(reading)
      yield* itsKey(reading)
    }
    for (const connection of run.connections) {
      const own = readings.messages.filter((reading) => reading.connection === connection)
      yield* oneReply(run, connection, own)
      yield* staysOpen(run, connection, own)
    }
  },
})

function* noHandler(reading: MessageReading): Iterable<Judgment<'no handler'>> {
  // A handler that is given a session which should be gone is another defect (AUTH-06, AUTH-07).
  if (reading.came === 'ran' && !sameJson(reading.seen, none)) return
  yield decide('no handler', reading.came === 'refused', {
    events: [reading.message.event, reading.call?.enter, reading.refusal?.event],
    expected: `no run of ${reading.target.handler}, which says auth: true, for step ${reading.message.step ?? '?'}: ${reading.connection.name} has no session`,
    observed: 'the handler ran, and was given no session',
  })
}

function* itsKey({ message, refusal, connection }: MessageReading): Iterable<Judgment<'its routing key'>> {
  const held = heldKey(message)
  if (refusal === undefined || held === undefined) return
  const surplus = surplusOf(refusal.json, held)
  yield decide('its routing key', refusal.json?.[held.key] === held.value && surplus.length === 0, {
    events: [message.event, refusal.event],
    expected: `${JSON.stringify(held.key)}: ${JSON.stringify(held.value)} in the UnauthorizedError that answers step ${message.step ?? '?'} on ${connection.name}`,
    observed: `${JSON.stringify(held.key)}: ${JSON.stringify(refusal.json?.[held.key])}${surplus.length === 0 ? '' : `, beside fields that no error reply has: ${surplus.join(', ')}`}`,
  })
}

/** Error replies name no step, so they are counted by connection, where it is certain how many there must be. */
function* oneReply(run: Run, connection: Connection, readings: readonly MessageReading[]): Iterable<Judgment<'one reply'>> {
  // Middleware may answer in the place of what it is around (AUTH-13).
  if (!arrivedWhole(run, connection) || connection.spec.middleware !== undefined) return
  const messages = connection.messages.filter((message) => !message.fence)
  if (readings.length !== messages.length) return
  const refused: MessageReading[] = []
  let thrown = 0
  for (const reading of readings) {
    if (reading.came === 'ran') thrown += reading.call?.leave?.error?.name === 'UnauthorizedError' ? 1 : 0
    else if (!plainlyProtected(reading) || !unauthenticated(reading) || badData(reading)) return
    else refused.push(reading)
  }
  if (refused.length === 0) return
  const replies = connection.received.filter((receipt) => receipt.json?.errorName === 'UnauthorizedError')
  const events = [
    ...refused.map((reading) => reading.message.event),
    ...replies.map((receipt) => receipt.event),
    connection.fenced,
  ]
  if (replies.length === refused.length + thrown) {
    for (const reading of refused) yield kept('one reply', reading.message.event, reading.refusal?.event)
    return
  }
  yield broken('one reply', {
    events,
    expected: `${refused.length + thrown} UnauthorizedError on ${connection.name}: one for each of steps ${refused.map((reading) => reading.message.step ?? '?').join(', ')}${thrown > 0 ? ` and ${thrown} that handlers threw` : ''}`,
    observed: `${replies.length} when ${connection.name} had everything sent before`,
  })
}

const stopped = (run: Run): boolean => run.of('invoke').some((event) => actionOf(event).do === 'stop')

/** Judged where a refused message was the last a client sent before its fence, or before its connection closed unasked. */
function* staysOpen(run: Run, connection: Connection, readings: readonly MessageReading[]): Iterable<Judgment<'stays open'>> {
  const { closed, ending, fenced } = connection
  for (const reading of readings) {
    if (!plainlyProtected(reading) || !unauthenticated(reading) || reading.came !== 'refused') continue
    const later = connection.messages.find(
      (message) => message.event.seq > reading.message.event.seq && (message.replies.length > 0 || message.calls.length > 0),
    )
    const proof = later?.replies[0]?.event ?? later?.calls[0]?.enter ?? fenced
    const proven = proof !== undefined && run.before(reading.refusal?.event, proof) === 'yes'
    const onlyThis = connection.messages.every((message) => message.fence || message === reading.message)
    const unasked = closed !== undefined && ending === closed && onlyThis && !stopped(run)
    // A platform ends connections for reasons of its own: what comes after an answer may be such a one.
    if (!unasked || (proven && run.observes.has('platform'))) {
      if (proven) yield kept('stays open', reading.refusal?.event, proof)
      continue
    }
    yield broken('stays open', {
      events: [reading.message.event, reading.refusal?.event, closed],
      expected: `${connection.name} open after the refusal of step ${reading.message.step ?? '?'}`,
      observed: `it was closed with ${closed.code}, though nobody asked for that`,
    })
  }
}

export const auth09 = requirement({
  id: 'AUTH-09',
  title: 'Authorisation comes before validation: an unauthorised client with bad data learns only that it is unauthorised',
  level: 'must',
  area: 'authentication',
  since: '1.0',
  clauses: {
    'only that it is unauthorised': {
      promise: 'the reply to bad data of an unauthorised client is an UnauthorizedError that says nothing of the data',
      needs: ['trace'],
    },
  },
  source: { decision: 'what is wrong with data tells an attacker what right data looks like' },
  *judge(run) {
    for (const reading of readingsOf(run).messages) {
      if (!badData(reading) || !reading.target.required || !sameJson(mustBe(reading)?.session, none)) continue
      const reply = reading.message.replies[0]
      if (reply === undefined || reading.came === 'ran') continue
      const silent = reply.json?.errorName === 'UnauthorizedError' && !Object.hasOwn(reply.json, 'issues')
      yield decide('only that it is unauthorised', silent, {
        events: [reading.message.event, reply.event],
        expected: `an UnauthorizedError without issues for step ${reading.message.step ?? '?'} on ${reading.connection.name}, which has no session`,
        observed: `${String(reply.json?.errorName)}${Object.hasOwn(reply.json ?? {}, 'issues') ? ` with issues ${JSON.stringify(reply.json?.issues)}` : ''}`,
      })
    }
  },
})
