/** Opening data and sessions are JSON values (LIFE-22). */
import { openingOf } from '../../probe/addresses.ts'
import { survivesJson } from '../../probe/opening-schema.ts'
import { decide, type Judgment, requirement, undecided } from '../../requirement.ts'
import type { Connection, OpRun, Run } from '../../run/run.ts'
import type { Json } from '../../values.ts'
import { attempts, mayBeStopping } from './attempts.ts'
import { mustBeRefused, type RefusalClause, refusalClauses } from './refusals.ts'

type Clause = RefusalClause | 'session refused' | 'session taken' | 'handshake accepted'

export const life22 = requirement<Clause>({
  id: 'LIFE-22',
  title: 'Opening data (after its schema) and sessions are JSON values: what would not survive JSON unchanged is refused',
  level: 'must',
  area: 'lifecycle',
  since: '1.0',
  clauses: {
    'session refused': {
      promise: '`set` rejects with a TypeError where the session would not survive JSON unchanged',
      needs: ['trace'],
    },
    'session taken': { promise: '`set` takes any JSON value but null', needs: ['trace'] },
    ...refusalClauses(400),
    'handshake accepted': { promise: 'a schema may return any JSON object' },
  },
  source: { decision: 'what only one process can hold would work on some adapters and be lost on others' },
  *judge(run) {
    for (const connection of run.connections) {
      for (const call of connection.calls) {
        for (const op of call.ops) if (op.name === 'session.set') yield* sets(run, connection, op)
      }
    }
    for (const { connection, fields, parameters } of attempts(run)) {
      const made = openingOf(connection.channel, fields)
      if (parameters === undefined || made.does !== 'takes' || made.given === undefined) continue
      const survives = survivesJson(made.given)
      const why = `its schema returns ${show(made.given)}, which JSON would change`
      if (survives === undefined) yield undecided('refused')
      else if (!survives) yield* mustBeRefused(run, connection, why, 400)
      else if (connection.open === undefined && mayBeStopping(run, connection)) yield undecided('handshake accepted')
      else if (connection.open !== undefined || (connection.refused !== undefined && connection.calls.length === 0)) {
        yield decide('handshake accepted', connection.open !== undefined, {
          events: [connection.connect, connection.open ?? connection.refused],
          expected: `the handshake of ${connection.name} accepted: its schema returns a JSON value`,
          observed: `it was refused with ${connection.refused?.status ?? 'no HTTP answer'}`,
        })
      }
    }
  },
})

const show = (value: Json): string => JSON.stringify(value)

function* sets(run: Run, connection: Connection, op: OpRun): Iterable<Judgment<Clause>> {
  const { args, begin, end, call } = op
  const value = args.value ?? null
  const survives = survivesJson(value)
  if (end === undefined) return
  // A connection that may be ending can refuse any session; whether null is one is left open.
  const ending = connection.ending !== undefined && run.before(end, connection.ending) !== 'yes'
  const where = `userSession.set of ${show(value)} in ${call.handler} of ${connection.name} (step ${call.step})`
  if (survives === undefined || value === null || (ending && end.outcome === 'rejected' && end.error?.typeError !== true)) {
    yield undecided(survives === false ? 'session refused' : 'session taken')
  } else if (survives) {
    yield decide('session taken', end.outcome === 'ok', {
      events: [begin, end],
      expected: `${where} to resolve`,
      observed: `it rejected with ${end.error?.name}: ${end.error?.message}`,
    })
  } else {
    yield decide('session refused', end.error?.typeError === true, {
      events: [begin, end],
      expected: `${where} to reject with a TypeError: JSON would change the value`,
      observed: end.outcome === 'ok' ? 'it resolved' : `it rejected with ${end.error?.name}: ${end.error?.message}`,
    })
  }
}
