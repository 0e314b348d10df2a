/** Invocations that overlap (STATELESS-02). */
import type { HistoryEvent } from '../../history.ts'
import { broken, decide, type Judgment, kept, requirement } from '../../requirement.ts'
import { lastedAfter } from '../../run/fences.ts'
import { invocationsOf } from '../../run/invocations.ts'
import { anyKilled, idleAfter } from '../../run/platform.ts'
import type { Call, Connection, Message, Run } from '../../run/run.ts'
import { sameJson } from '../../values.ts'
import { endOf, type GetReading, type MessageReading, naming, ownerOf, readingsOf, startOf } from '../authentication/readings.ts'
import { show, type Write } from '../authentication/writes.ts'

type Clause = 'one of those written' | 'stays so' | 'nothing lost' | 'nothing duplicated'

export const stateless02 = requirement<Clause>({
  id: 'STATELESS-02',
  title:
    'Invocations of one connection and of many may overlap freely: of concurrent session writes one stays, whole, and nothing is lost or duplicated',
  level: 'must',
  area: 'stateless',
  since: '1.0',
  capabilities: ['stateless'],
  clauses: {
    'one of those written': {
      promise: 'after concurrent session writes the session is one of those written, whole',
      needs: ['trace'],
    },
    'stays so': { promise: 'it stays that one until the next write', needs: ['trace'] },
    'nothing lost': { promise: 'each of several overlapping messages runs its handler', needs: ['trace', 'idle'] },
    'nothing duplicated': { promise: 'each of several overlapping messages runs its handler once', needs: ['trace', 'idle'] },
  },
  source: {
    decision: 'nothing orders the events of a platform that starts a process for each: the stores alone must keep them apart',
  },
  *judge(run) {
    yield* sessions(run)
    for (const connection of run.connections) for (const message of connection.messages) yield* handled(run, connection, message)
  },
})

type Reading = (MessageReading & { call: Call }) | GetReading

/** Readings of the stored session after all of a connection's writes were over, the last of which ran side by side. */
function* sessions(run: Run): Iterable<Judgment<Clause>> {
  const readings = readingsOf(run)
  for (const [connection, writes] of readings.writes) {
    const last = concurrent(run, writes)
    if (last.length < 2 || anyKilled(run)) continue
    const values = last.map((each) => each.value)
    const after = readingsAfter(run, connection, writes)
    for (const reading of after) {
      // A session of somebody else is AUTH-06's.
      if (ownerOf(readings, connection, reading.seen) !== undefined) continue
      yield decide(
        'one of those written',
        values.some((value) => sameJson(value, reading.seen)),
        {
          events: [...last.flatMap(({ op }) => [op.begin, op.end]), startOf(reading), endOf(reading)],
          expected: `${naming(reading)} to have one of the sessions that were written side by side: ${values.map(show).join(' or ')}`,
          observed: show(reading.seen),
        },
      )
    }
    for (const [index, later] of after.entries()) {
      const earlier = after[index - 1]
      if (earlier === undefined || run.before(endOf(earlier), startOf(later)) !== 'yes') continue
      yield decide('stays so', sameJson(earlier.seen, later.seen), {
        events: [...last.map(({ op }) => op.end), endOf(earlier), endOf(later)],
        expected: `${naming(later)} to have the session that ${naming(earlier)} had, ${show(earlier.seen)}, since nothing was written between them`,
        observed: show(later.seen),
      })
    }
  }
}

/** The last writes of a connection that may any of them be the last, where at least two certainly overlapped. */
function concurrent(run: Run, writes: readonly Write[]): Write[] {
  if (writes.some((write) => write.outcome !== 'ok')) return []
  const last = writes.filter((each) => !writes.some((other) => run.before(each.op.end, other.op.begin) === 'yes'))
  const overlap = (a: Write, b: Write): boolean =>
    a.call !== b.call && run.before(a.op.begin, b.op.end) === 'yes' && run.before(b.op.begin, a.op.end) === 'yes'
  return last.some((a) => last.some((b) => overlap(a, b))) ? last : []
}

function readingsAfter(run: Run, connection: Connection, writes: readonly Write[]): Reading[] {
  const { messages, gets } = readingsOf(run)
  const started = (event: HistoryEvent): boolean => writes.every(({ op }) => run.before(op.end, event) === 'yes')
  const ran = messages.filter((each): each is MessageReading & { call: Call } => each.came === 'ran')
  return [...ran, ...gets]
    .filter((each) => each.connection === connection && started(startOf(each)) && !each.possible.own)
    .sort((a, b) => (run.before(endOf(a), startOf(b)) === 'yes' ? -1 : 1))
}

/** A plain act that another handler's run overlapped. */
function* handled(run: Run, connection: Connection, message: Message): Iterable<Judgment<Clause>> {
  if (connection.channel !== 'main' || message.json?.action !== 'probe' || message.fence) return
  const [call, second] = message.calls
  const repeated = invocationsOf(run, connection.channelId, 'message').some(({ begin }) => begin.repeat)
  const idle = idleAfter(run, message.event)
  if (idle === undefined || anyKilled(run) || repeated || connection.spec.middleware !== undefined) return
  if (call === undefined) {
    // A fence that was sent behind it has come back, and so the platform had been given it.
    const fence = lastedAfter(run, connection, message.event)
    if (fence === undefined || message.replies.length > 0 || !inCompany(run, message)) return
    yield broken('nothing lost', {
      events: [message.event, idle, fence],
      expected: `the handler of step ${message.step} of ${connection.name} to run`,
      observed: 'it had not run when every invocation had returned',
    })
    return
  }
  const other = overlapped(run, call)
  if (other === undefined) return
  yield kept('nothing lost', message.event, other.enter, call.enter)
  yield decide('nothing duplicated', second === undefined, {
    events: [message.event, other.enter, call.enter, second?.enter],
    expected: `one run of the handler of step ${message.step} of ${connection.name}`,
    observed: `it ran ${message.calls.length} times`,
  })
}

/** Another handler's run that was certainly going on beside this one. */
const overlapped = (run: Run, call: Call): Call | undefined =>
  run.calls.find(
    (other) => other !== call && run.before(other.enter, call.leave) === 'yes' && run.before(call.enter, other.leave) === 'yes',
  )

/** Whether another message of the connection was not known to be handled when this one was sent. */
const inCompany = (run: Run, message: Message): boolean =>
  message.conn.messages.some(
    (other) =>
      other !== message &&
      !other.fence &&
      run.before(other.calls[0]?.leave, message.event) !== 'yes' &&
      other.event.seq < message.event.seq,
  )
