/** Makes a probe application that a system can host: handlers, per-event services and logger, all writing to one trace. */
import { type Capability, capabilityNames } from '../capabilities.ts'
import type { TraceEvent, UnnumberedTraceEvent } from '../history.ts'
import type { Probe, ProbeLogger } from '../system.ts'
import { describe } from '../values.ts'
import { looseApi, type ProbeApi } from './api.ts'
import { wiredChannels } from './channels/index.ts'
import type { Emitted, ProbeHost } from './environment.ts'
import { Gates } from './gates.ts'
import { probeHandlers } from './handlers.ts'
import type { Throwable } from './ops.ts'
import { variants } from './variants.ts'

/** A probe with what its host's side needs. */
export interface HostedProbe extends Probe {
  gates: Gates
  /** Puts a rejection or exception that nobody handled into the trace. */
  fault(what: string, message: string): void
  /** Puts what was seen beside the probe into the trace. */
  note(event: UnnumberedTraceEvent): void
}

/**
 * @param sink is given every trace event, numbered in this process's order
 * @param variant wires only that start variant instead of the channels
 * @param capabilities of the system: channels that need others are not wired
 */
export function makeProbe(
  sink: (event: TraceEvent) => void,
  variant?: string,
  capabilities: readonly Capability[] = capabilityNames,
): HostedProbe {
  let seq = 0
  let calls = 0
  const emit = (event: Emitted): void => sink({ ...event, seq: seq++ } as TraceEvent)
  const host: ProbeHost = {
    emit,
    gates: new Gates(),
    nextCall: () => calls++,
    throwable: (_kind, message) => new Error(message),
    registered: new Map(),
  }
  /** A singleton that every event is handed among its services, to be left alone: an end of it shows at the next event. */
  let ended = false
  const shared = disposable({}, ['close'], () => {
    ended = true
  })
  let latest: Emitted[] = []
  return {
    gates: host.gates,
    note: (event) => emit(event as Emitted),
    fault: (what, message) => emit({ at: 'server', kind: 'fault', what, message }),
    wire(strict) {
      const api = looseApi(strict)
      host.throwable = throwables(api)
      if (variant === undefined) wireChannels(api, host, capabilities)
      else variants.get(variant)?.wire(api)
    },
    singletonServices: { logger: tracingLogger(emit), shared },
    createSessionServices: (singletons, { kind, channelId, session }) => {
      const call = host.nextCall()
      const ways = waysOfDisposal.slice(call % waysOfDisposal.length)
      emit({ at: 'server', kind: 'services', call, channelId, event: kind, session: describe(session), ways, beside: true })
      const disposed = { at: 'server', kind: 'disposed', call, channelId } as const
      // Which of the latest events ended it cannot be told: fences are among them.
      if (ended) for (const event of latest) emit(event)
      latest = [...(ended ? [] : latest.slice(-2)), { ...disposed, by: ['shared'] }]
      ended = false
      // The second is disposed of first, and its failing must not keep the first from it.
      return {
        ...('shared' in singletons ? { shared: singletons.shared } : {}),
        beside: disposable({}, ['close'], (by) => emit({ ...disposed, by, beside: true })),
        event: disposable({ id: call }, ways, (by) => emit({ ...disposed, by })),
      }
    },
  }
}

function wireChannels(api: ProbeApi, host: ProbeHost, capabilities: readonly Capability[]): void {
  for (const { channel, wire } of wiredChannels) {
    if (channel.capabilities?.every((name) => capabilities.includes(name)) ?? true) wire(api, probeHandlers(host, channel.name))
  }
}

/** In the order in which they are looked for (LIFE-24). */
const waysOfDisposal = ['asyncDispose', 'dispose', 'close']

/** A service that can be disposed of in `ways`, of which only the first may be used; once poisoned, each of them fails. */
function disposable<T extends object>(service: T, ways: readonly string[], disposed: (by: string[]) => void): T {
  for (const way of ways) {
    // A method, as those of classes are: called apart from its service it disposes of nothing.
    const dispose = function (this: unknown): void {
      if (this !== service) return
      disposed([way])
      if ('poisoned' in service) throw new Error('disposal threw')
    }
    const asynchronously = async function (this: unknown): Promise<void> {
      dispose.call(this)
    }
    Object.assign(service, way === 'asyncDispose' ? { [Symbol.asyncDispose]: asynchronously } : { [way]: dispose })
  }
  return service
}

function tracingLogger(emit: (event: Emitted) => void): ProbeLogger {
  const at = (level: string) => (message: string, details?: unknown) =>
    emit({ at: 'server', kind: 'log', level, message: String(message), details: describe(printable(details)) })
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** What an ordinary logger would write of `details`: errors with message and cause, which are no enumerable properties. */
function printable(details: unknown, depth = 0): unknown {
  if (typeof details !== 'object' || details === null || depth > 5) return details
  if (details instanceof Map || details instanceof Set) return printable([...details], depth)
  if (Array.isArray(details)) return details.map((each) => printable(each, depth + 1))
  const own = Object.fromEntries(Object.entries(details).map(([key, value]) => [key, printable(value, depth + 1)]))
  if (!(details instanceof Error)) return Object.getPrototypeOf(details) === Object.prototype ? own : details
  const { cause } = details
  return {
    error: `${details.name}: ${details.message}`,
    ...(cause === undefined ? {} : { cause: printable(cause, depth + 1) }),
    ...own,
  }
}

function throwables(api: ProbeApi): (kind: Throwable, message: string) => unknown {
  // The names that errors bear are what they say of themselves, and not always their classes' own.
  class Refusal extends api.PublicError {
    override name = 'ProbeRefusal'
  }
  class Expired extends api.UnauthorizedError {
    override name = 'TokenExpired'
  }
  class Impostor extends Error {
    override name = 'UnauthorizedError'
  }
  const make: Record<Throwable, (message: string) => unknown> = {
    unauthorised: (message) => new api.UnauthorizedError(message),
    forbidden: (message) => new api.ForbiddenError(message),
    public: (message) => new api.PublicError(message),
    // What an application keeps on its errors beside name and message is its own, and no part of a reply.
    'public subclass': (message) => Object.assign(new Refusal(message), { internal: 'not for clients' }),
    'subclass of unauthorised': (message) => new Expired(message),
    error: (message) => new Error(message),
    'named like a public error': (message) => new Impostor(message),
    string: (message) => message,
    undefined: () => undefined,
    null: () => null,
  }
  return (kind, message) => make[kind](message)
}
