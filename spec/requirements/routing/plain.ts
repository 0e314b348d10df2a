/** Plain functions as handlers (ROUTE-10). */
import { decide, type Judgment, requirement } from '../../requirement.ts'
import { replyWire } from '../../run/answers.ts'
import type { Exchange } from '../../run/exchanges.ts'
import { sameTagged, showTagged, taggedLess } from '../../run/route.ts'
import { showWire } from '../../wire.ts'
import { arrival, eventsOf, ofPrototypes, told, toPlain } from './messages.ts'

export const route10 = requirement({
  id: 'ROUTE-10',
  title: 'A plain pikkuFunc can be wired as an action or as onMessage unchanged',
  level: 'must',
  area: 'routing',
  since: '1.0',
  clauses: {
    'as an action': {
      promise: 'as an action it is given the message less its key, and its result is the reply',
      needs: ['trace'],
    },
    'as onMessage': { promise: 'as onMessage it is given the whole message, and its result is the reply', needs: ['trace'] },
  },
  source: {
    seed: 'guide',
    quote:
      "Your domain functions don't need to know they're being called through a WebSocket. They just receive messages, process them, and optionally send responses.",
  },
  *judge(run) {
    for (const exchange of toPlain(run)) {
      if (ofPrototypes(exchange) || (exchange.route.kind === 'bytes' && !run.capabilities.has('binary'))) continue
      yield* served(exchange.route.key === undefined ? 'as onMessage' : 'as an action', exchange)
    }
  },
})

function* served(clause: 'as an action' | 'as onMessage', exchange: Exchange): Generator<Judgment<typeof clause>> {
  const { route, message, calls, over } = exchange
  const call = calls.find((each) => each.handler === route.handler)
  if (call === undefined) {
    yield* arrival(clause, exchange)
    return
  }
  // Which of the keys are left in it is ROUTE-02's and ROUTE-03's.
  const key = route.held?.key
  if (!sameTagged(taggedLess(call.enter.data, key), taggedLess(route.data, key))) {
    yield decide(clause, false, {
      events: eventsOf(exchange),
      expected: `${call.handler} to be given ${showTagged(route.data)} of ${told(exchange)}`,
      observed: `it was given ${showTagged(call.enter.data)}`,
    })
    return
  }
  const reply = replyWire(call)
  const closes = call.ops.some((op) => op.name === 'close')
  if (reply === undefined || over === undefined || closes) return
  yield decide(clause, message.replies.length > 0, {
    events: [message.event, call.enter, call.leave, over],
    expected: `the reply ${showWire(reply)}, which is what ${call.handler} returned for ${told(exchange)}`,
    observed: 'it had not come when everything sent before had',
  })
}
