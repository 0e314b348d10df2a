/** Listening, and saying where. */
import type { Server } from 'node:http'
import type { Server as SecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'

/** Listens. @throws Error of the server where it cannot, such as EADDRINUSE */
export function listen(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** Where a server listens. @throws Error where it does not, or not on a port */
export function addressOf(server: Server | SecureServer): AddressInfo {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the http server does not listen on a port yet')
  return address
}

/** The base address for clients on this machine. */
export function urlOf(server: Server | SecureServer, { address, family, port }: AddressInfo): string {
  const everywhere = address === '::' || address === '0.0.0.0'
  const name = everywhere ? 'localhost' : family === 'IPv6' ? `[${address}]` : address
  return `${'setSecureContext' in server ? 'wss' : 'ws'}://${name}:${port}`
}
