/** The APIs of the emulator: platforms forward no path, so every route is an API of its own, with an endpoint of its own. */
import { createHash } from 'node:crypto'

/** The stage all APIs are deployed to. */
export const stage = 'test'

/** One API. */
export interface Api {
  readonly route: string
  /** Ten letters and digits, always the same for a route. */
  readonly apiId: string
  readonly stage: string
  /** The base address of its management interface. */
  readonly endpoint: string
}

/** What makes a connection's id unique: connection ids are unique per API only. */
export interface ConnectionAddress {
  readonly apiId: string
  readonly stage: string
  readonly connectionId: string
}

/** The id of the API that serves `route`. */
export function apiIdOf(route: string): string {
  const digest = createHash('sha256').update(route).digest()
  return BigInt(`0x${digest.toString('hex')}`)
    .toString(36)
    .slice(0, 10)
}

/** The address of an API's management interface below `base`, such as `http://127.0.0.1:8080`; without one a name nobody serves. */
export function endpointOf(apiId: string, base?: string): string {
  return base === undefined ? `https://${apiId}.execute-api.test/${stage}` : `${base}/${apiId}/${stage}`
}

/** The API of a route. */
export function apiOf(route: string, base?: string): Api {
  const apiId = apiIdOf(route)
  return { route, apiId, stage, endpoint: endpointOf(apiId, base) }
}
