/** The smallest control interface there is, in this process; each answer of it can be another's. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Answers one request; `false` leaves it to the next. */
export type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => boolean

/** A control interface that is listening. */
export interface TinyHost {
  url: string
  /** The requests so far, such as `GET /conformance`. */
  asked: string[]
  /** Traces an event and answers whoever waits for one. */
  trace(event: Record<string, unknown>): void
  /** Cuts every connection and listens no more. */
  die(): Promise<void>
}

/** What it says of itself, unless told otherwise. */
export const description = {
  conformance: 1,
  name: 'tiny',
  capabilities: ['stateful', 'ordered'],
  channels: { main: 'ws://127.0.0.1:1/main', open: 'ws://127.0.0.1:1/elsewhere' },
  observes: ['hub', 'residue', 'idle'],
  trace: 0,
}

/** Starts one. `instead` is asked first for every request. */
export async function tinyHost(instead: Answer = () => false): Promise<TinyHost> {
  const events: object[] = []
  const asked: string[] = []
  const waiting = new Set<() => void>()
  const json = (response: ServerResponse, value: unknown): void => void response.end(JSON.stringify(value))
  const tell = (url: URL, response: ServerResponse): void => {
    const after = Number(url.searchParams.get('after'))
    const lines = (): string =>
      events
        .slice(after)
        .map((event) => `${JSON.stringify(event)}\n`)
        .join('')
    if (events.length > after || url.searchParams.get('wait') === '0') response.end(lines())
    else waiting.add(() => response.end(lines()))
  }
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const url = new URL(request.url ?? '', 'http://host')
    asked.push(`${request.method} ${request.url}`)
    if (instead(request, response, body)) return
    if (url.pathname === '/conformance') json(response, { ...description, trace: events.length })
    else if (url.pathname === '/conformance/trace') tell(url, response)
    else if (url.pathname === '/conformance/residue') json(response, { channels: ['a'], subscriptions: [['t', 'a']] })
    else if (url.pathname.startsWith('/conformance/gates/')) response.writeHead(204).end()
    else json(response, { outcome: 'ok' })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    trace(event) {
      events.push({ seq: events.length + 1, at: 'server', ...event })
      for (const wake of waiting) wake()
      waiting.clear()
    },
    die() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      return closed
    },
  }
}
