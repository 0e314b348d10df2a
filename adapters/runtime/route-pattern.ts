/** Routes as `wireChannel` takes them, and paths as clients ask for them (ROUTE-11). */

/** One segment of a route: text to be met exactly, or the name of a parameter. */
export type RouteSegment = { literal: string } | { parameter: string }

const parameterName = /^[A-Za-z_][A-Za-z0-9_]*$/
const otherSyntax = /[:*?+(){}[\]#%\\\s]/

/**
 * Takes a route apart.
 * @throws Error for anything but `/`-separated literals and `:name` parameters
 */
export function parseRoute(route: string): RouteSegment[] {
  if (typeof route !== 'string' || !route.startsWith('/')) throw new Error(`route ${JSON.stringify(route)} must start with "/"`)
  const segments = route
    .slice(1)
    .split('/')
    .map((text) => parseSegment(text, route))
  const names = segments.flatMap((segment) => ('parameter' in segment ? [segment.parameter] : []))
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated !== undefined) throw new Error(`route "${route}" has the parameter ":${repeated}" twice`)
  return segments
}

function parseSegment(text: string, route: string): RouteSegment {
  if (text.startsWith(':') && parameterName.test(text.slice(1))) return { parameter: text.slice(1) }
  if (otherSyntax.test(text)) {
    throw new Error(`route "${route}": "${text}" is neither plain text (not percent-encoded) nor a ":name" parameter`)
  }
  return { literal: text }
}

/** The segments of a request's path, each decoded after splitting; undefined for a malformed escape (LIFE-04). */
export function splitPath(path: string): string[] | undefined {
  const segments = path.slice(1).split('/')
  if (!path.includes('%')) return segments
  try {
    return segments.map(decodeURIComponent)
  } catch {
    return undefined
  }
}
