/** Finds the channel of a path. Literal segments win over parameters, from the left (ROUTE-11). */
import { setOwn } from './json.ts'
import { parseRoute, splitPath } from './route-pattern.ts'

interface Node<T> {
  literals: Map<string, Node<T>>
  parameter?: Node<T>
  entry?: Entry<T>
}

interface Entry<T> {
  route: string
  target: T
  /** The parameters' names with the position of their segment. */
  parameters: [position: number, name: string][]
}

/** What a path led to. */
export type RouteMatch<T> = { target: T; parameters: Record<string, string> } | 'unmatched' | 'malformed'

/** Routes and what they lead to. */
export class RouteTable<T> {
  readonly #root: Node<T> = { literals: new Map() }

  /** The route already in the table that matches the same paths as `route`, if there is one (LIFE-20). */
  twin(route: string): string | undefined {
    let node: Node<T> | undefined = this.#root
    for (const segment of parseRoute(route)) {
      node = 'parameter' in segment ? node?.parameter : node?.literals.get(segment.literal)
    }
    return node?.entry?.route
  }

  /** Adds a route, which must have no twin. */
  add(route: string, target: T): void {
    const parameters: [number, string][] = []
    let node = this.#root
    parseRoute(route).forEach((segment, position) => {
      if ('parameter' in segment) {
        parameters.push([position, segment.parameter])
        node.parameter ??= { literals: new Map() }
        node = node.parameter
      } else {
        const next = node.literals.get(segment.literal) ?? { literals: new Map() }
        node.literals.set(segment.literal, next)
        node = next
      }
    })
    node.entry = { route, target, parameters }
  }

  /** What `path` (with no query) leads to; `malformed` where an escape in it cannot be decoded. */
  match(path: string): RouteMatch<T> {
    const segments = splitPath(path)
    if (segments === undefined) return 'malformed'
    const entry = path.startsWith('/') ? find(this.#root, segments, 0) : undefined
    if (entry === undefined) return 'unmatched'
    const parameters = {}
    for (const [position, name] of entry.parameters) setOwn(parameters, name, segments[position])
    return { target: entry.target, parameters }
  }
}

// Every node is visited at most once for a path, so the work is bounded by the table, whatever the path.
function find<T>(node: Node<T>, segments: string[], position: number): Entry<T> | undefined {
  const segment = segments[position]
  if (segment === undefined) return node.entry
  const literal = node.literals.get(segment)
  const exact = literal && find(literal, segments, position + 1)
  if (exact !== undefined) return exact
  return node.parameter && segment !== '' ? find(node.parameter, segments, position + 1) : undefined
}
