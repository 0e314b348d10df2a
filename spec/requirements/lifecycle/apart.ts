/** Channels of one application keep apart, and are told apart (LIFE-20). */
import { parametersOf } from '../../probe/addresses.ts'
import { probeChannels } from '../../probe/channels/index.ts'
import { variants } from '../../probe/variants.ts'
import { broken, decide, type Judgment, kept, requirement } from '../../requirement.ts'
import { actionOf } from '../../run/connections.ts'
import type { Run } from '../../run/run.ts'
import { ownerOf } from './attempts.ts'

type Clause = 'own handlers' | 'name wired twice' | 'route wired twice' | 'both wired'

/** The start variants this is judged by. */
const clauseOf: Readonly<Record<string, Clause>> = {
  'duplicate name': 'name wired twice',
  'duplicate route': 'route wired twice',
  'own names and routes': 'both wired',
}

export const life20 = requirement<Clause>({
  id: 'LIFE-20',
  title: 'Two channels of one application keep apart; wiring a name or a route twice is refused with an error naming both',
  level: 'must',
  area: 'lifecycle',
  since: '1.0',
  clauses: {
    'own handlers': { promise: "a connection meets only its own channel's handlers", needs: ['trace'] },
    'name wired twice': {
      promise: 'wiring a name twice is refused with an error that has the name and both routes',
      needs: ['start'],
      heavy: true,
    },
    'route wired twice': {
      promise: 'wiring a route twice is refused with an error that has the route and both names',
      needs: ['start'],
      heavy: true,
    },
    'both wired': { promise: 'channels with names and routes of their own are taken', needs: ['start'], heavy: true },
  },
  source: { seed: 'guide', quote: "name: 'chat', // Unique channel name" },
  *judge(run) {
    yield* ownHandlers(run)
    for (const event of run.of('hosted')) {
      const invoked = run.invoked(event.step)
      const variant = invoked === undefined ? undefined : variants.get(String(actionOf(invoked).variant))
      const clause = variant === undefined ? undefined : clauseOf[variant.name]
      if (variant === undefined || clause === undefined || event.error?.name === 'HostError') continue
      const missing = variant.refused ? (variant.names ?? []).filter((name) => !(event.error?.message ?? '').includes(name)) : []
      yield decide(clause, (event.outcome === 'rejected') === variant.refused && missing.length === 0, {
        events: [invoked, event],
        expected: variant.refused
          ? `wireChannel to throw an error that has ${variant.names?.join(', ')}`
          : 'both channels to be wired',
        observed:
          event.outcome === 'ok'
            ? 'they were wired'
            : `an error${missing.length > 0 ? ` without ${missing.join(', ')}` : ''}: ${event.error?.message}`,
      })
    }
  },
})

function* ownHandlers(run: Run): Iterable<Judgment<Clause>> {
  // With a single channel in play there is nothing to be kept apart from.
  const several = new Set(run.connections.map(({ channel }) => channel)).size > 1
  for (const connection of run.connections) {
    // Which of several routes a path leads to is ROUTE-11's.
    if (connection.spec.path !== undefined || !matchedByOne(connection.channel)) continue
    const calls = run.calls.filter(({ enter }) => enter.wired !== undefined && enter.conn === connection.name)
    const strange = calls.find((call) => call.enter.wired !== connection.channel && ownerOf(run, call) === connection)
    if (strange !== undefined) {
      yield broken('own handlers', {
        events: [connection.connect, strange.message?.event, strange.enter],
        expected: `handlers of the channel ${connection.channel} for ${connection.name}`,
        observed: `${strange.handler} (step ${strange.step}) of the channel ${strange.enter.wired} ran`,
      })
    } else if (several && calls[0] !== undefined) yield kept('own handlers', calls[0].enter)
  }
}

function matchedByOne(channel: string): boolean {
  const route = probeChannels.get(channel)?.route ?? ''
  return [...probeChannels.values()].filter((each) => parametersOf(each.route, route) !== undefined).length === 1
}
