/** The application interface as the probe uses it: the guide's functions with the types that matter to nobody left open. */
import type { ApplicationInterface } from '../application.ts'
import type { ProbeServices } from './environment.ts'

/** A handler of the probe. */
export type ProbeFunction = (services: ProbeServices, data: unknown, session?: unknown) => unknown

/** A handler with its settings, as `pikkuChannelFunc` and its like take it. */
export type ProbeSettings = ProbeFunction | { func: ProbeFunction; auth?: boolean; input?: unknown; output?: unknown }

/** The functions of the application interface, loosely. */
export interface ProbeApi {
  wireChannel(wiring: Record<string, unknown>): void
  pikkuFunc(of: ProbeSettings): unknown
  pikkuChannelFunc(of: ProbeSettings): unknown
  pikkuChannelConnectionFunc(of: ProbeSettings): unknown
  pikkuChannelDisconnectionFunc(of: ProbeSettings): unknown
  PublicError: new (message: string) => Error
  UnauthorizedError: new (message: string) => Error
  ForbiddenError: new (message: string) => Error
}

/** The strict types of the interface say more than a generic probe can keep to; their values are the same. */
export function looseApi(api: ApplicationInterface): ProbeApi {
  return api as unknown as ProbeApi
}
