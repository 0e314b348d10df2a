/** The handlers of one application over its ports: what a platform's events are given to. */
import {
  type Application,
  type CreateSessionServices,
  consoleLogger,
  defaultApplication,
  environmentOf,
  HubFacade,
  type Logger,
  reasonOf,
  report,
} from '../runtime/index.ts'
import { connect } from './connect.ts'
import { deliver } from './deliver.ts'
import { runDisconnect } from './disconnected-channel.ts'
import type { ConnectAnswer, ConnectEvent, DisconnectEvent, MessageEvent } from './events.ts'
import type { Host } from './host.ts'
import { message } from './message.ts'
import { Outbox } from './outbox.ts'
import type { Ports } from './ports.ts'
import { remove } from './removal.ts'
import { sweep } from './sweep.ts'
import { Topics } from './topics.ts'

/** Settings of `createServerless`. */
export interface ServerlessOptions {
  /** The channels to serve; default: those of the module-level `wireChannel`. */
  application?: Application
  /** What every handler is given beside `channel`, `eventHub` and `userSession`; a `logger` in it is used here too. */
  singletonServices?: object
  /** Makes the services of one event, which are disposed of when it has settled (LIFE-24). */
  createSessionServices?: CreateSessionServices
}

/**
 * The handlers. Each may run in a process that has seen nothing before, and any number at once; each promise resolves
 * once all effects of its event are done (STATELESS-13), and rejects only where a store fails.
 */
export interface Serverless {
  connect(event: ConnectEvent): Promise<ConnectAnswer>
  message(event: MessageEvent): Promise<void>
  disconnect(event: DisconnectEvent): Promise<void>
  /** What `defer` asked for. */
  deliver(channelId: string): Promise<void>
  /** To be called at least every `sweepInterval`; more often does no harm. */
  sweep(): Promise<void>
  /** The hub for code that has no channel at hand (PUB-09). */
  readonly eventHub: HubFacade
  /**
   * Resolves once everything that publishes of `eventHub` have set going (the removal of a channel found gone) is done:
   * for the end of an invocation of one's own.
   */
  settle(): Promise<void>
}

/** How often a sweep has to run at least, in milliseconds; records outlive their expiry by far more than twice of it (STATELESS-09). */
export const sweepInterval = 3_600_000

/**
 * Makes the handlers of an application.
 * @throws Error where one of its routes has a parameter: these platforms forward no path (ROUTE-11)
 */
export function createServerless(ports: Ports, options: ServerlessOptions = {}): Serverless {
  const { application = defaultApplication, singletonServices = {}, createSessionServices } = options
  for (const { name, route } of application.channels()) {
    if (/(^|\/):/.test(route)) {
      throw new Error(
        `channel "${name}": route "${route}" has a parameter, but a serverless platform forwards no path; use the query`,
      )
    }
  }
  const logger = (singletonServices as { logger?: Logger }).logger ?? consoleLogger
  const outside = new Set<Promise<void>>()
  const later = (work: Promise<void>): void => {
    const over = work.catch((error: unknown) =>
      report(logger, 'error', 'hub: a removal failed', { reason: reasonOf(error), error }),
    )
    const kept: Promise<void> = over.then(() => void outside.delete(kept))
    outside.add(kept)
  }
  const eventHub = new HubFacade(
    hubOutside(() => host, later),
    {
      track: () => {},
      refused: (call, error) => report(logger, 'warn', `hub: ${call} refused`, { reason: reasonOf(error) }),
    },
  )
  const host: Host = {
    ports,
    application,
    environment: environmentOf({ singletonServices, hub: eventHub, createSessionServices }),
    runDisconnect: (record) => runDisconnect(host, record),
  }
  return {
    connect: (event) => connect(host, event),
    message: (event) => message(host, event),
    disconnect: ({ channelId }) => remove(host, channelId, { disconnect: true }),
    deliver: (channelId) => deliver(host, channelId),
    sweep: () => sweep(host),
    eventHub,
    settle: async () => {
      while (outside.size > 0) await Promise.all(outside)
    },
  }
}

/** Calls from outside any event: each publish is on its own, and ordered against others only by being awaited. */
function hubOutside(host: () => Host, later: (work: Promise<void>) => void) {
  const hub = (): Topics => new Topics(host(), new Outbox(), later)
  return {
    subscribe: (topic: string, id: string) => hub().subscribe(topic, id),
    unsubscribe: (topic: string, id: string) => hub().unsubscribe(topic, id),
    publish: (topic: string, excludeId: string | null, encoded: string | Uint8Array) => hub().publish(topic, excludeId, encoded),
  }
}
