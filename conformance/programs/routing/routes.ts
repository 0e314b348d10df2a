/** Programs about paths: handshakes for addresses that are, or nearly are, a route, and routes that must be refused. */
import fc from 'fast-check'
import { routeVariants } from '../../../spec/probe/route-variants.ts'
import type { ClientSpec, Phase, Program, Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { clientIndex, plainClient, program } from '../parts.ts'

const paths = {
  main: ['/Main', '/MAIN', '/main/', '/main//', '/main/main', '/mai', '/mainx', '/main%2F', '/', '//main'],
  bare: ['/bare/', '/Bare', '/bare/x'],
  open: ['/opeN', '/open/', '/ope'],
  'keys-public': ['/keys-public/', '/keys/public', '/Keys-public'],
  path: [
    '/path/x',
    '/path/a%2Fb',
    '/path/a%252Fb',
    '/path/a%2541',
    '/path/Fixed',
    '/path/fixed%2F',
    '/path/%20',
    '/path/%C3%A9',
    '/path/:name',
    '/path/',
    '/path',
    '/Path/x',
    '/path/x/',
  ],
  'path-literal': [
    '/path/fixed',
    '/path/fixed',
    '/path/fixed',
    '/path/fixed',
    '/path/fixed',
    '/path/fixed/',
    '/Path/fixed',
    '/PATH/FIXED',
  ],
  'path-deep': ['/path/x/y', '/path/fixed/y', '/path/fixed/fixed', '/path/x/y/z', '/path//y', '/path/x/y/'],
} as const

const parametrised: readonly string[] = ['path', 'path-literal', 'path-deep']

/** A client for each channel, with or without parameters in its route. */
const connecting = (parameters: boolean): fc.Arbitrary<ClientSpec>[] =>
  Object.entries(paths)
    .filter(([channel]) => parametrised.includes(channel) === parameters)
    .map(([channel, all]) => fc.record({ channel: fc.constant(channel), path: fc.constantFrom(...all) }))

/** The one path that two routes match: only it can show which of them wins. */
const literal: fc.Arbitrary<ClientSpec> = fc.record({ channel: fc.constant('path-literal'), path: fc.constant('/path/fixed') })

const count = 4
const step: fc.Arbitrary<Step> = fc.record({ do: fc.constant('act' as const), client: clientIndex(count), ops: fc.constant([]) })

const opening = (...client: fc.Arbitrary<ClientSpec>[]): fc.Arbitrary<Program> =>
  program({
    clients: fc.array(fc.oneof(...client), { minLength: 1, maxLength: count, size: 'max' }),
    prefix: fc.array(step, { maxLength: 2 }),
    step,
    lanes: 1,
    phases: 0,
  })

type Handshake = { [K in keyof typeof paths]: { channel: K; path: (typeof paths)[K][number] } }[keyof typeof paths]
const at = (...clients: Handshake[]): Program => ({ clients, prefix: [], phases: [] })
/** Every path that is made for these channels. */
const everywhere = (...channels: (keyof typeof paths)[]): Program =>
  at(...channels.flatMap((channel) => paths[channel].map((path) => ({ channel, path }) as Handshake)))
/** More clients than most programs have. */
const manyOf = (...client: fc.Arbitrary<ClientSpec>[]): fc.Arbitrary<Program> =>
  fc.record({
    clients: fc.array(fc.oneof(...client), { minLength: 1, maxLength: 60 }),
    prefix: fc.array(step, { maxLength: 0 }),
    phases: fc.array(fc.constant<Phase>({ lanes: [] }), { maxLength: 0 }),
  })
const openings = (...client: fc.Arbitrary<ClientSpec>[]): fc.Arbitrary<Program> =>
  fc.oneof({ weight: 15, arbitrary: opening(...client) }, { weight: 1, arbitrary: manyOf(...client) })

export const routingPaths: Family = {
  name: 'routing/paths',
  area: 'routing',
  runs: 50,
  arbitrary: openings(...connecting(false)),
  examples: {
    'ROUTE-11 case-sensitively': at({ channel: 'main', path: '/Main' }),
    'ROUTE-11 no trailing slash': at({ channel: 'main', path: '/main/' }),
    'ROUTE-11 whole': everywhere('main', 'bare', 'open', 'keys-public'),
  },
}

export const routingParameters: Family = {
  name: 'routing/parameters',
  area: 'routing',
  capabilities: ['pathParameters'],
  runs: 60,
  arbitrary: openings(...connecting(true), literal, literal, literal),
  examples: {
    'ROUTE-11 one whole segment': everywhere('path', 'path-deep'),
    'ROUTE-11 literal over parameter': everywhere('path-literal'),
  },
}

const starting = (...variants: string[]): Program => ({
  clients: [],
  prefix: variants.map((variant) => ({ do: 'start', variant })),
  phases: [],
})
const variantsOf = (kind: string): string[] => routeVariants.map(({ name }) => name).filter((name) => name.startsWith(kind))
const startStep: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('start' as const),
  variant: fc.oneof(
    fc.constantFrom(...routeVariants.map(({ name }) => name)),
    ...['route twin: ', 'route syntax: ', 'route taken: ', 'route parameter: '].map((kind) =>
      fc.constantFrom(...variantsOf(kind)),
    ),
  ),
})
const startOf = (kind: string): Program => starting(...variantsOf(kind))

export const routingStarts: Family = {
  name: 'routing/starts',
  area: 'routing',
  runs: 40,
  arbitrary: program({
    clients: fc.array(fc.constant(plainClient), { maxLength: 0 }),
    prefix: fc.oneof(
      { weight: 15, arbitrary: fc.array(startStep, { minLength: 1, maxLength: 2 }) },
      { weight: 1, arbitrary: fc.array(startStep, { minLength: 1, maxLength: 30 }) },
    ),
    step: startStep,
    lanes: 1,
    phases: 0,
  }),
  examples: {
    'ROUTE-11 same paths refused': startOf('route twin: '),
    'ROUTE-11 other syntax refused': startOf('route syntax: '),
    'ROUTE-11 plain routes taken': startOf('route taken: '),
    'ROUTE-11 parameters refused': startOf('route parameter: '),
  },
}
