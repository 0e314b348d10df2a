/** A platform of a few lines, for the handlers' own tests: sockets, a clock that only waiting moves, stores that can be held up. */
import { MemoryChannelStore, MemoryEventHubStore, type StoreRequest } from '../../memory-serverless/index.ts'
import { type Application, createApplication } from '../../runtime/index.ts'
import { createServerless, type PostAnswer, type Serverless } from '../index.ts'

const route = '/chat'
const start = 1_800_000_000_000

/** One client's socket. */
interface Socket {
  state: 'connecting' | 'open' | 'gone'
  received: string[]
  closed: boolean
}

/** A world with one application; everything that happens is in its fields. */
export class World {
  readonly sockets = new Map<string, Socket>()
  readonly deferred: string[] = []
  readonly logged: string[] = []
  readonly requests: StoreRequest[] = []
  /** Answers given to posts before the true ones. */
  readonly answers: PostAnswer[] = []
  readonly posts: string[] = []
  time = start
  /** Called before and after each store request; what it returns is awaited. */
  onRequest: (request: StoreRequest, when: 'before' | 'after') => Promise<void> | void = () => {}
  /** How often the next matching request is carried out twice, as a client does that did not see the answer. */
  repeated: string | undefined
  readonly channels: MemoryChannelStore
  readonly topics: MemoryEventHubStore
  readonly application: Application = createApplication()
  #tokens = 0

  constructor() {
    const request = async <T>(about: StoreRequest, make: () => Promise<T>): Promise<T> => {
      this.requests.push(about)
      await this.onRequest(about, 'before')
      if (this.repeated === about.name) {
        this.repeated = undefined
        await make()
      }
      const answer = await make()
      await this.onRequest(about, 'after')
      return answer
    }
    const settings = { now: () => this.time, request, page: 3 }
    this.channels = new MemoryChannelStore(settings)
    this.topics = new MemoryEventHubStore(settings)
  }

  /** Handlers that have seen nothing before. */
  fresh(): Serverless {
    const { channels, topics } = this
    const logger = {
      debug: () => {},
      info: () => {},
      warn: (m: string) => this.logged.push(m),
      error: (m: string) => this.logged.push(m),
    }
    return createServerless(
      {
        ...{ channels, topics },
        clock: {
          now: () => this.time,
          wait: async (ms) => {
            this.time += ms
          },
        },
        token: () => `token ${this.#tokens++}`,
        defer: async (channelId) => void this.deferred.push(channelId),
        gateway: {
          post: async ({ channelId }, text) => this.#post(channelId, text),
          close: async ({ channelId }) => {
            const answer = this.answers.shift() ?? this.#answer(channelId)
            const socket = this.sockets.get(channelId)
            if (answer === 'ok' && socket !== undefined) Object.assign(socket, { state: 'gone', closed: true })
            return answer
          },
        },
      },
      { application: this.application, singletonServices: { logger } },
    )
  }

  /** Connects as a platform does; gives the handshake's status. */
  async connect(channelId: string, query: Record<string, string> = {}): Promise<number> {
    const socket: Socket = this.sockets.get(channelId) ?? { state: 'connecting', received: [], closed: false }
    this.sockets.set(channelId, socket)
    const { status } = await this.connectEvent(channelId, query)
    if (socket.state === 'connecting') socket.state = status === 200 ? 'open' : 'gone'
    return status
  }

  connectEvent(channelId: string, query: Record<string, string> = {}, connectedAt = this.time) {
    return this.fresh().connect({ channelId, endpoint: 'https://api', route, query, connectedAt })
  }

  message(channelId: string, body: unknown): Promise<void> {
    return this.fresh().message({ channelId, endpoint: 'https://api', body: JSON.stringify(body) })
  }

  disconnect(channelId: string): Promise<void> {
    const socket = this.sockets.get(channelId)
    if (socket !== undefined) socket.state = 'gone'
    return this.fresh().disconnect({ channelId, endpoint: 'https://api' })
  }

  /** Runs what was deferred. */
  async deliver(): Promise<void> {
    for (const channelId of this.deferred.splice(0)) await this.fresh().deliver(channelId)
  }

  received(channelId: string): unknown[] {
    return (this.sockets.get(channelId)?.received ?? []).map((text) => JSON.parse(text) as unknown)
  }

  /** Requests since the last call, by kind; batches count by item. */
  counted(): { get: number; query: number; write: number } {
    const count = { get: 0, query: 0, write: 0 }
    for (const { kind } of this.requests.splice(0)) count[kind]++
    return count
  }

  /** Nothing of a channel is left but its mark. */
  residue(): unknown {
    return { channels: this.channels.held(), rows: this.channels.scheduled(), subscriptions: this.topics.held() }
  }

  #post(channelId: string, text: string): PostAnswer {
    this.posts.push(channelId)
    const answer = this.answers.shift() ?? this.#answer(channelId)
    if (answer === 'ok') this.sockets.get(channelId)?.received.push(text)
    return answer
  }

  #answer(channelId: string): PostAnswer {
    return this.sockets.get(channelId)?.state === 'open' ? 'ok' : 'gone'
  }
}

/** Nothing at all. */
export const nothing = { channels: [], rows: [], subscriptions: [] }
