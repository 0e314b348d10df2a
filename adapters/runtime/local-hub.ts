/** A hub whose topics and subscribers live in this process; how sockets are reached is the adapter's (a port). */
import type { Logger, MaybePromise, Registration } from '../../spec/application.ts'
import type { Encoded } from './encode.ts'
import { HubFacade } from './hub-facade.ts'
import { consoleLogger, reasonOf, report } from './logger.ts'
import type { HubPort } from './ports.ts'
import { isPromise } from './promises.ts'

/** How a local hub reaches the sockets of one server. */
export interface HubTransport<Socket> {
  /**
   * Sends one message to every socket but the excluded one, whatever becomes of any of them (PUB-10); must not throw.
   * @param sockets the topic's sockets by channel id; not to be kept
   */
  deliver(topic: string, encoded: Encoded, sockets: ReadonlyMap<string, Socket>, excludeId: string | null): void
  /** For transports with topics of their own: called when a socket enters a topic, and leaves it or is closed. */
  entered?(topic: string, socket: Socket): void
  left?(topic: string, socket: Socket): void
}

type Receive = (encoded: Encoded) => MaybePromise<void>
/** A subscriber; its set is made with its first topic, since many channels have none. */
type Member<Socket> = { id: string; topics: Set<string> | undefined } & (
  | { socket: Socket; receive?: undefined }
  | { receive: Receive }
)

interface Topic<Socket> {
  sockets: Map<string, Socket>
  receivers: Map<string, Receive>
}

/** What a hub still holds, for those who look for leaks (SUB-06). */
export interface HubResidue {
  channels: string[]
  subscriptions: [topic: string, subscriberId: string][]
}

/** The hub of channels in this process. Calls take effect before they return, so that nothing can come between. */
export class LocalEventHub<Socket> extends HubFacade {
  /** The hub as the dispatcher calls it. */
  readonly port: HubPort
  readonly #members = new Map<string, Member<Socket>>()
  readonly #topics = new Map<string, Topic<Socket>>()
  readonly #transport: HubTransport<Socket>
  readonly #logger: Logger

  constructor(transport: HubTransport<Socket>, logger: Logger = consoleLogger) {
    const port: HubPort = {
      subscribe: (topic, id) => this.#subscribe(topic, id),
      unsubscribe: (topic, id) => this.#unsubscribe(topic, id),
      publish: (topic, excludeId, encoded) => this.#publish(topic, excludeId, encoded),
      register: (id, receive) => this.#register(id, receive),
    }
    super(port, {
      track: () => {},
      refused: (call, error) => report(logger, 'warn', `hub: ${call} refused`, { reason: reasonOf(error) }),
    })
    this.port = port
    this.#transport = transport
    this.#logger = logger
  }

  /** Makes a channel known; from here on its id can be subscribed. */
  onChannelOpened(channelId: string, socket: Socket): void {
    this.#members.set(channelId, { id: channelId, topics: undefined, socket })
  }

  /**
   * Ends a channel's subscriptions. Idempotent. No publish started later is tried on it (SUB-12), and a subscribe that
   * comes later finds nobody of that id (SUB-07).
   */
  onChannelClosed(channelId: string): void {
    const member = this.#members.get(channelId)
    if (member !== undefined) this.#remove(member)
  }

  /** What the hub holds now. */
  residue(): HubResidue {
    const members = [...this.#members.values()]
    return {
      channels: members.flatMap(({ id, receive }) => (receive === undefined ? [id] : [])),
      subscriptions: members.flatMap(({ id, topics }) => [...(topics ?? [])].map((topic): [string, string] => [topic, id])),
    }
  }

  #subscribe(topic: string, id: string): void {
    const member = this.#members.get(id)
    // Nobody of that id, or nobody any more: an onConnect must not fail, and so lose its onDisconnect, because its client
    // left while it ran (LIFE-19).
    if (member === undefined || member.topics?.has(topic)) return
    member.topics ??= new Set()
    member.topics.add(topic)
    let entry = this.#topics.get(topic)
    if (entry === undefined) {
      entry = { sockets: new Map(), receivers: new Map() }
      this.#topics.set(topic, entry)
    }
    if (member.receive !== undefined) entry.receivers.set(id, member.receive)
    else {
      entry.sockets.set(id, member.socket)
      this.#transport.entered?.(topic, member.socket)
    }
  }

  #unsubscribe(topic: string, id: string): void {
    const member = this.#members.get(id)
    if (member?.topics?.delete(topic)) this.#leave(topic, member)
  }

  #remove(member: Member<Socket>): void {
    this.#members.delete(member.id)
    for (const topic of member.topics ?? []) this.#leave(topic, member)
    member.topics = undefined
  }

  #leave(topic: string, member: Member<Socket>): void {
    const entry = this.#topics.get(topic)
    if (entry === undefined) return
    if (member.receive !== undefined) entry.receivers.delete(member.id)
    else {
      entry.sockets.delete(member.id)
      this.#transport.left?.(topic, member.socket)
    }
    if (entry.sockets.size === 0 && entry.receivers.size === 0) this.#topics.delete(topic)
  }

  #publish(topic: string, excludeId: string | null, encoded: Encoded): MaybePromise<void> {
    const entry = this.#topics.get(topic)
    if (entry === undefined) return
    if (entry.sockets.size > 0) this.#transport.deliver(topic, encoded, entry.sockets, excludeId)
    if (entry.receivers.size > 0) return this.#receive([...entry.receivers], excludeId, encoded)
  }

  // Receivers are the application's code and may subscribe or publish in turn, so they are called from a list made before.
  #receive(receivers: [string, Receive][], excludeId: string | null, encoded: Encoded): MaybePromise<void> {
    const pending: Promise<void>[] = []
    for (const [id, receive] of receivers) {
      if (id === excludeId) continue
      try {
        // Each has bytes of its own: what one does to them must not show elsewhere.
        const received = receive(typeof encoded === 'string' ? encoded : encoded.slice())
        if (isPromise(received)) pending.push(received.catch((error: unknown) => this.#failed(id, error)))
      } catch (error) {
        this.#failed(id, error)
      }
    }
    if (pending.length > 0) return Promise.all(pending).then(() => {})
  }

  #failed(id: string, error: unknown): void {
    report(this.#logger, 'error', 'hub: a subscriber failed to receive', { subscriber: id, reason: reasonOf(error), error })
  }

  #register(id: string, receive: Receive): Registration {
    if (this.#members.has(id)) throw new Error('the subscriber id is in use')
    const member: Member<Socket> = { id, topics: undefined, receive }
    this.#members.set(id, member)
    return {
      close: async () => {
        // The id may have been given to another since.
        if (this.#members.get(id) === member) this.#remove(member)
      },
    }
  }
}
