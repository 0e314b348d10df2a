/**
 * Wirings of routes that must be refused, and their faultless controls (ROUTE-11). The beginning of a name says which
 * clause it is for; one that ends in "with a parameter" is refused anyway where parameters are not supported.
 */
import type { ProbeApi } from './api.ts'
import type { Variant } from './variants.ts'

const wiring =
  (...routes: string[]): Variant['wire'] =>
  (api: ProbeApi) =>
    routes.forEach((route, index) => {
      api.wireChannel({ name: `channel ${index}`, route, onMessage: api.pikkuChannelFunc(() => undefined) })
    })

const twin = (...routes: string[]): Variant => ({
  name: `route twin: ${routes.join(' and ')}, with a parameter`,
  refused: true,
  wire: wiring(...routes),
})

const syntax = (route: string): Variant => ({ name: `route syntax: ${route}`, refused: true, wire: wiring(route) })

const taken = (...routes: string[]): Variant => {
  const parameters = routes.some((route) => route.includes(':'))
  return {
    name: `route taken: ${routes.join(' and ')}${parameters ? ', with a parameter' : ''}`,
    refused: false,
    wire: wiring(...routes),
  }
}

/** Route variants, each kind beside its controls. */
export const routeVariants: readonly Variant[] = [
  twin('/files/:id', '/files/:name'),
  twin('/:kind/list', '/:type/list'),
  twin('/files/:id/parts/:part', '/files/:file/parts/:piece'),
  syntax('/files/*'),
  syntax('/files/:id?'),
  syntax('/files/(a|b)'),
  syntax('/files/{id}'),
  syntax('/files/:id.json'),
  syntax('/files/**'),
  syntax('/files/:id+'),
  syntax('/files/:id*'),
  syntax('/files/:id(\\d+)'),
  syntax('/files/:'),
  syntax('/files/v:id'),
  syntax('/files/:from-:to'),
  syntax('files'),
  taken('/files', '/Files'),
  taken('/files', '/files/'),
  taken('/files', '/files/all'),
  taken('/', '/Files.txt', '/files-2/v1.0/~me', '/files/all/all', '/files/all', '/all/files', '/file', '/filess'),
  taken('/files/:id', '/files/all'),
  taken('/files/:id', '/files/:id/parts'),
  taken('/files/:id', '/:kind/list', '/:kind', '/:kind/:id/:part', '/files/:id/:part', '/files/all', '/other/:id'),
  { name: 'route parameter: /files/:id', refused: true, wire: wiring('/files/:id') },
]
