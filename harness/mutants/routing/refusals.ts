import type { Mutant } from '../mutant.ts'

const dispatch = 'adapters/runtime/dispatch.ts'
const of = { area: 'routing', base: 'ws' } as const

/** Defects in what is told where nothing is wired, and in which names and keys count. */
export const refusalsMutants: readonly Mutant[] = [
  {
    ...of,
    name: 'tells-strangers-of-no-route',
    expected: 'ROUTE-04',
    also: { 'ROUTE-05': 'what nothing is wired for under an inherited name is refused for want of a session too' },
    standsFor: 'a channel that asks for a session before it looks whether there is a handler at all',
    edits: [
      {
        file: 'adapters/runtime/compile.ts',
        find: '    name,\n    route,\n    onConnect: wiring',
        replace: '    name,\n    route,\n    guarded: auth ?? true,\n    onConnect: wiring',
      },
      {
        file: dispatch,
        find: 'shownRouteLength, UnknownRouteError }',
        replace: 'shownRouteLength, UnauthorizedError, UnknownRouteError }',
      },
      {
        file: dispatch,
        find: 'const error = new UnknownRouteError(describeRoute(channel, fields))',
        replace:
          'const stranger = (channel as { guarded?: boolean }).guarded && port.readSession() === undefined\n  const error = stranger ? new UnauthorizedError() : new UnknownRouteError(describeRoute(channel, fields))',
      },
    ],
  },
  {
    ...of,
    name: 'answers-by-the-first-key-alone',
    expected: 'ROUTE-04',
    also: {},
    standsFor: 'a refusal written for one routing key, which has no route to tell where the message holds the second',
    edits: [
      {
        file: dispatch,
        find: 'encodeError(error, held)',
        replace: 'encodeError(error, held?.key === channel.routing[0]?.key ? held : undefined)',
      },
    ],
  },
  {
    ...of,
    name: 'closes-on-plain-text',
    expected: 'ROUTE-04',
    also: { 'VALID-07': 'a text that is broken JSON is plain text as well' },
    standsFor: 'a channel of actions that closes the connection of whoever sends no object, once it has said so',
    edits: [
      {
        file: dispatch,
        find: '    return isPromise(accepted) ?',
        replace: '    if (fields === undefined) void port.hangUp()\n    return isPromise(accepted) ?',
      },
    ],
  },
  {
    ...of,
    name: 'refuses-inherited-names',
    expected: 'ROUTE-05',
    also: {},
    standsFor: 'names of members of every object kept out by a list, whether something is wired under them or not',
    edits: [{ file: dispatch, find: 'actions.get(action)', replace: 'action in {} ? undefined : actions.get(action)' }],
  },
  {
    ...of,
    name: 'reads-keys-of-a-copy',
    expected: 'ROUTE-05',
    also: {},
    standsFor: 'a message merged into an object of its own, whose keys are then read whether they are its own or not',
    edits: [
      {
        file: dispatch,
        find: '  if (fields === undefined || !Object.hasOwn(fields, key)) return undefined\n  const value = fields[key]\n',
        replace: '  const value = (Object.assign({}, fields) as Record<string, unknown>)[key]\n',
      },
    ],
  },
]
