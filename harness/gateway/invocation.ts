/** What the platform gives to a system, and what it is answered. Plain data but for `reached`. */
import type { PlatformEvent, StoreRequests } from '../../spec/platform.ts'
import type { ProxyEvent } from './lambda-events.ts'

/** Where an invocation ends as if its process had been killed: at its nth request (from 1) to a store or the gateway. */
export interface KillAt {
  readonly request: number
  /** `before`: the request is not made; `after`: it is carried out, and its answer is not seen. */
  readonly when: 'before' | 'after'
}

/** One event on its way to the system. */
export interface Invocation {
  /** From 1; the same number stands in the trace. */
  readonly invocation: number
  readonly event: PlatformEvent
  /** What a function deployed to the platform is given: an event of a WebSocket API, or one of the system's own making. */
  readonly payload: ProxyEvent | DeliverPayload | SweepPayload
  /** The channel's id as the system computes it; absent for a sweep. */
  readonly channelId?: string
  /** The management interface of the connection's API; absent for a sweep, and where the channel is not known. */
  readonly endpoint?: string
  /** What the API serves; connect events only. */
  readonly route?: string
  /** It has come before. */
  readonly repeat?: true
  /** The process that is to handle it, where there are several. */
  readonly worker?: string
  readonly kill?: KillAt
  /** After which request (from 1) the invocation has to wait for `reached`. */
  readonly pause?: number
  /** To be called once request `pause` has been carried out; the invocation goes on when it resolves. */
  readonly reached?: () => Promise<void>
}

/** What `defer` was asked to have delivered. */
export interface DeliverPayload {
  readonly deliver: string
}

/** The scheduled event. */
export interface SweepPayload {
  readonly sweep: true
}

/** How an invocation ended. A function that gives no status answers 200, as the platform takes it. */
export type InvokeAnswer =
  | {
      readonly outcome: 'ok'
      readonly status?: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string
      readonly requests?: StoreRequests
    }
  | { readonly outcome: 'failed'; readonly error?: string; readonly requests?: StoreRequests }
  | { readonly outcome: 'killed' }

/** Hands events to the system. */
export interface Invoker {
  /** Resolves when the invocation is over; a rejection is taken for `failed`. */
  invoke(invocation: Invocation): Promise<InvokeAnswer>
  /** The process that is to handle the next one; asked once before each `invoke`. */
  assign?(): string
}

/** A request to connect as the handlers of `adapters/serverless` take it. */
export interface ConnectionRequested {
  readonly channelId: string
  readonly endpoint: string
  readonly route: string
  readonly query: Readonly<Record<string, string | readonly string[]>>
  readonly connectedAt: number
  readonly protocols?: readonly string[]
}

/** What a connect event says, for systems that take no Lambda events. */
export function requested({ channelId, endpoint, route, payload }: Invocation): ConnectionRequested {
  const { requestContext, multiValueQueryStringParameters, multiValueHeaders } = payload as ProxyEvent
  const query = Object.fromEntries(
    Object.entries(multiValueQueryStringParameters ?? {}).map(([name, values]) => [
      name,
      values.length === 1 ? (values[0] as string) : values,
    ]),
  )
  const offered = Object.entries(multiValueHeaders ?? {}).find(([name]) => name.toLowerCase() === 'sec-websocket-protocol')
  return {
    channelId: channelId as string,
    endpoint: endpoint as string,
    route: route as string,
    query,
    connectedAt: requestContext.connectedAt,
    ...(offered === undefined ? {} : { protocols: offered[1].flatMap((each) => each.split(',').map((name) => name.trim())) }),
  }
}

/** The body of a message event. */
export function bodyOf({ payload }: Invocation): string {
  return (payload as ProxyEvent).body ?? ''
}

/** What a Lambda function returned, as an answer. */
export function lambdaAnswer(returned: unknown, requests?: StoreRequests): InvokeAnswer {
  const told = requests === undefined ? {} : { requests }
  if (typeof returned !== 'object' || returned === null) return { outcome: 'ok', ...told }
  const { statusCode, headers, body } = returned as { statusCode?: number; headers?: Record<string, string>; body?: string }
  return {
    outcome: 'ok',
    ...(statusCode === undefined ? {} : { status: statusCode }),
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
    ...told,
  }
}
