/**
 * What a Lambda function is given: the proxy events of a WebSocket API, the function's own deferred calls, and the
 * scheduled sweep.
 */
import type { ConnectEvent, DisconnectEvent, MessageEvent } from '../serverless/index.ts'
import { channelIdOf } from './addresses.ts'
import { OptionsError, shown } from './options.ts'

/** What a proxy event says of its connection; the fields that are read here. */
export interface RequestContext {
  readonly eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT'
  readonly apiId: string
  readonly stage: string
  readonly connectionId: string
  /** The domain the client connected to: the API's own, or a custom one. */
  readonly domainName: string
  /** Milliseconds since 1970. */
  readonly connectedAt: number
}

/** What the function is asked to do when it is invoked for no event of a connection. */
export type OwnEvent = { readonly deliver: string } | { readonly sweep: true }

/** How events are read. */
export interface EventSettings {
  /**
   * The route whose channel is served: API Gateway forwards no path, so each route is an API of its own. A function of
   * the event's context where one Lambda function serves several.
   */
  readonly route: string | ((context: RequestContext) => string)
  /**
   * The base address of the API's management interface. Default: `https://<domainName>/<stage>`, which is right but for
   * custom domains: those map paths of their own, and `https://<apiId>.execute-api.<region>.amazonaws.com/<stage>` is
   * what to give. Emulators have addresses of their own.
   */
  readonly endpoint?: string | ((context: RequestContext) => string)
}

/** An event, told apart. */
export type ParsedEvent =
  | { readonly kind: 'connect'; readonly event: ConnectEvent }
  | { readonly kind: 'message'; readonly event: MessageEvent }
  | { readonly kind: 'disconnect'; readonly event: DisconnectEvent }
  | { readonly kind: 'deliver'; readonly channelId: string }
  | { readonly kind: 'sweep' }

/** An event of a shape that nothing here sends; the message says what was expected. */
export class EventShapeError extends TypeError {
  override name = 'EventShapeError'
}

/** A proxy event, as far as it has been looked at. */
interface ProxyEvent {
  readonly requestContext: RequestContext
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>> | null
  readonly headers?: Readonly<Record<string, string>> | null
  readonly multiValueQueryStringParameters?: Readonly<Record<string, readonly string[]>> | null
  readonly queryStringParameters?: Readonly<Record<string, string>> | null
  readonly body?: string | null
  readonly isBase64Encoded?: boolean
}

/** Tells events apart. @throws EventShapeError, and OptionsError where `route` is a function that gives no route */
export function parseEvent(event: unknown, settings: EventSettings): ParsedEvent {
  if (typeof event !== 'object' || event === null) throw unknownShape(event)
  if (typeof (event as { deliver?: unknown }).deliver === 'string')
    return { kind: 'deliver', channelId: (event as { deliver: string }).deliver }
  if ((event as { sweep?: unknown }).sweep === true || isScheduled(event)) return { kind: 'sweep' }
  const proxy = event as ProxyEvent
  const context = checkedContext(proxy)
  const address = { channelId: channelIdOf(context), endpoint: endpointOf(context, settings) }
  switch (context.eventType) {
    case 'CONNECT':
      return {
        kind: 'connect',
        event: {
          ...address,
          route: routeOf(context, settings),
          query: queryOf(proxy),
          connectedAt: context.connectedAt,
          ...protocolsOf(proxy),
        },
      }
    case 'MESSAGE':
      return { kind: 'message', event: { ...address, body: bodyOf(proxy) } }
    case 'DISCONNECT':
      return { kind: 'disconnect', event: address }
  }
}

/** EventBridge's rules and its scheduler send the same event, but for the source. */
function isScheduled(event: object): boolean {
  const { source, 'detail-type': type } = event as { source?: unknown; 'detail-type'?: unknown }
  return type === 'Scheduled Event' && (source === 'aws.events' || source === 'aws.scheduler')
}

const kinds: readonly unknown[] = ['CONNECT', 'MESSAGE', 'DISCONNECT']

function checkedContext(event: ProxyEvent): RequestContext {
  const context = event.requestContext as Partial<RequestContext> | undefined
  if (typeof context !== 'object' || context === null || context.eventType === undefined) throw unknownShape(event)
  if (!kinds.includes(context.eventType))
    throw new EventShapeError(
      `an event whose requestContext.eventType is ${shown(context.eventType)}: expected one of ${kinds.join(', ')}, which are all that a WebSocket API sends: ${remedy}`,
    )
  for (const field of ['apiId', 'stage', 'connectionId', 'domainName'] as const) {
    if (typeof context[field] !== 'string' || context[field] === '')
      throw new EventShapeError(`the ${context.eventType} event has no requestContext.${field}: ${remedy}`)
  }
  if (!Number.isFinite(context.connectedAt))
    throw new EventShapeError(`the ${context.eventType} event has no requestContext.connectedAt, in milliseconds: ${remedy}`)
  return context as RequestContext
}

const remedy = 'forward the whole event of a WebSocket API by a Lambda proxy integration (AWS_PROXY)'

function unknownShape(event: unknown): EventShapeError {
  const told =
    typeof event !== 'object' || event === null
      ? String(JSON.stringify(event))
      : `an object with ${Object.keys(event).slice(0, 8).join(', ') || 'nothing'}`
  const { httpMethod, requestContext } = (event ?? {}) as { httpMethod?: unknown; requestContext?: { http?: unknown } }
  const hint =
    httpMethod !== undefined || requestContext?.http !== undefined
      ? ' (this one is of a REST or HTTP API, or a function URL, not of a WebSocket API)'
      : ''
  return new EventShapeError(
    `an event of an unknown shape: expected a WebSocket API's proxy event (requestContext.eventType CONNECT, MESSAGE or DISCONNECT), { deliver: channelId }, { sweep: true } or EventBridge's scheduled event; got ${told}${hint}: ${remedy}, and let nothing else invoke this function`,
  )
}

/** @throws OptionsError where the function that was given for `route` knows none for this API */
function routeOf(context: RequestContext, { route }: EventSettings): string {
  if (typeof route === 'string') return route
  const found: unknown = route(context)
  if (typeof found === 'string') return found
  throw new OptionsError(
    `route: expected the function to give a route such as "/chat" for the API ${shown(context.apiId)}, not ${shown(found)}`,
  )
}

function endpointOf(context: RequestContext, { endpoint }: EventSettings): string {
  if (typeof endpoint === 'function') return endpoint(context)
  return endpoint ?? `https://${context.domainName}/${context.stage}`
}

/** Fields that come once are texts, repeated ones lists. fromEntries makes own properties of any name. */
function queryOf({ multiValueQueryStringParameters, queryStringParameters }: ProxyEvent): ConnectEvent['query'] {
  if (multiValueQueryStringParameters === undefined || multiValueQueryStringParameters === null)
    return queryStringParameters ?? {}
  return Object.fromEntries(
    Object.entries(multiValueQueryStringParameters).map(([name, values]) => [
      name,
      values.length === 1 ? (values[0] ?? '') : values,
    ]),
  )
}

function protocolsOf({ multiValueHeaders, headers }: ProxyEvent): { protocols?: string[] } {
  const offers = Object.entries(multiValueHeaders ?? headers ?? {}).flatMap(
    ([name, values]: [string, string | readonly string[]]): readonly string[] =>
      name.toLowerCase() === 'sec-websocket-protocol' ? (typeof values === 'string' ? [values] : values) : [],
  )
  const protocols = offers.flatMap((offer) => offer.split(',').map((each) => each.trim())).filter((each) => each !== '')
  return protocols.length === 0 ? {} : { protocols }
}

function bodyOf({ body, isBase64Encoded }: ProxyEvent): string {
  const text = body ?? ''
  return isBase64Encoded === true ? Buffer.from(text, 'base64').toString('utf8') : text
}
