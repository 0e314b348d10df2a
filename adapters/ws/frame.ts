/**
 * Server frames, whole and unmasked. Made here rather than by ws for two reasons: a publish makes one for all of its
 * receivers, and a reply is one write instead of two. Frames of ours and of ws may follow each other on a socket,
 * since both are written whole: no extension is negotiated and nothing is sent in fragments.
 */
import type { Duplex } from 'node:stream'

/** The frame of one message: text, or bytes (RFC 6455, 5.2). */
export function frameOf(message: string | Uint8Array): Buffer {
  const text = typeof message === 'string'
  const length = text ? Buffer.byteLength(message) : message.byteLength
  const from = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(from + length)
  frame[0] = text ? 0x81 : 0x82
  if (from === 2) frame[1] = length
  else if (from === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    // The upper half of the length: a message is far from 4 GiB.
    frame.writeUInt32BE(0, 2)
    frame.writeUInt32BE(length, 6)
  }
  if (text) frame.write(message, from)
  else frame.set(message, from)
  return frame
}

/** Writes one message to one socket. */
export function writeFrame(stream: Duplex, message: string | Uint8Array): void {
  // Most replies are short and ASCII: as one Latin-1 string, header included, they reach the socket without a Buffer.
  if (typeof message === 'string' && message.length < 126 && Buffer.byteLength(message) === message.length) {
    stream.write(`\x81${String.fromCharCode(message.length)}${message}`, 'latin1')
  } else stream.write(frameOf(message))
}
