/** Messages that match no wiring, where there is an onMessage (ROUTE-03). */
import { decide, requirement } from '../../requirement.ts'
import { sameTagged, showTagged } from '../../run/route.ts'
import { arrival, eventsOf, isValidated, ofPrototypes, ordinary, told } from './messages.ts'

export const route03 = requirement({
  id: 'ROUTE-03',
  title: 'What matches no wiring goes to onMessage, whole and unchanged',
  level: 'must',
  area: 'routing',
  since: '1.0',
  clauses: {
    'to onMessage': { promise: 'an object that matches no wiring goes to onMessage and nowhere else', needs: ['trace'] },
    'whole and unchanged': { promise: 'onMessage is given all of it, routing keys included', needs: ['trace'] },
  },
  source: { decision: 'the `$default` route of the platform whose design the introduction follows does the same' },
  *judge(run) {
    for (const exchange of ordinary(run)) {
      const { route, calls } = exchange
      if (route.kind !== 'object' || route.handler !== 'onMessage') continue
      if (ofPrototypes(exchange) || isValidated(exchange)) continue
      yield* arrival('to onMessage', exchange)
      for (const call of calls) {
        if (call.handler !== 'onMessage') continue
        yield decide('whole and unchanged', sameTagged(call.enter.data, route.data), {
          events: eventsOf(exchange),
          expected: `onMessage to be given ${showTagged(route.data)}, which is all of ${told(exchange)}`,
          observed: `it was given ${showTagged(call.enter.data)}`,
        })
      }
    }
  },
})
