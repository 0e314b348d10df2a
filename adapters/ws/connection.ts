/** One accepted socket and its channel. */
import type { LocalChannel, LocalEventHub } from '../runtime/index.ts'
import { WebSocket } from 'ws'

/**
 * Joins a socket to its channel. Has to be called in the very turn the socket opened in: a listener attached later
 * would miss messages and the close.
 * @param over is called when the socket has closed and onDisconnect has settled
 */
export function connect(channel: LocalChannel, socket: WebSocket, hub: LocalEventHub<WebSocket>, over: () => void): void {
  let left = 2
  const half = (): void => {
    if (--left === 0) over()
  }
  channel.registerOnEnd(half)
  channel.registerOnSend((encoded) => {
    if (socket.readyState !== WebSocket.OPEN) return false
    socket.send(encoded)
    return true
  })
  channel.registerOnClose((code) => socket.close(code))
  socket.on('message', (data: Buffer, isBinary) => {
    // A Buffer may show a pool shared with other connections; the copy shows nothing else.
    channel.receive(isBinary ? new Uint8Array(data) : data.toString())
  })
  // Protocol errors and resets: ws closes the socket with the right code, and nothing more will come from it.
  socket.on('error', () => void channel.close())
  socket.on('close', () => {
    void channel.close()
    half()
  })
  hub.onChannelOpened(channel.channelId, socket)
  channel.open()
}
