/** A server of channels as somebody might write one: crossws below, which the kit knows nothing of, its runtime above. */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { acceptHandshake, Connections, LocalEventHub, localHost } from 'channel-conformance/runtime'
import crossws from 'crossws/adapters/node'

const open = 1 // a WebSocket's readyState

/** What is published reaches each subscribed peer, but for the excluded one. */
export function createHub(logger) {
  return new LocalEventHub(
    {
      deliver(_topic, message, peers, excludeId) {
        for (const [id, peer] of peers) if (id !== excludeId) peer.send(message)
      },
    },
    logger,
  )
}

/** Serves an application's channels; resolves once it listens. */
export async function serve({ application, hub, host, port, stopDeadline = 10_000, ...services }) {
  const channels = localHost({ ...services, hub })
  const connections = new Connections()
  const handshakes = new Set()
  let stopping = false

  /** The channel of a handshake, or the refusal that answers it. */
  async function accept(request) {
    if (stopping) throw new Response('Stopping', { status: 503 })
    const { pathname, search } = new URL(request.url)
    let refusal
    const channel = await acceptHandshake(channels, {
      application,
      channelId: randomUUID(),
      route: pathname,
      request: { query: search.slice(1) },
      response: {
        refuse(status, reason) {
          refusal = new Response(reason, { status })
        },
      },
    })
    if (stopping) throw new Response('Stopping', { status: 503 })
    if (channel === undefined) throw refusal
    return channel
  }

  const sockets = crossws({
    serverOptions: { maxPayload: 1024 * 1024 },
    handleProtocols: (offered) => [...offered][0],
    hooks: {
      upgrade: async (request) => ({ context: { channel: await accept(request) } }),
      open(peer) {
        const { channel } = peer.context
        // A channel and its socket end in either order, and are held until both have.
        let left = 2
        const ended = () => {
          if (--left === 0) connections.delete(channel)
        }
        peer.context.ended = ended
        connections.add(channel, peer)
        channel.attach({
          send(message) {
            if (peer.websocket.readyState !== open) return false
            peer.send(message)
          },
          close: (code) => peer.close(code),
          ended,
        })
        hub.onChannelOpened(channel.channelId, peer)
        channel.open()
      },
      message: ({ context }, { rawData }) => context.channel.receive(typeof rawData === 'string' ? rawData : new Uint8Array(rawData)),
      error: ({ context }) => void context.channel.close(),
      close({ context }) {
        void context.channel.close()
        context.ended()
      },
    },
  })

  const server = createServer((_request, response) => response.writeHead(426).end())
  server.on('upgrade', async (request, socket, head) => {
    socket.on('error', () => {})
    handshakes.add(socket)
    await sockets.handleUpgrade(request, socket, head)
    handshakes.delete(socket)
  })
  server.listen(port, host)
  await once(server, 'listening')
  return {
    url: `ws://${host}:${server.address().port}`,
    residue() {
      const { channels, subscriptions } = hub.residue()
      return { channels: [...new Set([...connections.held(), ...channels])], subscriptions }
    },
    async stop() {
      stopping = true
      for (const socket of handshakes) socket.destroy()
      const closed = once(server, 'close')
      server.close()
      await connections.stop(stopDeadline)
      server.closeAllConnections()
      await closed
      await sockets.close()
    },
  }
}
