import type { Mutant } from '../mutant.ts'

/** Defects of handshakes, opening data and sessions’ values. */
export const handshakeMutants: readonly Mutant[] = [
  {
    name: 'unwired-route-is-a-server-error',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-01',
    also: {},
    standsFor: 'a router whose lack of a route is an unhandled case like any other',
    edits: [
      {
        file: 'adapters/runtime/run-local-channel.ts',
        find: "return refuse(404, 'No such channel')",
        replace: "return refuse(500, 'No such channel')",
      },
    ],
  },
  {
    name: 'refused-opening-data-is-a-server-error',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-02',
    also: { 'LIFE-22': 'opening data that JSON would change is refused in the same place' },
    standsFor: 'a schema’s refusal that is caught with everything else that can go wrong',
    edits: [
      {
        file: 'adapters/runtime/run-local-channel.ts',
        find: "refuse(400, 'Invalid opening data')",
        replace: "refuse(500, 'Invalid opening data')",
      },
    ],
  },
  {
    name: 'opening-data-unchecked',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-02',
    also: {
      'LIFE-04': 'what the schema makes is opening data no more than what it refuses',
      'LIFE-22': 'what the schema asks to be refused for is never looked at',
    },
    standsFor: 'a schema that serves for types alone',
    edits: [
      {
        file: 'adapters/runtime/opening-data.ts',
        find: 'if (schema === undefined) return fields',
        replace: 'if (schema !== null) return fields',
      },
    ],
  },
  {
    name: 'channel-ids-from-a-counter',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-03',
    also: {},
    standsFor: 'ids from a counter behind a long prefix',
    edits: [
      {
        file: 'adapters/ws/server.ts',
        find: 'channelId: randomUUID(),',
        replace: "channelId: `${prefix}${String(++counter).padStart(8, '0')}`,",
      },
      {
        file: 'adapters/ws/server.ts',
        find: 'const ignore =',
        replace: 'const prefix = randomUUID()\nlet counter = 0\nconst ignore =',
      },
    ],
  },
  {
    name: 'short-channel-ids',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-03',
    also: {},
    standsFor: 'ids cut short to look nice',
    edits: [
      {
        file: 'adapters/ws/server.ts',
        find: 'channelId: randomUUID(),',
        replace: 'channelId: randomUUID().slice(0, 8),',
      },
    ],
  },
  {
    name: 'plus-is-no-space',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-04',
    also: {},
    standsFor: 'queries decoded by decodeURIComponent',
    edits: [
      {
        file: 'adapters/runtime/opening-data.ts',
        find: 'new URLSearchParams(query)',
        replace: "new URLSearchParams(query.replaceAll('+', '%2B'))",
      },
    ],
  },
  {
    name: 'last-of-repeated-fields',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-04',
    also: {},
    standsFor: 'fields collected by Object.fromEntries',
    edits: [
      {
        file: 'adapters/runtime/opening-data.ts',
        find: 'else setOwn(fields, name, [earlier, value])',
        replace: 'else setOwn(fields, name, value)',
      },
    ],
  },
  {
    name: 'fields-by-assignment',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-04',
    also: {},
    standsFor: 'an assignment that sets the prototype where a field is called `__proto__`',
    edits: [
      {
        file: 'adapters/runtime/opening-data.ts',
        find: 'if (earlier === undefined) setOwn(fields, name, value)',
        replace: 'if (earlier === undefined) fields[name] = value',
      },
    ],
  },
  {
    name: 'query-wins-over-path',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-04',
    also: {},
    standsFor: 'query and parameters merged in the wrong order',
    edits: [
      {
        file: 'adapters/runtime/opening-data.ts',
        find: 'setOwn(fields, name, parameters[name])\n  return fields',
        replace: 'Object.hasOwn(fields, name) || setOwn(fields, name, parameters[name])\n  return fields',
      },
    ],
  },
  {
    name: 'malformed-escape-taken',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-04',
    also: {},
    standsFor: 'a path that cannot be decoded used as it came',
    edits: [
      {
        file: 'adapters/runtime/route-pattern.ts',
        find: 'return undefined\n',
        replace: 'return segments\n',
      },
    ],
  },
  {
    name: 'opening-data-shared',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-04',
    also: {},
    standsFor: 'one object handed to every handler',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: 'return copyJson(this.#openingData)',
        replace: 'return this.#openingData',
      },
    ],
  },
  {
    name: 'opening-data-through-json',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-22',
    also: {},
    standsFor: 'opening data put through JSON instead of being checked',
    edits: [
      {
        file: 'adapters/runtime/opening-data.ts',
        find: 'const copy = jsonCopy(value)',
        replace: 'const copy = JSON.parse(JSON.stringify(value))',
      },
    ],
  },
  {
    name: 'session-through-json',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-22',
    also: {
      'AUTH-05': 'the session that was stored is not the one that was set',
      'AUTH-10': 'nor is it what later handlers are given',
      'AUTH-07': 'nor is it what replaces an earlier one',
    },
    standsFor: 'sessions put through JSON instead of being checked',
    edits: [
      {
        file: 'adapters/runtime/handles.ts',
        find: 'const copy = jsonCopy(session)',
        replace: 'const copy = session === undefined ? {} : JSON.parse(JSON.stringify(session))',
      },
    ],
  },
  {
    name: 'sub-protocol-of-its-own',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-23',
    also: {},
    standsFor: 'a server that names its protocol whatever was offered, or nothing was',
    edits: [
      {
        file: 'adapters/ws/server.ts',
        find: 'noServer: true,',
        replace: 'noServer: true,\n    handleProtocols: () => false,',
      },
      {
        file: 'adapters/ws/server.ts',
        find: '  const connections = new Connections()\n',
        replace:
          "  sockets.on('headers', (headers) => headers.push('Sec-WebSocket-Protocol: own'))\n  const connections = new Connections()\n",
      },
    ],
  },
]
