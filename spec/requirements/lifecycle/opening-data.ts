/** What a channel knows of its handshake (LIFE-04). */
import { malformed, openingOf } from '../../probe/addresses.ts'
import { survivesJson } from '../../probe/opening-schema.ts'
import { decide, type Judgment, kept, requirement } from '../../requirement.ts'
import type { Call, Connection, Run } from '../../run/run.ts'
import { describe, sameJson } from '../../values.ts'
import { type Attempt, attempts, isHandler, mayBeStopping, ownerOf, taggedValue } from './attempts.ts'

type FieldClause = 'query fields' | 'repeated fields' | 'names of any kind' | 'path fields' | 'path wins'
type Clause =
  | FieldClause
  | 'as the schema made it'
  | 'malformed escape'
  | 'same in every handler'
  | 'whatever a handler did'
  | 'given to onConnect'

export const life04 = requirement<Clause>({
  id: 'LIFE-04',
  title: "`openingData` holds the fields of query and path, and stays deep-equal in every handler; it is onConnect's data",
  level: 'must',
  area: 'lifecycle',
  since: '1.0',
  clauses: {
    'query fields': {
      promise: 'it holds the fields of the query, decoded as URLSearchParams does, and nothing else',
      needs: ['trace'],
    },
    'repeated fields': { promise: 'a repeated query field is an array of strings', needs: ['trace'] },
    'names of any kind': {
      promise: 'a field named like a member of Object.prototype is an own property like any other',
      needs: ['trace'],
    },
    'path fields': {
      promise: "it holds the path's parameters, percent-decoded after splitting",
      capabilities: ['pathParameters'],
      needs: ['trace'],
    },
    'path wins': {
      promise: 'a path parameter wins over a query field of its name',
      capabilities: ['pathParameters'],
      needs: ['trace'],
    },
    'as the schema made it': { promise: 'with a schema, it is what the schema returned', needs: ['trace'] },
    'malformed escape': { promise: 'a malformed escape in the path is refused with a 4xx', capabilities: ['pathParameters'] },
    'same in every handler': { promise: 'it is deep-equal in every handler of the connection', needs: ['trace'] },
    'whatever a handler did': { promise: 'also after a handler changed the one it was given', needs: ['trace'] },
    'given to onConnect': { promise: "onConnect's data is the opening data", needs: ['trace'] },
  },
  source: { seed: 'guide', quote: "This data is available in all lifecycle handlers and doesn't change during the connection." },
  *judge(run) {
    const asked = new Map(attempts(run).map((attempt) => [attempt.connection, attempt]))
    const byConnection = new Map<Connection, Call[]>()
    for (const call of run.calls) {
      const owner = isHandler(call) ? ownerOf(run, call) : undefined
      if (owner !== undefined && !middlewareMutates(owner)) byConnection.set(owner, [...(byConnection.get(owner) ?? []), call])
    }
    for (const [connection, [first, ...later]] of byConnection) {
      if (first === undefined) continue
      const attempt = asked.get(connection)
      if (attempt !== undefined) yield* holdsTheFields(attempt, first)
      for (const call of later) yield stays(run, connection, first, call)
      for (const call of [first, ...later]) if (call.handler === 'onConnect') yield givenTo(connection, call)
    }
    for (const attempt of asked.values()) yield* refusesMalformed(run, attempt)
  },
})

/** Middleware shares an event with its handler, so that what it changes may show there. */
const middlewareMutates = ({ spec }: Connection): boolean => JSON.stringify(spec.middleware ?? null).includes('"mutate"')

const openingOfCall = (call: Call): Record<string, unknown> => {
  const value = taggedValue(call.enter.openingData)
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

const show = (value: unknown): string => JSON.stringify(describe(value))

function* holdsTheFields(attempt: Attempt, call: Call): Iterable<Judgment<Clause>> {
  const { connection, fields, parameters } = attempt
  if (parameters === undefined || Object.hasOwn(fields, 's')) return
  const events = [connection.connect, call.enter]
  const { s: _script, ...actual } = openingOfCall(call)
  const made = openingOf(connection.channel, fields)
  // What JSON would change must not have come so far, which is LIFE-22's.
  if (made.does !== 'takes' || (made.given !== undefined && survivesJson(made.given) !== true)) return
  if (made.value !== fields) {
    yield decide('as the schema made it', sameJson(actual, made.value), {
      events,
      expected: `opening data ${show(made.value)}, as the schema of ${connection.name}'s channel returned it`,
      observed: show(actual),
    })
    return
  }
  for (const [name, value] of Object.entries(fields)) {
    const has = Object.hasOwn(actual, name)
    yield decide(clauseOf(attempt, name), has && sameJson(actual[name], value), {
      events,
      expected: `the field ${show(name)} of ${connection.name}'s opening data to be ${show(value)}`,
      observed: has ? `it is ${show(actual[name])}` : 'there is no own property of that name',
    })
  }
  const extra = Object.keys(actual).filter((name) => !Object.hasOwn(fields, name))
  if (Object.keys(attempt.query).length === 0 && extra.length === 0) return
  yield decide('query fields', extra.length === 0, {
    events,
    expected: `no opening data for ${connection.name} but the fields of its address`,
    observed: `fields that it did not send: ${extra.map(show).join(', ')}`,
  })
}

function clauseOf({ query, parameters }: Attempt, name: string): FieldClause {
  if (parameters !== undefined && Object.hasOwn(parameters, name)) return Object.hasOwn(query, name) ? 'path wins' : 'path fields'
  if (name in Object.prototype) return 'names of any kind'
  return Array.isArray(query[name]) ? 'repeated fields' : 'query fields'
}

function stays(run: Run, connection: Connection, first: Call, call: Call): Judgment<Clause> {
  const changes = connection.calls.flatMap(({ handler, ops }) =>
    ops.filter(
      ({ args }) => args.op === 'mutate' && (args.what === 'openingData' || (args.what === 'data' && handler === 'onConnect')),
    ),
  )
  const changed = changes.find(({ end }) => run.before(end, call.enter) === 'yes')
  const [before, after] = [taggedValue(first.enter.openingData), taggedValue(call.enter.openingData)]
  return decide(changed === undefined ? 'same in every handler' : 'whatever a handler did', sameJson(before, after), {
    events: [first.enter, changed?.end, call.enter],
    expected: `in ${call.handler} (step ${call.step}) the opening data that ${first.handler} of ${connection.name} had: ${show(before)}`,
    observed: show(after),
  })
}

function givenTo(connection: Connection, call: Call): Judgment<Clause> {
  const { data, openingData } = call.enter
  return decide('given to onConnect', sameJson(taggedValue(data), taggedValue(openingData)), {
    events: [connection.connect, call.enter],
    expected: `${connection.name}'s onConnect to be given the opening data, ${show(openingData)}`,
    observed: `it was given ${show(data)}`,
  })
}

function* refusesMalformed(run: Run, { connection, path }: Attempt): Iterable<Judgment<Clause>> {
  const { connect, open, refused } = connection
  if (!malformed(path) || (open ?? refused) === undefined || mayBeStopping(run, connection)) return
  const status = refused?.status ?? undefined
  if (status !== undefined && status >= 400 && status < 500) yield kept('malformed escape', connect, refused)
  else {
    yield decide('malformed escape', false, {
      events: [connect, open ?? refused],
      expected: `the handshake of ${connection.name} refused with a 4xx: an escape in its path, ${path}, is malformed`,
      observed: open !== undefined ? 'it was accepted' : `it was answered with ${status ?? 'no HTTP answer'}`,
    })
  }
}
