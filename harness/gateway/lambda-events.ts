/**
 * Events as a Lambda function behind a WebSocket API is given them: proxy events of the platform's developer guide, with
 * the fields its published samples show. No path is among them.
 */
import type { Connection } from './connection.ts'

/** What the platform tells of an event. Times in milliseconds since 1970. */
export interface RequestContext {
  readonly routeKey: '$connect' | '$default' | '$disconnect'
  readonly eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT'
  readonly messageDirection: 'IN'
  readonly messageId?: string
  readonly disconnectStatusCode?: number
  readonly disconnectReason?: string
  readonly extendedRequestId: string
  readonly requestId: string
  readonly requestTime: string
  readonly requestTimeEpoch: number
  readonly connectedAt: number
  readonly connectionId: string
  readonly domainName: string
  readonly stage: string
  readonly apiId: string
  readonly identity: { readonly sourceIp: string; readonly userAgent?: string }
}

/** A proxy event. Query fields are decoded, and own properties whatever their name. */
export interface ProxyEvent {
  readonly requestContext: RequestContext
  readonly headers?: Readonly<Record<string, string>>
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>
  readonly queryStringParameters?: Readonly<Record<string, string>>
  readonly multiValueQueryStringParameters?: Readonly<Record<string, readonly string[]>>
  readonly body?: string
  readonly isBase64Encoded: boolean
}

/** How a connection ended: the code and reason of its close. */
export interface Ending {
  readonly code: number
  readonly reason: string
}

/** The event of a connection that is asked for. `query` as it crossed the wire, without its question mark. */
export function connectEvent(at: Connection, requestId: string, now: number, query: string, headers: Headers): ProxyEvent {
  const fields = grouped(new URLSearchParams(query))
  const userAgent = headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1]
  return {
    ...headersOf([...headers, ['X-Forwarded-For', sourceIp], ['X-Forwarded-Port', '443'], ['X-Forwarded-Proto', 'https']]),
    ...(fields.size === 0
      ? {}
      : { queryStringParameters: lastOf(fields), multiValueQueryStringParameters: Object.fromEntries(fields) }),
    requestContext: { routeKey: '$connect', eventType: 'CONNECT', ...contextOf(at, requestId, now, userAgent) },
    isBase64Encoded: false,
  }
}

/** The event of a message: no header and no query comes with it. */
export function messageEvent(at: Connection, requestId: string, now: number, body: string): ProxyEvent {
  return {
    requestContext: { routeKey: '$default', eventType: 'MESSAGE', messageId: requestId, ...contextOf(at, requestId, now) },
    body,
    isBase64Encoded: false,
  }
}

/** The event of a connection that has ended. */
export function disconnectEvent(at: Connection, requestId: string, now: number, { code, reason }: Ending): ProxyEvent {
  return {
    ...headersOf([
      ['Host', domainOf(at)],
      ['x-api-key', ''],
      ['X-Forwarded-For', ''],
      ['x-restapi', ''],
    ]),
    requestContext: {
      routeKey: '$disconnect',
      eventType: 'DISCONNECT',
      disconnectStatusCode: code,
      disconnectReason: reason,
      ...contextOf(at, requestId, now),
    },
    isBase64Encoded: false,
  }
}

/** Headers in the order they came, names as they were written. */
export type Headers = readonly (readonly [name: string, value: string])[]

const sourceIp = '192.0.2.1'

function domainOf({ api: { apiId } }: Connection): string {
  return `${apiId}.execute-api.test`
}

function contextOf(at: Connection, requestId: string, now: number, userAgent?: string) {
  const { api, connectionId, connectedAt } = at
  return {
    messageDirection: 'IN' as const,
    extendedRequestId: requestId,
    requestId,
    requestTime: logTime(now),
    requestTimeEpoch: now,
    connectedAt,
    connectionId,
    domainName: domainOf(at),
    stage: api.stage,
    apiId: api.apiId,
    identity: { sourceIp, ...(userAgent === undefined ? {} : { userAgent }) },
  }
}

/** As web servers log it: `13/Dec/2020:10:17:47 +0000`. */
function logTime(now: number): string {
  const [, day, month, year, time] = new Date(now).toUTCString().split(' ')
  return `${day}/${month}/${year}:${time} +0000`
}

function grouped(pairs: Iterable<readonly [string, string]>): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const [name, value] of pairs) {
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [value])
    else group.push(value)
  }
  return groups
}

// fromEntries makes own properties of any name, `__proto__` too.
function lastOf(groups: ReadonlyMap<string, readonly string[]>): Record<string, string> {
  return Object.fromEntries([...groups].map(([name, values]) => [name, values.at(-1) as string]))
}

function headersOf(headers: Headers): Pick<ProxyEvent, 'headers' | 'multiValueHeaders'> {
  const groups = grouped(headers)
  return { headers: lastOf(groups), multiValueHeaders: Object.fromEntries(groups) }
}
