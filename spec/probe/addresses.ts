/** What a handshake's address must lead to: which channel, and which fields (LIFE-01, LIFE-04). */

import { probeChannels } from './channels/index.ts'
import { opened } from './channels/opened.ts'
import { type OpeningVerdict, openingVerdict } from './opening-schema.ts'

/** The fields of one kind of a handshake. */
export interface AddressFields {
  query: Record<string, string | string[]>
  path: Record<string, string>
}

/** The path as it crosses the wire: clients resolve dots and escape what no path may hold. */
function sent(path: string): string {
  return new URL(`ws://host${path}`).pathname
}

/** The segments of a path, each decoded after splitting; undefined where one cannot be decoded. */
function segmentsOf(path: string): string[] | undefined {
  try {
    return sent(path).slice(1).split('/').map(decodeURIComponent)
  } catch {
    return undefined
  }
}

/** Whether an escape in `path` is malformed. */
export function malformed(path: string): boolean {
  return /%(?![0-9a-f]{2})/i.test(sent(path))
}

/** The parameters that `path` gives a route; undefined where it does not match. */
export function parametersOf(route: string, path: string): Record<string, string> | undefined {
  const pattern = route.slice(1).split('/')
  const segments = segmentsOf(path)
  if (segments === undefined || segments.length !== pattern.length) return undefined
  const found: Record<string, string> = {}
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] as string
    if (part.startsWith(':') && segment !== '') found[part.slice(1)] = segment
    else if (part !== segment) return undefined
  }
  return found
}

/** The fields of a query, decoded as `URLSearchParams` does; repeated ones are arrays. Names may be any, `__proto__` too. */
export function queryFields(query: string): Record<string, string | string[]> {
  const fields = new Map<string, string | string[]>()
  for (const [name, value] of new URLSearchParams(query)) {
    const earlier = fields.get(name)
    fields.set(name, earlier === undefined ? value : [earlier, value].flat())
  }
  return own(fields)
}

/** All fields of a handshake, those of the path winning. */
export function allFields({ query, path }: AddressFields): Record<string, string | string[]> {
  return own(new Map([...Object.entries(query), ...Object.entries(path)]))
}

function own<T>(entries: ReadonlyMap<string, T>): Record<string, T> {
  // fromEntries defines own properties whatever their name.
  return Object.fromEntries(entries)
}

/** What becomes of the fields on a channel: they pass as they are, but where a schema has its say. */
export function openingOf(channel: string, fields: Record<string, string | string[]>): OpeningVerdict {
  return channel === opened.name ? openingVerdict(fields) : { does: 'takes', value: fields }
}

/**
 * Whether nothing is wired to `path`, nor to one that differs from it in case, slashes or escapes alone: those are
 * ROUTE-11's to judge.
 */
export function wiredToNothing(path: string): boolean {
  const segments = segmentsOf(path)?.map((segment) => segment.toLowerCase())
  if (segments === undefined) return false
  const [decodedAfter, decodedBefore] = [segments, segments.join('/').split('/')].map((each) => each.filter(Boolean))
  return [...probeChannels.values()].every(({ route }) => {
    const pattern = route.toLowerCase().split('/').filter(Boolean)
    return !fits(pattern, decodedAfter ?? []) && !fits(pattern, decodedBefore ?? [])
  })
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  return pattern.length === segments.length && pattern.every((part, index) => part.startsWith(':') || part === segments[index])
}
