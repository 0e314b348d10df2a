/** What the platform is answered for a message (STATELESS-14). */
import { decide, requirement } from '../../requirement.ts'
import { type Invocation, invocationOf, platformOf } from '../../run/invocations.ts'
import type { Run } from '../../run/run.ts'
import { storeFaults } from './faults.ts'

const threw = (run: Run): ReadonlyMap<Invocation | undefined, string> =>
  new Map(
    run.calls
      .filter((call) => call.message !== undefined && call.handler !== 'middleware' && call.leave?.outcome === 'rejected')
      .map((call) => [invocationOf(run, call), call.handler]),
  )

export const stateless14 = requirement({
  id: 'STATELESS-14',
  title: 'A message invocation answers 200 with no body, also when its handler threw',
  level: 'must',
  area: 'stateless',
  since: '1.0',
  capabilities: ['stateless'],
  clauses: {
    'status 200': { promise: 'a message is answered to the platform with status 200', needs: ['trace', 'platform'] },
    'no body': { promise: 'a message is answered to the platform without a body', needs: ['trace', 'platform'] },
    'a handler that threw': {
      promise: 'so is a message whose handler threw: with status 200 and without a body',
      needs: ['trace', 'platform'],
    },
  },
  source: {
    decision:
      'a platform may give the body of an answer to the client, and an error of its own for any other status, or repeat the event: replies are posted, and nothing else is said',
  },
  *judge(run) {
    // A store that fails for longer than anybody would try again leaves an invocation nothing to answer.
    if (storeFaults(run).length > 0) return
    const throwing = threw(run)
    for (const invocation of platformOf(run).invocations) {
      const { begin, end } = invocation
      if (invocation.event !== 'message' || end === undefined || end.outcome === 'killed') continue
      const handler = throwing.get(invocation)
      const of = `the message's invocation ${invocation.number}${handler === undefined ? '' : `, whose handler ${handler} threw`}`
      const status = end.outcome === 'ok' && end.status === 200
      yield decide('status 200', status, {
        events: [begin, end],
        expected: `status 200 for ${of}`,
        observed: end.outcome === 'ok' ? `status ${end.status}` : 'the invocation failed',
      })
      yield decide('no body', end.body !== true, {
        events: [begin, end],
        expected: `no body in the answer of ${of}`,
        observed: 'it has one',
      })
      if (handler === undefined) continue
      yield decide('a handler that threw', status && end.body !== true, {
        events: [begin, end],
        expected: `status 200 and no body for ${of}`,
        observed:
          end.outcome === 'ok' ? `status ${end.status}${end.body === true ? ' and a body' : ''}` : 'the invocation failed',
      })
    }
  },
})
