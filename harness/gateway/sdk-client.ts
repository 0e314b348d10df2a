/**
 * What an SDK's client of the emulated management interface is fitted with: no server can refuse one connection and
 * accept the next, so a refusal crosses the wire as a mark, and becomes here what a refused connection is.
 */

import type { ToldOfRequest } from './management.ts'

/** Says in a request that refusals may be marked, and in an answer that it is one. */
export const refusalHeader = 'x-emulated-refusal'
/** The value of the header in an answer. */
export const refusedMark = 'connection refused'
/** Names the invocation that makes a request. */
export const invocationHeader = 'x-emulated-invocation'
/** Names the channel a request is meant for, escaped as in URLs. */
export const channelHeader = 'x-emulated-channel'

interface HttpArguments {
  request?: unknown
  response?: unknown
}
type Next = (given: never) => Promise<HttpArguments>

/** As much of an SDK's client as is needed here. */
export interface SdkClient {
  middlewareStack: { add(middleware: never, options: never): void }
}

/**
 * Makes `client` take marked refusals for connections that were refused, with an error of the code `ECONNREFUSED`.
 * @param told what the trace is to say of the request that is being made, or only the number of its invocation
 */
export function fitSdkClient(client: SdkClient, told: () => ToldOfRequest | number | undefined = () => undefined): void {
  const marking = (next: Next) => (given: HttpArguments) => {
    const { headers } = given.request as { headers: Record<string, string> }
    headers[refusalHeader] = 'yes'
    const saying = told()
    const { invocation, channelId } = typeof saying === 'object' ? saying : { invocation: saying, channelId: undefined }
    if (invocation !== undefined) headers[invocationHeader] = String(invocation)
    if (channelId !== undefined) headers[channelHeader] = encodeURIComponent(channelId)
    return next(given as never)
  }
  const refusing = (next: Next) => async (given: HttpArguments) => {
    const result = await next(given as never)
    const { headers = {} } = result.response as { headers?: Record<string, string> }
    if (headers[refusalHeader] !== refusedMark) return result
    throw Object.assign(new Error('connect ECONNREFUSED (emulated)'), { code: 'ECONNREFUSED', syscall: 'connect' })
  }
  client.middlewareStack.add(marking as never, { step: 'build', name: 'emulatedMarking' } as never)
  client.middlewareStack.add(refusing as never, { step: 'deserialize', priority: 'low', name: 'emulatedRefusals' } as never)
}
