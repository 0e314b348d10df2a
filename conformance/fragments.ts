/** Cuts long texts into the fragments that any server takes (RFC 6455 5.4). */

/** Platforms take no frame over 32 KB; this leaves room for its header. */
export const mostBytes = 32_000

/**
 * The parts of a text as UTF-8, each of at most `most` bytes and none ending within a character: servers may check each
 * frame by itself. A text that fits is its own only part.
 */
export function fragmentsOf(text: string, most = mostBytes): Uint8Array[] {
  const bytes = new TextEncoder().encode(text)
  const parts: Uint8Array[] = []
  let from = 0
  while (bytes.length - from > most) {
    let to = from + most
    while (isContinuation(bytes[to] ?? 0)) to--
    parts.push(bytes.subarray(from, to))
    from = to
  }
  parts.push(bytes.subarray(from))
  return parts
}

const isContinuation = (byte: number): boolean => (byte & 0xc0) === 0x80
