/** How routes match, and which are refused (ROUTE-11). */

import { variants } from '../../probe/variants.ts'
import { decide, type Judgment, requirement } from '../../requirement.ts'
import { actionOf } from '../../run/connections.ts'
import { fieldOf, showTagged } from '../../run/route.ts'
import type { Connection, Run } from '../../run/run.ts'
import { type Lead, leadOf } from './paths.ts'

type RouteClause = 'case-sensitively' | 'no trailing slash' | 'whole' | 'one whole segment' | 'literal over parameter'

export const route11 = requirement({
  id: 'ROUTE-11',
  title: 'Routes match exactly and case-sensitively; `:name` is one whole segment, literals win, and other syntax is refused',
  level: 'must',
  area: 'routing',
  since: '1.0',
  clauses: {
    'case-sensitively': { promise: 'a path that differs from a route in case only does not match it' },
    'no trailing slash': { promise: 'a path with one slash more than a route does not match it' },
    whole: { promise: 'a path that begins with a route, or that a route begins with, does not match it' },
    'one whole segment': {
      promise: '`:name` matches any one segment that is not empty, an escaped slash in it included',
      capabilities: ['pathParameters'],
      needs: ['trace'],
    },
    'literal over parameter': {
      promise: 'where both match, the route with the literal segment has the path',
      capabilities: ['pathParameters'],
      needs: ['trace'],
    },
    'same paths refused': {
      promise: 'routes that match the same paths are the same route, and wiring it twice is refused',
      capabilities: ['pathParameters'],
      needs: ['start'],
      heavy: true,
    },
    'other syntax refused': {
      promise: 'wireChannel refuses any route but `/`-separated literals and `:name` parameters',
      needs: ['start'],
      heavy: true,
    },
    'plain routes taken': {
      promise: 'wireChannel takes routes that are like those refused and without their fault',
      needs: ['start'],
      heavy: true,
    },
    'parameters refused': {
      promise: 'a route with a parameter is refused at start where parameters are not supported',
      unless: ['pathParameters'],
      needs: ['start'],
      heavy: true,
    },
  },
  source: { decision: 'two readings of one path are how access rules are passed by, so there is one' },
  *judge(run) {
    for (const connection of run.connections) yield* handshake(run, connection)
    yield* starts(run)
  },
})

function* handshake(run: Run, connection: Connection): Generator<Judgment<RouteClause>> {
  const { path, addressed } = connection.spec
  if (typeof path !== 'string' || addressed !== true) return
  const lead = leadOf(path, run.capabilities)
  if (lead === undefined) return
  const { open, refused, connect, name } = connection
  if (open === undefined && refused === undefined) return
  if (lead.channel === undefined) {
    const clause =
      ({ case: 'case-sensitively', slash: 'no trailing slash' } as const)[lead.nearness as 'case' | 'slash'] ?? 'whole'
    yield decide(clause, open === undefined, {
      events: [connect, open, refused],
      expected: `the handshake of ${name} for ${path} refused: no route matches it`,
      observed: `it was accepted${reachedBy(connection)}`,
    })
    return
  }
  const clause = clauseOf(path, lead)
  if (clause === undefined) return
  const found = parametersFound(connection)
  if (open !== undefined && found === undefined) return
  yield decide(clause, open !== undefined && found?.join() === [...lead.parameters].sort().join(), {
    events: [connect, open, refused],
    expected: `the handshake of ${name} for ${path} accepted by the route ${lead.channel.route}`,
    observed:
      open === undefined ? `it was refused with ${refused?.status ?? 'no status'}` : `it was accepted${reachedBy(connection)}`,
  })
}

/** A parameter's route is known by its parameters; whether another one is refused or found says nothing more. */
function clauseOf(path: string, lead: Lead): 'one whole segment' | 'literal over parameter' | undefined {
  if (lead.parameters.length > 0) return 'one whole segment'
  return path === '/path/fixed' ? 'literal over parameter' : undefined
}

const parameterNames = ['name', 'part']

/** Which of the probe's parameters the opening data holds; undefined where no handler has shown it yet. */
function parametersFound(connection: Connection): string[] | undefined {
  const enter = connection.calls.find((call) => call.handler === 'onConnect')?.enter
  return enter === undefined ? undefined : parameterNames.filter((name) => fieldOf(enter.openingData, name) !== undefined)
}

function reachedBy(connection: Connection): string {
  const enter = connection.calls.find((call) => call.handler === 'onConnect')?.enter
  if (enter === undefined) return ''
  const fields = parameterNames.flatMap((name) => {
    const value = fieldOf(enter.openingData, name)
    return value === undefined ? [] : [`${name} ${showTagged(value)}`]
  })
  return fields.length === 0 ? ', with no parameter in its opening data' : `, with ${fields.join(' and ')} in its opening data`
}

/** What each start variant of this requirement is about. */
function clauseOfVariant(
  name: string,
): 'same paths refused' | 'other syntax refused' | 'plain routes taken' | 'parameters refused' | undefined {
  if (name.startsWith('route twin: ')) return 'same paths refused'
  if (name.startsWith('route syntax: ')) return 'other syntax refused'
  if (name.startsWith('route taken: ')) return 'plain routes taken'
  return name.startsWith('route parameter: ') ? 'parameters refused' : undefined
}

function* starts(run: Run): Generator<Judgment<NonNullable<ReturnType<typeof clauseOfVariant>>>> {
  for (const invoked of run.of('invoke')) {
    const action = actionOf(invoked)
    const variant = action.do === 'start' ? variants.get(action.variant as string) : undefined
    const clause = variant === undefined ? undefined : clauseOfVariant(variant.name)
    const ended = run.of('hosted').find((event) => event.step === invoked.step)
    if (variant === undefined || clause === undefined || ended === undefined) continue
    if (variant.name.endsWith('with a parameter') && !run.capabilities.has('pathParameters') && clause !== 'parameters refused')
      continue
    const refused = ended.outcome === 'rejected'
    yield decide(clause, refused === variant.refused, {
      events: [invoked, ended],
      expected: `wireChannel to ${variant.refused ? 'refuse' : 'take'} the wiring ${JSON.stringify(variant.name)}`,
      observed: refused ? `it was refused: ${ended.error?.message ?? 'with no reason'}` : 'it was taken',
    })
  }
}
