/** What onDisconnect sees of the session (AUTH-12). */
import { decide, requirement, undecided } from '../../requirement.ts'
import { sameJson } from '../../values.ts'
import { difference, mustBe, readingsOf } from './readings.ts'
import { none, show } from './writes.ts'

export const auth12 = requirement({
  id: 'AUTH-12',
  title: 'onDisconnect can read the connection’s last session',
  level: 'should',
  area: 'authentication',
  since: '1.0',
  clauses: {
    'the last session': { promise: 'userSession.get in onDisconnect gives the session the connection had', needs: ['trace'] },
  },
  source: { decision: 'whoever cleans up after a client mostly needs to know who it was' },
  *judge(run) {
    const readings = readingsOf(run)
    for (const reading of readings.gets) {
      const { last, own } = reading.possible
      if (reading.op.call.handler !== 'onDisconnect' || own) continue
      // What a throw does to a session is AUTH-08's.
      if (reading.connection.calls.some((call) => call.leave?.outcome === 'rejected')) continue
      const must = mustBe(reading)
      if (must === undefined) yield undecided('the last session')
      if (must === undefined || last === undefined || sameJson(must.session, none)) continue
      const differs = difference(readings, reading)
      if (differs === 'foreign' || differs === 'mutated') continue
      yield decide('the last session', differs === undefined, {
        events: [last.op.end, reading.op.begin, reading.op.end],
        expected: `${show(must.session)} in onDisconnect of ${reading.connection.name}, as step ${last.call.step ?? '?'} had set it`,
        observed: show(reading.seen),
      })
    }
  },
})
