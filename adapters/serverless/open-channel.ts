/** A channel that has sent a message, as that message's handler has it. */
import { ChannelClosedError, type ChannelState, copyJson, PayloadTooLargeError } from '../runtime/index.ts'
import { EventChannel } from './event-channel.ts'
import { hangUp, post } from './post.ts'
import { liveStates } from './records.ts'
import { close, conclude, type Removed } from './removal.ts'

/** Posts what is sent, and removes the channel where it is closed or found gone: its own message proves it was open. */
export class OpenChannel extends EventChannel {
  state: ChannelState = 'open'
  #removing: Promise<Removed | undefined> | undefined

  override async deliver(text: string): Promise<void> {
    const answer = await post(this.host, this.record, text)
    if (answer === 'too large') throw new PayloadTooLargeError('the message is larger than the platform carries')
    if (answer !== 'gone') return
    this.state = 'closed'
    await this.#remove()
    throw new ChannelClosedError()
  }

  hangUp(): Promise<void> {
    if (this.state === 'closed') return Promise.resolve(this.#removing).then(() => {})
    this.state = 'closed'
    // Behind everything sent so far, which still arrives (LIFE-14).
    return this.outbox.enqueue(this.channelId, async () => {
      await hangUp(this.host, this.record)
      await this.#remove()
    })
  }

  async readSession(again = false): Promise<unknown> {
    if (!again) return copyJson(this.record.session)
    const found = await this.host.ports.channels.find(this.channelId)
    return found === undefined || found.state === 'closed' ? copyJson(this.record.session) : copyJson(found.session)
  }

  async writeSession(value: unknown): Promise<void> {
    // Only a live record takes it, so that nothing is stored of a closed channel (SUB-06).
    const written = await this.host.ports.channels.change(this.channelId, { states: liveStates }, { session: { value } })
    if (written === undefined) throw new ChannelClosedError()
  }

  /** To be called once the handler has settled: a removal it led to goes on to onDisconnect only then. */
  async conclude(): Promise<void> {
    const removed = await this.#removing
    if (removed !== undefined) await conclude(this.host, removed)
  }

  #remove(): Promise<Removed | undefined> {
    this.#removing ??= close(this.host, this.channelId, { known: this.record })
    return this.#removing
  }
}
