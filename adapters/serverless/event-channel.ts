/** A channel as one event of it has it: what all events share. What they differ in is in the classes made from it. */
import type { ChannelPort, ChannelState, CompiledChannel, Encoded, Environment, HubPort } from '../runtime/index.ts'
import { copyJson, PayloadTooLargeError } from '../runtime/index.ts'
import type { Host } from './host.ts'
import { Outbox } from './outbox.ts'
import type { ChannelRecord } from './ports.ts'
import { maxPostBytes } from './times.ts'
import { Topics } from './topics.ts'

type MaybePromise<T> = T | Promise<T>

/** One event's channel. */
export abstract class EventChannel implements ChannelPort {
  readonly channel: CompiledChannel
  readonly record: ChannelRecord
  readonly hub: HubPort
  readonly outbox = new Outbox()
  protected readonly host: Host
  abstract state: ChannelState
  readonly #afterwards: Promise<void>[] = []

  constructor(host: Host, channel: CompiledChannel, record: ChannelRecord) {
    this.host = host
    this.channel = channel
    this.record = record
    this.hub = new Topics(host, this.outbox, (work) => this.later(work), this)
  }

  get channelId(): string {
    return this.record.channelId
  }

  get environment(): Environment {
    return this.host.environment
  }

  openingData(): object {
    return copyJson(this.record.openingData)
  }

  transmit(encoded: Encoded): Promise<void> {
    const text = textOf(encoded)
    if (text === undefined) throw new PayloadTooLargeError('the message is larger than the platform carries')
    return this.outbox.enqueue(this.channelId, () => this.deliver(text))
  }

  /** Gives a text to the client in its turn, by `send` or by a publish of this event that reaches its own channel. */
  abstract deliver(text: string): Promise<void>
  abstract hangUp(): MaybePromise<void>
  abstract readSession(again?: boolean): MaybePromise<unknown>
  abstract writeSession(session: unknown): MaybePromise<void>

  /** Has the event's invocation wait for something that its handler does not wait for (STATELESS-13). Must not reject. */
  later(work: Promise<void>): void {
    this.#afterwards.push(work)
  }

  /** Resolves once everything that was left for later is done. */
  async settle(): Promise<void> {
    for (let work = this.#afterwards.pop(); work !== undefined; work = this.#afterwards.pop()) await work
  }
}

/**
 * The text of a message; undefined for one larger than the platform carries.
 * @throws TypeError for bytes: these platforms carry text only (SEND-11)
 */
export function textOf(encoded: Encoded): string | undefined {
  if (typeof encoded !== 'string') throw new TypeError('bytes cannot be sent: this platform carries text only')
  // A UTF-16 unit takes at most three bytes, so that short texts need no counting.
  return encoded.length * 3 > maxPostBytes && Buffer.byteLength(encoded) > maxPostBytes ? undefined : encoded
}
