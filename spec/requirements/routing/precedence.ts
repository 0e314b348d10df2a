/** Several routing keys (ROUTE-06). */
import { broken, type Judgment, kept, requirement } from '../../requirement.ts'
import { type Exchange, reached } from '../../run/exchanges.ts'
import { eventsOf, fate, isPrototypeName, isValidated, ordinary, told } from './messages.ts'

export const route06 = requirement({
  id: 'ROUTE-06',
  title: 'With several routing keys, the first declared that matches wins',
  level: 'must',
  area: 'routing',
  since: '1.0',
  clauses: {
    'the first declared': {
      promise: 'of two keys that both match, the one declared first decides, wherever it stands in the message',
      needs: ['trace'],
    },
    'that matches': {
      promise: 'a key that is absent, no string or no name of its wiring leaves the decision to the next',
      needs: ['trace'],
    },
  },
  source: { decision: 'the order of declaration is the only one an author can see; the order of a message is its sender’s' },
  *judge(run) {
    for (const exchange of ordinary(run)) {
      const { channel, route } = exchange
      if (route.key === undefined || channel.keys.length < 2 || isValidated(exchange) || isPrototypeName(route.action)) continue
      const clause = route.key === channel.keys[0] ? 'the first declared' : 'that matches'
      if (clause === 'the first declared' && matching(exchange) < 2) continue
      yield* won(clause, exchange)
    }
  },
})

/** How many of the channel's keys match. */
function matching({ channel, message }: Exchange): number {
  const { json } = message
  return channel.keys.filter(
    (key) => json !== undefined && Object.hasOwn(json, key) && channel.handlers?.includes(`${key}:${String(json[key])}`),
  ).length
}

function* won(clause: 'the first declared' | 'that matches', exchange: Exchange): Generator<Judgment<typeof clause>> {
  const came = reached(exchange)
  if (came === 'yes') yield kept(clause, exchange.message.event, exchange.calls[0]?.enter)
  else if (came === 'no') {
    yield broken(clause, {
      events: eventsOf(exchange),
      expected: `${exchange.route.handler} for ${told(exchange)}: the keys of its channel are ${exchange.channel.keys.join(', then ')}`,
      observed: fate(exchange),
    })
  }
}
