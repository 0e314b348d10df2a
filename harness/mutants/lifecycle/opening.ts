import type { Edit, Mutant } from '../mutant.ts'

const inServer = (find: string, replace: string): Edit => ({
  file: 'adapters/ws/server.ts',
  find,
  replace,
})
const inOpeningData = (find: string, replace: string): Edit => ({
  file: 'adapters/runtime/opening-data.ts',
  find,
  replace,
})

type Defect = Pick<Mutant, 'name' | 'expected' | 'standsFor' | 'edits'> & {
  also?: Mutant['also']
}
const defect = ({ also = {}, ...of }: Defect): Mutant => ({
  ...of,
  area: 'lifecycle',
  base: 'ws',
  also,
})

/** Defects in what is taken and what is refused: handshakes, wirings and sessions; and of channels side by side. */
export const openingMutants: readonly Mutant[] = [
  defect({
    name: 'one-status-for-every-refusal',
    expected: 'LIFE-01',
    also: {
      'LIFE-02': 'what a schema refuses is answered with it too',
      'LIFE-22': 'so is opening data that JSON would change',
    },
    standsFor: 'handshakes refused by the hook for verifying clients, which knows one status',
    edits: [
      inServer('else refuseUpgrade(socket, status, reason)', 'else refuseUpgrade(socket, status < 500 ? 403 : status, reason)'),
    ],
  }),
  defect({
    name: 'opening-data-of-strings',
    expected: 'LIFE-02',
    also: { 'LIFE-22': 'a schema that returns numbers or null is refused for them too' },
    standsFor: 'opening data checked for being what a query can hold, when the schema has made more of it',
    edits: [
      inOpeningData(
        '  for (const name of Object.keys(parameters)) if',
        "  if (Object.values(copy).some((each) => typeof each !== 'string' && !Array.isArray(each))) throw new NotJsonError('not a string')\n  for (const name of Object.keys(parameters)) if",
      ),
    ],
  }),
  defect({
    name: 'channel-ids-taken-again',
    expected: 'LIFE-03',
    standsFor: 'a pool of ids, each given to the next connection once its own has ended',
    edits: [
      inServer('channelId: randomUUID(),', 'channelId: (pool.length > 8 ? pool.shift() : undefined) ?? randomUUID(),'),
      inServer('const ignore =', 'const pool: string[] = []\nconst ignore ='),
      inServer(
        '        new Connection(channel, webSocket, socket, connections).open(hub)',
        '        channel.registerOnEnd(() => pool.push(channel.channelId))\n        new Connection(channel, webSocket, socket, connections).open(hub)',
      ),
    ],
  }),
  defect({
    name: 'shared-function-refused',
    expected: 'LIFE-20',
    also: { 'PUB-09': 'a system with two such channels does not start, and what was published before is refused with it' },
    standsFor: 'a registry of functions, to which one that two channels share counts as registered twice',
    edits: [
      {
        file: 'adapters/runtime/application.ts',
        find: '      names.set(channel.name, channel)\n',
        replace:
          "      for (const each of names.values()) {\n        if (each.onMessage !== undefined && each.onMessage.func === channel.onMessage?.func) throw new Error('function is registered already')\n      }\n      names.set(channel.name, channel)\n",
      },
    ],
  }),
  defect({
    name: 'sessions-must-be-objects',
    expected: 'LIFE-22',
    standsFor: 'a check for null written as one for objects: a session that is a user id is refused',
    edits: [
      {
        file: 'adapters/runtime/handles.ts',
        find: 'if (copy === null) throw',
        replace: "if (typeof copy !== 'object' || copy === null) throw",
      },
    ],
  }),
  {
    name: 'duplicate-route-taken',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-20',
    also: { 'ROUTE-11': 'routes that differ in the names of their parameters are the same route too' },
    standsFor: 'routes kept in a map, the later one winning',
    edits: [
      {
        file: 'adapters/runtime/application.ts',
        find: 'if (twin !== undefined) {',
        replace: "if (twin === '') {",
      },
    ],
  },
  {
    name: 'duplicate-name-taken',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-20',
    also: {},
    standsFor: 'names that nothing is looked up by',
    edits: [
      {
        file: 'adapters/runtime/application.ts',
        find: 'if (namesake !== undefined) {',
        replace: 'if (namesake === channel) {',
      },
    ],
  },
  {
    name: 'actions-of-every-channel',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-20',
    also: {
      'ROUTE-03': 'a message that matches nothing of its own channel should go to onMessage',
      'ROUTE-04': 'or be refused',
      'ROUTE-10': 'the onMessage it misses is the plain function',
    },
    standsFor: 'one table of the actions that several channels have',
    edits: [
      {
        file: 'adapters/runtime/compile.ts',
        find: 'return { key, actions: new Map(compiled) }',
        replace:
          "const all = ((globalThis as never as Record<string, Map<string, Handler>>)[`all ${key}`] ??= new Map())\n      for (const [action, handler] of compiled) all.set(action, handler)\n      const own = new Map(compiled)\n      return { key, actions: { get: (action: string) => own.get(action) ?? (action === 'plain' || action === 'other' ? all.get(action) : undefined) } as unknown as Map<string, Handler> }",
      },
    ],
  },
]
