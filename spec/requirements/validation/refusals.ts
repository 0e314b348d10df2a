/** Data that a schema refuses, and schemas that fail (VALID-01, VALID-06). */
import type { SchemaIssue } from '../../application.ts'
import { maskedMessage } from '../../errors.ts'
import { decide, type Judgment, requirement } from '../../requirement.ts'
import { type Json, sameJson } from '../../values.ts'
import { told } from '../routing/messages.ts'
import { type Checking, checkings, noHandler, oneError, staysOpen } from './messages.ts'

export const valid01 = requirement({
  id: 'VALID-01',
  title: 'Refused data runs no handler and gets one ValidationError with every issue; the connection stays open',
  level: 'must',
  area: 'validation',
  since: '1.0',
  clauses: {
    'no handler': { promise: 'data that the input schema refuses runs no handler', needs: ['trace'] },
    'one reply': { promise: 'it gets one ValidationError, with the routing key of the message' },
    'every issue': { promise: 'the reply has the path and message of every issue' },
    'stays open': { promise: 'the connection stays open' },
  },
  source: { seed: 'guide', quote: '- Validates message data against your types' },
  *judge(run) {
    for (const exchange of checkings(run)) {
      const { checked, errors, alone } = exchange
      if (!('issues' in checked)) continue
      yield* noHandler('no handler', exchange, 'its schema refuses it')
      yield* oneError('one reply', exchange, 'ValidationError')
      yield* staysOpen('stays open', exchange, 'its schema refuses it, and that is all')
      const [error] = errors
      // Of no issues there is nothing to be told.
      const several = checked.issues.length > 0
      if (alone && several && error?.json?.errorName === 'ValidationError') yield issues(exchange, checked.issues)
    }
  },
})

function issues(exchange: Checking, expected: readonly SchemaIssue[]): Judgment<'every issue'> {
  const [error] = exchange.errors
  const found = error?.json?.issues
  const wanted = expected.map(replied)
  return decide('every issue', Array.isArray(found) && sameJson(sorted(wanted), sorted(found.map(pathAndMessage))), {
    events: [exchange.message.event, error?.event],
    expected: `the issues ${JSON.stringify(wanted)} in the reply to ${told(exchange)}`,
    observed: JSON.stringify(found ?? 'none'),
  })
}

/** A segment of a path is a key, or an object that holds it. */
const replied = ({ path, message }: SchemaIssue): Json => ({
  path: (path ?? []).map((segment) => (typeof segment === 'object' ? segment.key : segment) as string | number),
  message,
})

const pathAndMessage = (issue: Json): Json => {
  const { path, message, ...more } = (issue ?? {}) as { [key: string]: Json }
  // What a schema's library says beside these is the server's own: the value it was given, say.
  return { path: path ?? [], message: message ?? null, ...more }
}

const sorted = (list: readonly Json[]): Json[] => list.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))

export const valid06 = requirement({
  id: 'VALID-06',
  title: 'A schema that throws is an InternalError; the connection stays open',
  level: 'must',
  area: 'validation',
  since: '1.0',
  clauses: {
    'internal error': { promise: 'the client is sent one InternalError that says nothing of what was thrown' },
    'no handler': { promise: 'no handler is given the message', needs: ['trace'] },
    'stays open': { promise: 'the connection stays open' },
  },
  source: { decision: 'what a schema throws is a defect of the application like any other, and as private' },
  *judge(run) {
    for (const exchange of checkings(run)) {
      if (!('throws' in exchange.checked)) continue
      yield* noHandler('no handler', exchange, 'its schema throws')
      yield* oneError('internal error', exchange, 'InternalError', maskedMessage)
      yield* staysOpen('stays open', exchange, 'its schema throws, and that is all')
    }
  },
})
