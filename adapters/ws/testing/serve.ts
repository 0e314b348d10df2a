/** Servers for tests, and what tests wait for. */
import { createApplication, pikkuChannelFunc, type WireChannel } from '../../runtime/index.ts'
import { serveWs, type WsOptions, type WsServer } from '../index.ts'

const running: WsServer[] = []

/** A logger that says nothing. */
export const silence = { debug() {}, info() {}, warn() {}, error() {} }

/** Starts a server with an application of its own on a free port. */
export async function serve(wire: (wireChannel: WireChannel) => void, options: WsOptions = {}): Promise<WsServer> {
  const application = createApplication()
  wire(application.wireChannel)
  const server = await serveWs({ application, host: '127.0.0.1', singletonServices: { logger: silence }, ...options })
  running.push(server)
  return server
}

/** Stops what `serve` started. */
export async function stopServers(): Promise<void> {
  await Promise.all(running.splice(0).map((server) => server.stop()))
}

/** A message function that answers with what it was sent. */
export const echo = pikkuChannelFunc({ auth: false, func: async (_services, data) => data })

/** A promise, and what resolves it. */
export function signal<T = void>(): { given: Promise<T>; give(value: T): void } {
  let give = (_value: T): void => {}
  const given = new Promise<T>((resolve) => {
    give = resolve
  })
  return { given, give: (value) => give(value) }
}
