/** What all events of one application share. */
import type { Application, Environment } from '../runtime/index.ts'
import { report } from '../runtime/index.ts'
import type { ChannelRecord, Ports } from './ports.ts'

/** The application with the world it runs in. */
export interface Host {
  readonly ports: Ports
  readonly application: Application
  readonly environment: Environment
  /** Runs onDisconnect of a record that is closed by now; resolves once it has settled, and never rejects because of it. */
  readonly runDisconnect: (record: ChannelRecord) => Promise<void>
}

/** Says what became of a message or a channel that the application is not told of. */
export function warn(host: Host, message: string, details: object): void {
  report(host.environment.logger, 'warn', `channel: ${message}`, details)
}
