/** A channel without a transport: what it sends and how it is closed are kept in lists. */
import type { Logger } from '../../../spec/application.ts'
import { createApplication } from '../application.ts'
import type { Encoded } from '../encode.ts'
import type { LocalChannel } from '../local-channel.ts'
import { LocalEventHub } from '../local-hub.ts'
import type { CreateSessionServices } from '../ports.ts'
import { runLocalChannel } from '../run-local-channel.ts'
import type { Wiring } from '../wiring.ts'

/** One line of a log: the level, the message and its details. */
export type LogLine = { level: string; message: string; details: Record<string, unknown> }

/** A logger and what it was told. */
export function recordingLogger(): { logger: Logger; lines: LogLine[] } {
  const lines: LogLine[] = []
  const at = (level: string) => (message: string, details?: unknown) => {
    lines.push({ level, message, details: details as LogLine['details'] })
  }
  return { logger: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }, lines }
}

/** The socket of a channel that has none. */
export interface FakeSocket {
  sent: Encoded[]
  closedWith: number[]
}

/** A hub over fake sockets. */
export function fakeHub(logger?: Logger): LocalEventHub<FakeSocket> {
  return new LocalEventHub<FakeSocket>(
    {
      deliver(_topic, encoded, sockets, excludeId) {
        for (const [id, socket] of sockets) if (id !== excludeId) socket.sent.push(encoded)
      },
    },
    logger,
  )
}

/** A world with one channel wired, to which clients can connect. */
export interface World {
  hub: LocalEventHub<FakeSocket>
  lines: LogLine[]
  refusals: [status: number, reason: string][]
  /** Makes a channel without opening it; undefined where the handshake was refused. */
  accept(target?: string): Promise<(Client & { open(): void }) | undefined>
  /** Makes a channel, opens it and lets onConnect run as far as it can. */
  connect(target?: string): Promise<Client>
}

/** A client's side of a fake connection. */
export interface Client extends FakeSocket {
  channel: LocalChannel
  /** What was sent, with text that is JSON parsed. */
  received(): unknown[]
  /** Sends a message and lets it be handled as far as it can. */
  send(message: unknown): Promise<void>
}

/** Lets everything happen that waits for nothing from outside. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
}

// biome-ignore lint/suspicious/noExplicitAny: each test asserts its own data
type AnyWiring = Partial<Wiring<string, any, any>>

/** @param wiring one channel, served at `/` with the name `test` unless it says otherwise */
export function world(
  wiring: AnyWiring,
  options: { createSessionServices?: CreateSessionServices; handlerDeadline?: number; singletons?: object } = {},
): World {
  const application = createApplication()
  application.wireChannel({ name: 'test', route: '/', ...wiring } as never)
  const { logger, lines } = recordingLogger()
  const hub = fakeHub(logger)
  const refusals: [number, string][] = []
  let opened = 0

  const accept: World['accept'] = async (target = '/') => {
    const [route = '/', query = ''] = target.split('?')
    const channel = await runLocalChannel({
      application,
      channelId: `channel-${++opened}`,
      route,
      request: { query },
      response: { refuse: (status, reason) => refusals.push([status, reason]) },
      singletonServices: { ...options.singletons, logger, eventHub: hub },
      createSessionServices: options.createSessionServices,
      handlerDeadline: options.handlerDeadline,
    })
    if (channel === undefined) return undefined
    const socket: FakeSocket = { sent: [], closedWith: [] }
    return {
      ...socket,
      channel,
      received: () => socket.sent.map((each) => (typeof each === 'string' ? parse(each) : each)),
      send: async (message) => {
        await channel.message(typeof message === 'string' || message instanceof Uint8Array ? message : JSON.stringify(message))
        await settle()
      },
      open: () => {
        channel.registerOnSend((encoded) => void socket.sent.push(encoded))
        channel.registerOnClose((code) => void socket.closedWith.push(code))
        hub.onChannelOpened(channel.channelId, socket)
        channel.open()
      },
    }
  }
  return {
    hub,
    lines,
    refusals,
    accept,
    connect: async (target) => {
      const client = await accept(target)
      if (client === undefined) throw new Error(`refused: ${JSON.stringify(refusals.at(-1))}`)
      client.open()
      await settle()
      return client
    },
  }
}

/** A promise and what resolves it. */
export function gate(): { wait: Promise<void>; open(): void } {
  let open = (): void => {}
  const wait = new Promise<void>((resolve) => {
    open = resolve
  })
  return { wait, open: () => open() }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
