/** What the kit's client can read, against a server on ws. */
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { dialWebSocket } from './client.ts'

test('a message in more parts than libraries usually take is read: no limit of the client’s own ends a connection', async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => server.close())
  const parts = 20_000
  server.on('connection', (socket) => {
    for (let part = 1; part <= parts; part++) socket.send('x', { fin: part === parts })
  })
  await new Promise((resolve) => server.once('listening', resolve))
  const seen = new Promise<unknown>((resolve) => {
    const socket = dialWebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, [], {
      open: () => {},
      refused: (status) => resolve({ status }),
      receive: (data) => {
        resolve('text' in data && data.text.length)
        socket.close()
      },
      closed: (code, _reason, fault) => resolve({ code, fault }),
    })
  })
  expect(await seen).toBe(parts)
})
