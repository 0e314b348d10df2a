/** A channel whose connect is still running: what it sends is kept until its socket can take it (STATELESS-10). */
import { type ChannelState, copyJson, PayloadTooLargeError } from '../runtime/index.ts'
import { EventChannel } from './event-channel.ts'
import type { Pending } from './ports.ts'
import { maxPendingBytes } from './times.ts'

/** Collects output, session and close of an onConnect in memory; the write that completes the connect stores them. */
export class ConnectingChannel extends EventChannel {
  state: ChannelState = 'initial'
  readonly unopened = true
  /** What onConnect threw, if it did. */
  thrown: { error: unknown } | undefined
  session: { value: unknown } | undefined
  readonly #items: string[] = []
  #bytes = 0
  #close = false

  /** What is to be delivered once the connect has completed; undefined where there is nothing. */
  get pending(): Pending | undefined {
    return this.#items.length > 0 || this.#close ? { items: this.#items, close: this.#close } : undefined
  }

  override async deliver(text: string): Promise<void> {
    this.#bytes += Buffer.byteLength(text)
    if (this.#bytes > maxPendingBytes)
      throw new PayloadTooLargeError('onConnect sends more than can be kept until it has connected')
    this.#items.push(text)
  }

  hangUp(): void {
    this.state = 'closed'
    this.#close = true
  }

  readSession(): unknown {
    return copyJson(this.session === undefined ? this.record.session : this.session.value)
  }

  writeSession(value: unknown): void {
    this.session = { value }
  }

  failed(error: unknown): void {
    this.thrown ??= { error }
  }
}
