import { describe, expect, it } from 'vitest'
import { parseRoute } from './route-pattern.ts'
import { RouteTable } from './route-table.ts'

function table(...routes: string[]): RouteTable<string> {
  const made = new RouteTable<string>()
  for (const route of routes) made.add(route, route)
  return made
}

const targetOf = (routes: RouteTable<string>, path: string): string => {
  const match = routes.match(path)
  return typeof match === 'string' ? match : match.target
}

describe('routes (ROUTE-11)', () => {
  it('match exactly, with case and trailing slashes', () => {
    const routes = table('/chat', '/')
    expect(targetOf(routes, '/chat')).toBe('/chat')
    expect(targetOf(routes, '/')).toBe('/')
    for (const path of ['/Chat', '/chat/', '//chat', '/chat/x', '', 'chat']) expect(targetOf(routes, path)).toBe('unmatched')
  })

  it('let a literal win over a parameter, and fall back to the parameter', () => {
    const routes = table('/:room/log', '/lobby/:what', '/lobby/log')
    expect(targetOf(routes, '/lobby/log')).toBe('/lobby/log')
    expect(targetOf(routes, '/lobby/other')).toBe('/lobby/:what')
    expect(targetOf(routes, '/hall/log')).toBe('/:room/log')
    expect(targetOf(table('/:room/log', '/lobby/:what/x'), '/lobby/log')).toBe('/:room/log')
  })

  it('give parameters decoded after splitting', () => {
    expect(table('/:room').match('/a%2Fb%20c')).toEqual({ target: '/:room', parameters: { room: 'a/b c' } })
    expect(targetOf(table('/caf\u00e9'), '/caf%C3%A9')).toBe('/caf\u00e9')
    expect(targetOf(table('/a/b'), '/a%2Fb')).toBe('unmatched')
  })

  it('take a parameter only for a segment that is not empty', () => {
    expect(targetOf(table('/room/:id'), '/room/')).toBe('unmatched')
  })

  it('call a path with a broken escape malformed', () => {
    for (const path of ['/%', '/%zz', '/%C3']) expect(targetOf(table('/:id'), path)).toBe('malformed')
  })

  it('keep a parameter of any name an own property', () => {
    const match = table('/:__proto__').match('/x')
    expect(typeof match === 'object' && Object.getOwnPropertyNames(match.parameters)).toEqual(['__proto__'])
  })

  it('know the twin of a route', () => {
    expect(table('/a/:x').twin('/a/:y')).toBe('/a/:x')
    expect(table('/a/:x').twin('/a/b')).toBeUndefined()
  })

  it.each(['chat', '', '/a*', '/a?', '/(a)', '/:', '/:1a', '/a:b', '/:a-b', '/:a?', '/{a}', '/a%20b', '/:x/:x', '/a#b'])(
    'refuse %j',
    (route) => expect(() => parseRoute(route)).toThrow(Error),
  )

  it.each(['/', '/a', '/a/', '/a.b/c_d~e-f', '/:a/:b_2', '/caf\u00e9'])('take %j', (route) => {
    expect(() => parseRoute(route)).not.toThrow()
  })
})
