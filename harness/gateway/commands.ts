/** What programs have the platform do. */
import type { PlatformCommand } from '../../spec/platform.ts'
import type { Connection } from './connection.ts'
import type { ConnectionEvents } from './connection-events.ts'
import type { Connections } from './connections.ts'
import type { InvokeAnswer, KillAt } from './invocation.ts'
import type { Invocations } from './invocations.ts'

type Repeat = Extract<PlatformCommand, { do: 'repeat' }>
type StoreFault = Extract<PlatformCommand, { do: 'stores' }>

/** What commands need of the platform beside its parts. */
interface Surroundings {
  /** Moves time on, and does what it is time for. */
  advance(milliseconds: number): Promise<void>
  /** Tells the client where a message's integration has failed. */
  failed(connection: Connection, answer: InvokeAnswer | undefined, requestId: string): void
  stores?(fault: StoreFault['fault'], times: number): void | Promise<void>
}

/** Carries commands out. */
export class Commands {
  readonly #connections: Connections
  readonly #invocations: Invocations
  readonly #events: ConnectionEvents
  readonly #platform: Surroundings

  constructor(connections: Connections, invocations: Invocations, events: ConnectionEvents, platform: Surroundings) {
    this.#connections = connections
    this.#invocations = invocations
    this.#events = events
    this.#platform = platform
  }

  /** Resolves once the command is carried out, with the invocations it caused. @throws Error for stores that cannot fail */
  async run(command: PlatformCommand): Promise<void> {
    switch (command.do) {
      case 'faults':
        return this.#connections.prepare(command.conn, command.faults)
      case 'repeat':
        return this.#repeat(command)
      case 'release':
        return this.#release(command.conn)
      case 'advance':
        return this.#platform.advance(command.milliseconds)
      case 'sweep':
        await this.#invocations.track(() => this.#events.sweep(this.#sweepKill()))
        return
      case 'stores':
        return this.#stores(command)
    }
  }

  async #repeat({ conn, event }: Repeat): Promise<void> {
    const connection = this.#connections.named(conn)
    if (connection === undefined) return
    await this.#invocations.track(async () => {
      if (event === 'deliver') return void (await connection.delivered?.())
      const answer = await this.#events.again(connection, event)
      const requestId = connection.last.get('message')?.requestContext.requestId
      if (event === 'message' && requestId !== undefined) this.#platform.failed(connection, answer, requestId)
    })
  }

  async #release(conn: string): Promise<void> {
    const connection = this.#connections.named(conn)
    if (connection === undefined) return
    const held = connection.held
    connection.held = []
    const overtake = connection.state === 'connecting' ? connection.overtake : undefined
    await this.#invocations.track(() => Promise.all([overtake?.(), ...held.map((come) => come())]))
  }

  async #stores({ fault, times }: StoreFault): Promise<void> {
    if (this.#platform.stores === undefined) throw new Error('the stores beneath this platform cannot be made to fail')
    await this.#platform.stores(fault, times)
  }

  #sweepKill(): KillAt | undefined {
    for (const connection of this.#connections.known) {
      const kill = connection.takeKill('sweep')
      if (kill !== undefined) return kill
    }
    return undefined
  }
}
