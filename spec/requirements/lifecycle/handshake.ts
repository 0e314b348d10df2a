/** Which handshakes are refused (LIFE-01, LIFE-02), and which sub-protocol is selected (LIFE-23). */
import { openingOf, wiredToNothing } from '../../probe/addresses.ts'
import { decide, requirement, undecided } from '../../requirement.ts'
import { attempts, mayBeStopping } from './attempts.ts'
import { mustBeRefused, refusalClauses } from './refusals.ts'

export const life01 = requirement({
  id: 'LIFE-01',
  title: 'A handshake for a route nothing is wired to is refused with a 4xx and runs no handler',
  level: 'must',
  area: 'lifecycle',
  since: '1.0',
  clauses: refusalClauses(404),
  source: { seed: 'guide', quote: "route: '/chat', // WebSocket route" },
  *judge(run) {
    for (const { connection, path } of attempts(run)) {
      if (wiredToNothing(path)) yield* mustBeRefused(run, connection, `nothing is wired to ${path}`, 404)
    }
  },
})

export const life02 = requirement({
  id: 'LIFE-02',
  title: 'Opening data that its schema refuses: the handshake is refused with a 4xx and runs no handler',
  level: 'must',
  area: 'lifecycle',
  since: '1.0',
  clauses: {
    ...refusalClauses(400),
    accepted: { promise: 'a handshake whose opening data the schema takes is accepted' },
  },
  source: { decision: 'the guide has messages validated against their types; read to include the data of the connection itself' },
  *judge(run) {
    for (const { connection, fields, parameters } of attempts(run)) {
      if (connection.channel !== 'opened' || parameters === undefined) continue
      const verdict = openingOf(connection.channel, fields)
      if (verdict.does === 'refuses') yield* mustBeRefused(run, connection, 'the schema of its opening data refuses it', 400)
      else if (verdict.does === 'throws' || 'given' in verdict) yield undecided('refused')
      else if (connection.open === undefined && mayBeStopping(run, connection)) yield undecided('accepted')
      else if (connection.open !== undefined || (connection.refused !== undefined && connection.calls.length === 0)) {
        yield decide('accepted', connection.open !== undefined, {
          events: [connection.connect, connection.open ?? connection.refused],
          expected: `the handshake of ${connection.name} accepted: the schema takes its opening data`,
          observed: `it was refused with ${connection.refused?.status ?? 'no HTTP answer'} before any handler ran`,
        })
      }
    }
  },
})

export const life23 = requirement({
  id: 'LIFE-23',
  title: 'Of the sub-protocols a client offers the server selects none, or exactly one that was offered',
  level: 'must',
  area: 'lifecycle',
  since: '1.0',
  clauses: {
    'one of those offered': { promise: 'where sub-protocols are offered, none or one of them is selected' },
    'none unasked': { promise: 'where none is offered, none is selected' },
  },
  source: { decision: 'RFC 6455, 4.2.2: a client fails a connection whose server selects what it did not offer' },
  *judge(run) {
    for (const { connection } of attempts(run)) {
      if (connection.open === undefined) continue
      const offered = Array.isArray(connection.spec.protocols) ? connection.spec.protocols : []
      const { protocol } = connection.open
      yield decide(
        offered.length === 0 ? 'none unasked' : 'one of those offered',
        protocol === '' || offered.includes(protocol),
        {
          events: [connection.connect, connection.open],
          expected:
            offered.length === 0
              ? `no sub-protocol for ${connection.name}, which offered none`
              : `none or one of ${offered.join(', ')}`,
          observed: `the server selected ${JSON.stringify(protocol)}`,
        },
      )
    }
  },
})
