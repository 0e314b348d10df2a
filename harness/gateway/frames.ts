/** Reads the headers of a client's frames as they pass: the platform has a limit on frames, which ws does not tell of. */

/** The largest frame of each data message, in the order in which they come. */
export class FrameSizes {
  readonly #messages: number[] = []
  #header: number[] = []
  #skip = 0

  /** The next bytes from the wire. */
  feed(bytes: Uint8Array): void {
    let at = 0
    while (at < bytes.length) {
      if (this.#skip > 0) {
        const skipped = Math.min(this.#skip, bytes.length - at)
        this.#skip -= skipped
        at += skipped
      } else {
        this.#header.push(bytes[at] as number)
        at += 1
        this.#read()
      }
    }
  }

  /** The largest frame of the oldest message not asked for yet, in bytes. */
  next(): number {
    return this.#messages.shift() ?? 0
  }

  // A frame's header is complete: two bytes, and up to eight of length and four of mask (RFC 6455, 5.2).
  #read(): void {
    const [first = 0, second] = this.#header
    if (second === undefined) return
    const short = second & 0x7f
    const extra = short === 126 ? 2 : short === 127 ? 8 : 0
    if (this.#header.length < 2 + extra + (second & 0x80 ? 4 : 0)) return
    const size = extra === 0 ? short : this.#header.slice(2, 2 + extra).reduce((sum, byte) => sum * 256 + byte, 0)
    this.#header = []
    this.#skip = size
    const opcode = first & 0x0f
    if (opcode === 1 || opcode === 2) this.#messages.push(size)
    else if (opcode === 0) this.#messages.push(Math.max(this.#messages.pop() ?? 0, size))
  }
}
