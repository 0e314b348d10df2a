/** Which connections there are, and were of late. */
import { createHash } from 'node:crypto'
import type { ConnectionFaults } from '../../spec/platform.ts'
import { type ConnectionScript, unpackScript } from '../../spec/probe/ops.ts'
import type { Api, ConnectionAddress } from './api.ts'
import { type ClientEnd, Connection } from './connection.ts'

/** So many connections that are gone are still known by name: for `repeat`, and for the names in the trace. */
const goneKept = 2_000

/** The connections of one platform. */
export class Connections {
  readonly #byAddress = new Map<string, Connection>()
  readonly #byClient = new Map<ClientEnd, Connection>()
  readonly #byChannel = new Map<string, Connection>()
  readonly #byName = new Map<string, Connection>()
  readonly #pending = new Map<string, ConnectionFaults>()
  readonly #counts = new Map<string, number>()
  readonly #gone: Connection[] = []
  readonly #seed: string
  readonly #channelIdOf: (address: ConnectionAddress) => string

  /** @param seed what makes ids differ from those of other platforms over the same stores */
  constructor(seed: string, channelIdOf: (address: ConnectionAddress) => string) {
    this.#seed = seed
    this.#channelIdOf = channelIdOf
  }

  /** What the next connection of this name is to suffer. */
  prepare(conn: string, faults: ConnectionFaults): void {
    this.#pending.set(conn, { ...this.#pending.get(conn), ...faults })
  }

  add(api: Api, query: string, client: ClientEnd, now: number): Connection {
    const script = scriptOf(query)
    const connectionId = this.#nextId(api)
    const channelId = this.channelId(api, connectionId)
    const faults = (script && this.#pending.get(script.conn)) ?? {}
    const connection = new Connection({ api, connectionId, channelId, now }, client, faults, script)
    this.#byAddress.set(`${api.apiId} ${connectionId}`, connection)
    this.#byClient.set(client, connection)
    this.#byChannel.set(channelId, connection)
    if (script !== undefined) {
      this.#pending.delete(script.conn)
      this.#byName.set(script.conn, connection)
    }
    return connection
  }

  /** The connection is gone; it is forgotten in time. */
  retire(connection: Connection): void {
    this.#byClient.delete(connection.client)
    this.#gone.push(connection)
    if (this.#gone.length <= goneKept) return
    const { api, connectionId, channelId, conn } = this.#gone.shift() as Connection
    this.#byAddress.delete(`${api.apiId} ${connectionId}`)
    this.#byChannel.delete(channelId)
    const named = conn === undefined ? undefined : this.#byName.get(conn)
    if (named?.channelId === channelId) this.#byName.delete(conn as string)
  }

  at(api: Api, connectionId: string): Connection | undefined {
    return this.#byAddress.get(`${api.apiId} ${connectionId}`)
  }

  of(client: ClientEnd): Connection | undefined {
    return this.#byClient.get(client)
  }

  ofChannel(channelId: string): Connection | undefined {
    return this.#byChannel.get(channelId)
  }

  named(conn: string): Connection | undefined {
    return this.#byName.get(conn)
  }

  /** Those that are not gone, in the order they came. */
  get present(): Connection[] {
    return [...this.#byClient.values()]
  }

  /** Those that are gone as well, as long as they are known. */
  get known(): Connection[] {
    return [...this.#byAddress.values()]
  }

  channelId({ apiId, stage }: Api, connectionId: string): string {
    return this.#channelIdOf({ apiId, stage, connectionId })
  }

  // Counted per API, so that ids of different APIs coincide: a connection is addressed with its endpoint (STATELESS-18).
  #nextId({ apiId }: Api): string {
    const count = (this.#counts.get(apiId) ?? 0) + 1
    this.#counts.set(apiId, count)
    return `${createHash('sha256').update(`${this.#seed} ${count}`).digest('base64url').slice(0, 15)}=`
  }
}

function scriptOf(query: string): ConnectionScript | undefined {
  try {
    return unpackScript({ s: new URLSearchParams(query).get('s') })
  } catch {
    // A client that is not the kit's may send anything.
    return undefined
  }
}
