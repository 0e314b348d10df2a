import { expect, test } from 'vitest'
import { capabilityNames } from '../../capabilities.ts'
import { routeVariants } from '../../probe/route-variants.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import { route11 } from './routes.ts'

/** A handshake for a path: refused, or accepted with this opening data. */
function handshake(path: string, openingData?: Record<string, string>): Literal {
  const history = new Literal()
  const spec = { do: 'connect', client: 0, channel: 'path', conn: 'c0', step: '1.c0', path, addressed: true }
  history.client({ at: 'client', kind: 'invoke', conn: 'c0', step: '1.c0', action: spec })
  if (openingData === undefined) return history.client({ at: 'client', kind: 'refused', conn: 'c0', step: '1.c0', status: 404 })
  history.leave(history.enter('c0', '1.c0', { handler: 'onConnect', openingData }))
  return history.client({ at: 'client', kind: 'open', conn: 'c0', step: '1.c0', protocol: '' })
}

const judged = (path: string, openingData?: Record<string, string>) => verdicts(route11, handshake(path, openingData).run())

test.each([
  ['case-sensitively', '/Main'],
  ['no trailing slash', '/main/'],
  ['whole', '/main/main'],
])('%s: refused is kept, accepted is broken', (clause, path) => {
  expect(judged(path)).toEqual({ [clause]: ['kept'] })
  expect(judged(path, {})).toEqual({ [clause]: ['broken'] })
})

test('one whole segment: the right route, another one, none', () => {
  expect(judged('/path/x', { name: 'x' })).toEqual({ 'one whole segment': ['kept'] })
  expect(judged('/path/a%2Fb', { name: 'a', part: 'b' })).toEqual({ 'one whole segment': ['broken'] })
  expect(judged('/path/fixed/y')).toEqual({ 'one whole segment': ['broken'] })
})

test('literal over parameter', () => {
  expect(judged('/path/fixed', {})).toEqual({ 'literal over parameter': ['kept'] })
  expect(judged('/path/fixed', { name: 'fixed' })).toEqual({ 'literal over parameter': ['broken'] })
})

test('not exercised: the route itself, and an escape in a literal segment', () => {
  expect(judged('/main', {})).toEqual({})
  expect(judged('/%6dain', {})).toEqual({})
  expect(judged('/path/%66ixed', {})).toEqual({})
})

test('unknown: the handshake never ended', () => {
  const history = new Literal()
  history.client({
    at: 'client',
    kind: 'invoke',
    conn: 'c0',
    step: '1.c0',
    action: { do: 'connect', client: 0, channel: 'main', path: '/Main', addressed: true },
  })
  expect(verdicts(route11, history.run())).toEqual({})
})

function start(kind: string, outcome: 'ok' | 'rejected') {
  const variant = routeVariants.find(({ name }) => name.startsWith(kind))?.name ?? ''
  const history = new Literal().client({ at: 'client', kind: 'invoke', step: '1.0', action: { do: 'start', variant } })
  return history.client({
    at: 'client',
    kind: 'hosted',
    step: '1.0',
    outcome,
    ...(outcome === 'ok' ? {} : { error: { name: 'Error', message: 'no', typeError: false } }),
  })
}

test.each([
  ['same paths refused', 'route twin: ', 'rejected', 'ok'],
  ['other syntax refused', 'route syntax: ', 'rejected', 'ok'],
  ['plain routes taken', 'route taken: ', 'ok', 'rejected'],
  ['parameters refused', 'route parameter: ', 'rejected', 'ok'],
] as const)('%s', (clause, kind, right, wrong) => {
  expect(verdicts(route11, start(kind, right).run())).toEqual({ [clause]: ['kept'] })
  expect(verdicts(route11, start(kind, wrong).run())).toEqual({ [clause]: ['broken'] })
})

test('routes with parameters say nothing where there are none', () => {
  const capabilities = capabilityNames.filter((name) => name !== 'pathParameters')
  expect(verdicts(route11, start('route twin: ', 'rejected').run({ capabilities }))).toEqual({})
})
