import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { expect, it, onTestFinished } from 'vitest'
import { WebSocketServer } from 'ws'
import { frameOf, writeFrame } from './frame.ts'
import { connect } from './testing/client.ts'

// Lengths on both sides of each form of the header, and texts whose bytes are more than their characters.
const messages = [0, 1, 125, 126, 65_535, 65_536].flatMap((length) => [
  'x'.repeat(length),
  'é'.repeat(length >> 1),
  new Uint8Array(length).fill(7),
])

it('frames are what a client reads, between frames that ws writes', async () => {
  const server = createServer()
  onTestFinished(() => void server.close())
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  server.on('upgrade', (request, stream: Duplex, head) => {
    sockets.handleUpgrade(request, stream, head, (socket) => {
      for (const message of messages) {
        writeFrame(stream, message)
        socket.send(message)
        stream.write(frameOf(message))
      }
      socket.close()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = await connect(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  for (const message of messages) {
    for (const _way of ['writeFrame', 'ws', 'frameOf']) expect(await client.next()).toEqual(message)
  }
})
