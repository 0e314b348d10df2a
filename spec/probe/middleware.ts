/** The middleware of the probe: what it does around each event is written in the connection's script. */
import type { MiddlewareAt } from '../history.ts'
import type { ProbeHost, ProbeServices } from './environment.ts'
import { type MiddlewareScript, type Op, unpackScript } from './ops.ts'
import { runHandler } from './script.ts'

/** Middleware as `wireChannel` takes it. */
export type Middleware = (
  services: ProbeServices,
  event: { kind: MiddlewareAt['kind']; data: unknown; action?: string },
  next: () => Promise<unknown>,
) => unknown

/** Makes the outer or inner middleware. Every run of it is traced; an event its script does not name passes unchanged. */
export function scriptedMiddleware(host: ProbeHost, wired: string, which: MiddlewareAt['which']): Middleware {
  return (services, event, next) => {
    const fields = (typeof event.data === 'object' && event.data !== null ? event.data : {}) as { id?: unknown; fence?: unknown }
    if (event.kind === 'message' && typeof fields.fence === 'string') return next()
    const script = unpackScript(services.channel.openingData)
    const step = event.kind === 'message' ? fields.id : event.kind === 'connect' ? script?.step : `${script?.step}~`
    const middleware = { which, kind: event.kind, ...(event.action === undefined ? {} : { action: event.action }) }
    const call = {
      handler: 'middleware',
      wired,
      services,
      data: event.data,
      session: undefined,
      conn: script?.conn,
      middleware,
      next,
    }
    return runHandler(
      host,
      { ...call, step: typeof step === 'string' ? step : undefined },
      opsOf(script?.middleware?.[which], event.kind),
    )
  }
}

function opsOf(script: MiddlewareScript | undefined, kind: MiddlewareAt['kind']): Op[] {
  if (script === undefined || (script.on !== undefined && script.on !== kind)) return [{ op: 'next' }]
  const nexts: Op[] =
    script.next === 'unawaited'
      ? [{ op: 'next', mode: 'track' }]
      : Array.from({ length: script.next ?? 1 }, () => ({ op: 'next' }))
  const instead: Op[] = script.instead === undefined ? [] : [{ op: 'return', value: script.instead }]
  return [...(script.before ?? []), ...nexts, ...(script.after ?? []), ...instead]
}
