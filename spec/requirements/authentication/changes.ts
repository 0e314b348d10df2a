/** How a session changes, and by what it does not (AUTH-07, AUTH-08, AUTH-11). */
import { decide, requirement } from '../../requirement.ts'
import type { OpRun, Run } from '../../run/run.ts'
import { sameJson } from '../../values.ts'
import {
  difference,
  endOf,
  type GetReading,
  type MessageReading,
  mustBe,
  naming,
  readingsOf,
  startOf,
  thrownBetween,
  unauthenticated,
} from './readings.ts'
import { none, sameEvent, show, type Write } from './writes.ts'

export const auth07 = requirement({
  id: 'AUTH-07',
  title: 'set again replaces the session; after clear protected actions are refused again',
  level: 'must',
  area: 'authentication',
  since: '1.0',
  clauses: {
    'set again': { promise: 'the session set last is the one that later handlers are given', needs: ['trace'] },
    'refused again': { promise: 'after clear a protected handler runs no more', needs: ['trace'] },
  },
  source: { seed: 'guide', quote: 'You can re-authenticate if tokens expire' },
  *judge(run) {
    const readings = readingsOf(run)
    for (const reading of readings.messages) {
      const { last, replaced } = reading.possible
      const must = mustBe(reading)
      if (last === undefined || must === undefined || reading.came === 'silent' || thrownBetween(run, reading).possible) continue
      const earlier = replaced.findLast((write) => !sameJson(write.value, last.value) && !sameJson(write.value, none))
      if (earlier === undefined) continue
      const differs = difference(readings, reading)
      const events = [earlier.op.end, last.op.end, reading.message.event, endOf(reading)]
      if (!sameJson(last.value, none)) {
        if (differs !== undefined && differs !== 'stale') continue
        yield decide('set again', differs === undefined, {
          events,
          expected: `${show(last.value)} for ${naming(reading)}: step ${last.call.step ?? '?'} set it in place of ${show(earlier.value)}`,
          observed: show(reading.seen),
        })
      } else if (reading.target.required && unauthenticated(reading) && (reading.came === 'refused' || differs === 'stale')) {
        yield decide('refused again', reading.came === 'refused', {
          events,
          expected: `an UnauthorizedError for step ${reading.message.step ?? '?'} on ${reading.connection.name}, whose session step ${last.call.step ?? '?'} had cleared`,
          observed: `the handler ran with ${show(reading.seen)}`,
        })
      }
    }
  },
})

export const auth08 = requirement({
  id: 'AUTH-08',
  title:
    'A handler that throws without having set a session leaves the earlier one as it was; one that set and then throws keeps what it set',
  level: 'must',
  area: 'authentication',
  since: '1.0',
  clauses: {
    'thrown without setting': { promise: 'the session is what it was before a handler threw', needs: ['trace'] },
    'set, then thrown': { promise: 'what a handler had set before it threw stays set', needs: ['trace'] },
  },
  source: {
    decision:
      'a session is a write of its own, undone by nothing but another: a failed authentication must neither log out nor roll back',
  },
  *judge(run) {
    const readings = readingsOf(run)
    for (const reading of readings.messages) {
      const { last } = reading.possible
      const must = mustBe(reading)
      if (last === undefined || must === undefined || reading.came === 'silent' || !reading.target.required) continue
      const thrown = thrownBetween(run, reading).certain
      const setter = thrown.find((call) => call === last.call)
      const bare = thrown.find(
        (call) => call !== last.call && call.ops.every((op) => op.name !== 'session.set' && op.name !== 'session.clear'),
      )
      const differs = difference(readings, reading)
      if (differs === 'foreign' || differs === 'mutated') continue
      // With both between, which of the two is to blame cannot be told.
      if (differs !== undefined && setter !== undefined && bare !== undefined) continue
      if (setter === undefined && sameJson(last.value, none)) continue
      for (const [call, clause] of [
        [setter, 'set, then thrown'],
        [bare, 'thrown without setting'],
      ] as const) {
        if (call === undefined) continue
        yield decide(clause, differs === undefined, {
          events: [last.op.end, call.leave, reading.message.event, endOf(reading)],
          expected: `${show(must.session)} for ${naming(reading)}, as step ${last.call.step ?? '?'} left it, although step ${call.step ?? '?'} threw`,
          observed: reading.came === 'refused' ? 'an UnauthorizedError' : show(reading.seen),
        })
      }
    }
  },
})

type Changed = 'what it was given' | 'what it set' | 'what get gave'

export const auth11 = requirement({
  id: 'AUTH-11',
  title: 'The session a handler is given is a value: changing it without set changes nothing for later messages',
  level: 'must',
  area: 'authentication',
  since: '1.0',
  clauses: {
    'what it was given': {
      promise: 'a handler that changes its session argument changes nothing for later ones',
      needs: ['trace'],
    },
    'what it set': { promise: 'nor does one that changes the object it has set', needs: ['trace'] },
    'what get gave': { promise: 'nor one that changes what get gave it', needs: ['trace'] },
  },
  source: {
    decision: 'a store would not see the change, so that an application that relied on it would break when it left one process',
  },
  *judge(run) {
    const readings = readingsOf(run)
    for (const reading of [...readings.messages, ...readings.gets]) {
      const { last } = reading.possible
      if (last === undefined || mustBe(reading) === undefined || sameJson(last.value, none)) continue
      if ('came' in reading && reading.came !== 'ran') continue
      const differs = difference(readings, reading)
      if (differs !== undefined && differs !== 'mutated') continue
      const changes = changesOf(run, reading, last)
      // One is enough to blame; where nothing differs each was put to the test.
      for (const { clause, op } of differs === undefined ? changes : changes.slice(-1)) {
        yield decide(clause, differs === undefined, {
          events: [last.op.end, op.begin, startOf(reading), endOf(reading)],
          expected: `${show(last.value)} for ${naming(reading)}, as it was set: step ${op.call.step ?? '?'} changed only its own object`,
          observed: show(reading.seen),
        })
      }
    }
  },
})

/** Changes in place, made to the session a reading rests on by earlier events. */
function changesOf(run: Run, reading: MessageReading | GetReading, last: Write): { clause: Changed; op: OpRun }[] {
  const found: { clause: Changed; op: OpRun }[] = []
  const reader = 'op' in reading ? reading.op.call : reading.call
  const earlier = (op: OpRun): boolean =>
    reader !== undefined &&
    !sameEvent(op.call, reader) &&
    run.before(op.end, 'op' in reading ? reading.op.begin : reader.enter) === 'yes'
  if (last.op.args.then === 'mutate' && earlier(last.op)) found.push({ clause: 'what it set', op: last.op })
  for (const call of reading.connection.calls) {
    for (const op of call.ops) {
      if (op.name !== 'mutate' || !earlier(op) || run.before(last.op.end, op.begin) !== 'yes') continue
      if (op.args.what === 'stored') found.push({ clause: 'what get gave', op })
      if (op.args.what === 'session' && sameJson(call.enter.session, last.value)) found.push({ clause: 'what it was given', op })
    }
  }
  return found
}
