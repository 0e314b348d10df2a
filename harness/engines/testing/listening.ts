/** Servers that answer as engines do, for tests. */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server on a free port, or on the socket's file `path`. */
export async function listening(answer: RequestListener, path?: string): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(answer)
  await new Promise<void>((resolve) =>
    path === undefined ? server.listen(0, '127.0.0.1', resolve) : server.listen(path, resolve),
  )
  const address = server.address() as AddressInfo | string
  return {
    url: typeof address === 'string' ? `unix://${address}` : `http://127.0.0.1:${address.port}`,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** An address at which nothing listens any more. */
export async function nowhere(): Promise<string> {
  const { url, close } = await listening(() => undefined)
  await close()
  return url
}
