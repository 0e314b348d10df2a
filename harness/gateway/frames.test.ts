import { expect, it } from 'vitest'
import { FrameSizes } from './frames.ts'

/** A masked frame of a client: all that is looked at is its header. */
function frame(opcode: number, size: number, fin = true): Buffer {
  const length = size < 126 ? [size] : size < 65_536 ? [126, size >> 8, size & 255] : [127, 0, 0, 0, 0, ...bytesOf(size)]
  const [short, ...extra] = length as [number, ...number[]]
  return Buffer.concat([Buffer.from([(fin ? 0x80 : 0) | opcode, 0x80 | short, ...extra, 1, 2, 3, 4]), Buffer.alloc(size, 0x81)])
}

function bytesOf(size: number): number[] {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt32BE(size)
  return [...buffer]
}

it('tells the largest frame of each message, however the bytes come', () => {
  const wire = Buffer.concat([
    frame(1, 5),
    frame(9, 100),
    frame(2, 70_000),
    frame(1, 200, false),
    frame(0, 300, false),
    frame(10, 125),
    frame(0, 7),
    frame(1, 0),
    frame(8, 2),
  ])
  for (const size of [wire.length, 1, 3, 1000]) {
    const frames = new FrameSizes()
    for (let at = 0; at < wire.length; at += size) frames.feed(wire.subarray(at, at + size))
    expect([1, 2, 3, 4, 5].map(() => frames.next())).toEqual([5, 70_000, 300, 0, 0])
  }
})
