/** From a message's routing key to a handler, and what that is given (ROUTE-01, ROUTE-02). */
import { decide, requirement } from '../../requirement.ts'
import { fieldOf, sameTagged, showTagged, taggedLess } from '../../run/route.ts'
import { arrival, eventsOf, fate, isValidated, ofPrototypes, ordinary, told } from './messages.ts'

export const route01 = requirement({
  id: 'ROUTE-01',
  title: 'A JSON object whose own routing key holds an own name of that wiring goes to that handler, and to no other',
  level: 'must',
  area: 'routing',
  since: '1.0',
  clauses: {
    'to that handler': { promise: 'the handler wired under the name is given the message', needs: ['trace'] },
    'to no other': { promise: 'no other handler is given it', needs: ['trace'] },
  },
  source: { seed: 'guide', quote: '- Routes messages to your function' },
  *judge(run) {
    for (const exchange of ordinary(run)) {
      const { channel, route, calls } = exchange
      if (route.key === undefined || channel.keys.length > 1 || ofPrototypes(exchange) || isValidated(exchange)) continue
      yield* arrival('to that handler', exchange)
      if (calls.length === 0) continue
      yield decide(
        'to no other',
        calls.every((call) => call.handler === route.handler),
        {
          events: eventsOf(exchange),
          expected: `nobody but ${route.handler} to be given ${told(exchange)}`,
          observed: fate(exchange),
        },
      )
    }
  },
})

export const route02 = requirement({
  id: 'ROUTE-02',
  title: "The handler's data is the message less the routing key, otherwise unchanged",
  level: 'must',
  area: 'routing',
  since: '1.0',
  clauses: {
    'less the routing key': { promise: 'the key it was routed by is not in its data', needs: ['trace'] },
    'otherwise unchanged': { promise: 'everything else of the message is in its data, as it was sent', needs: ['trace'] },
  },
  source: { seed: 'guide', quote: "{ action: 'sendMessage', message: 'Hello' }(now authenticated)" },
  *judge(run) {
    for (const exchange of ordinary(run)) {
      const { channel, route, calls } = exchange
      const { key } = route
      // Where there are schemas, what passes without one is VALID-05's.
      if (key === undefined || ofPrototypes(exchange) || channel.validated !== undefined) continue
      for (const call of calls) {
        if (call.handler !== route.handler) continue
        const { data } = call.enter
        const events = eventsOf(exchange)
        yield decide('less the routing key', fieldOf(data, key) === undefined, {
          events,
          expected: `no property ${JSON.stringify(key)} in the data of ${call.handler} for ${told(exchange)}`,
          observed: `it was given ${showTagged(data)}`,
        })
        yield decide('otherwise unchanged', sameTagged(taggedLess(data, key), route.data), {
          events,
          expected: `${call.handler} to be given ${showTagged(route.data)} of ${told(exchange)}`,
          observed: `it was given ${showTagged(data)}`,
        })
      }
    }
  },
})
