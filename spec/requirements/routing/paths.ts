/** Which channel a path leads to (ROUTE-11). */
import type { Capability } from '../../capabilities.ts'
import { probeChannels } from '../../probe/channels/index.ts'
import type { ProbeChannel } from '../../probe/channels.ts'

/** How a path stands to the routes that are wired. */
export type Nearness = 'a route' | 'case' | 'slash' | 'otherwise'

/** The channel a path must lead to, or how it fails to lead to one. */
export interface Lead {
  channel: ProbeChannel | undefined
  /** Parameters as the path has them. */
  parameters: readonly string[]
  nearness: Nearness
}

/**
 * Where `path` (as it stands in an address) leads; undefined where the contract leaves it open: whether an escaped
 * character of a literal segment is that character.
 */
export function leadOf(path: string, capabilities: ReadonlySet<Capability>): Lead | undefined {
  const routes = [...probeChannels.values()].filter(
    (channel) => channel.capabilities?.every((name) => capabilities.has(name)) ?? true,
  )
  const matching = routes.filter((channel) => matches(channel.route, path))
  const [best] = matching.sort((a, b) => parametersOf(a.route).length - parametersOf(b.route).length)
  if (best === undefined) {
    if (ambiguous(routes, path)) return undefined
    return { channel: undefined, parameters: [], nearness: nearnessOf(routes, path) }
  }
  if (
    path.includes('%') &&
    ambiguous(
      routes.filter((channel) => channel !== best && !matching.includes(channel)),
      path,
    )
  )
    return undefined
  return { channel: best, parameters: parametersOf(best.route), nearness: 'a route' }
}

const parametersOf = (route: string): string[] =>
  route.split('/').flatMap((segment) => (segment.startsWith(':') ? [segment.slice(1)] : []))

function matches(route: string, path: string): boolean {
  const wanted = route.split('/')
  const given = path.split('/')
  return (
    wanted.length === given.length &&
    wanted.every((segment, index) => (segment.startsWith(':') ? given[index] !== '' : segment === given[index]))
  )
}

/** Whether it would match another route if its escapes were undone in literal segments too. */
function ambiguous(routes: readonly ProbeChannel[], path: string): boolean {
  if (!path.includes('%')) return false
  try {
    // An escaped slash never parts segments, so it stays what it is.
    const plain = path
      .split('/')
      .map((segment) => decodeURIComponent(segment.replaceAll(/%2f/gi, '%252F')))
      .join('/')
    return routes.some((channel) => matches(channel.route, plain))
  } catch {
    return true
  }
}

function nearnessOf(routes: readonly ProbeChannel[], path: string): Nearness {
  if (path.length > 1 && path.endsWith('/') && routes.some((channel) => matches(channel.route, path.slice(0, -1)))) return 'slash'
  const lower = path.toLowerCase()
  return routes.some((channel) => matches(channel.route.toLowerCase(), lower)) ? 'case' : 'otherwise'
}
