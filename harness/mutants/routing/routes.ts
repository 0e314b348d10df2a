import type { Mutant } from '../mutant.ts'

const table = 'adapters/runtime/route-table.ts'
const pattern = 'adapters/runtime/route-pattern.ts'
const of = { area: 'routing', base: 'ws', expected: 'ROUTE-11' } as const

/** Defects in the way from a path to a channel. */
export const routesMutants: readonly Mutant[] = [
  {
    ...of,
    name: 'routes-ignore-case',
    also: { 'LIFE-04': 'a parameter that differs from a literal in its case only is not taken as one' },
    standsFor: 'paths compared as host names are',
    edits: [
      {
        file: table,
        find: 'const literal = node.literals.get(segment)',
        replace: 'const literal = node.literals.get(segment.toLowerCase())',
      },
    ],
  },
  {
    ...of,
    name: 'forgives-trailing-slashes',
    also: {},
    standsFor: 'a router that is not strict by default',
    edits: [
      {
        file: table,
        find: 'const segments = splitPath(path)',
        replace: "const segments = splitPath(path.length > 1 ? path.replace(/\\/$/, '') : path)",
      },
    ],
  },
  {
    ...of,
    name: 'matches-prefixes',
    also: {
      'LIFE-01': 'longer paths are wired to nothing',
      'AUTH-02': 'the channel it leads to asks for a session where the other does not',
      'LIFE-04': 'the parameters of a longer route are not in the opening data',
    },
    standsFor: 'a route mounted as a prefix',
    edits: [
      {
        file: table,
        find: 'if (segment === undefined) return node.entry',
        replace: 'if (segment === undefined || (node.entry !== undefined && node.parameter === undefined)) return node.entry',
      },
    ],
  },
  {
    ...of,
    name: 'parameters-before-literals',
    also: { 'LIFE-04': 'the literal segment is taken for a parameter and stands in the opening data' },
    standsFor: 'routes tried in the order wired, the general before the particular',
    edits: [
      {
        file: table,
        find: 'if (exact !== undefined) return exact',
        replace:
          'if (exact !== undefined && !(position === 1 && node.parameter?.entry !== undefined && exact.parameters.length === 0)) return exact',
      },
    ],
  },
  {
    ...of,
    name: 'does-not-turn-back',
    also: {},
    standsFor: 'a literal segment once taken never given up, although only the parameter leads on',
    edits: [{ file: table, find: 'if (exact !== undefined) return exact', replace: 'if (literal !== undefined) return exact' }],
  },
  {
    ...of,
    name: 'splits-decoded-paths',
    also: { 'LIFE-04': 'the parameter’s value is cut where its escaped slash stood' },
    standsFor: 'a path decoded before it is split, so that an escaped slash parts segments',
    edits: [
      {
        file: pattern,
        find: 'return segments.map(decodeURIComponent)',
        replace: "return decodeURIComponent(path.slice(1)).split('/')",
      },
    ],
  },
  {
    ...of,
    name: 'takes-any-syntax',
    also: {},
    standsFor: 'patterns of another router taken for plain text, so that they match nothing',
    edits: [{ file: pattern, find: '/[:*?+(){}[\\]#%\\\\\\s]/', replace: '/\\s/' }],
  },
  {
    ...of,
    name: 'twins-by-spelling',
    also: {},
    standsFor: 'routes compared as they are written, so that the second of two with the same paths is never reached',
    edits: [
      { file: table, find: 'return node?.entry?.route', replace: 'return node?.entry?.route === route ? route : undefined' },
    ],
  },
  {
    ...of,
    name: 'twins-whatever-their-case',
    also: {},
    standsFor: 'routes compared as host names are where they are wired, and as they are where they are matched',
    edits: [{ file: table, find: 'of parseRoute(route))', replace: 'of parseRoute(route.toLowerCase()))' }],
  },
  {
    ...of,
    name: 'parameters-sought-in-front',
    base: 'memory-serverless',
    also: {},
    standsFor:
      'routes that cannot be served refused by how they begin, so that a parameter behind a literal is waited for in vain',
    edits: [{ file: 'adapters/serverless/serverless.ts', find: '/(^|\\/):/.test(route)', replace: '/^\\/:/.test(route)' }],
  },
]
