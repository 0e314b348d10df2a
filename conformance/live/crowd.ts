/** A crowd of connections that do nothing but listen to one topic, counted rather than recorded one by one (PUB-12). */

import type { ClientListener } from '../../spec/dial.ts'
import type { Wire } from '../../spec/history.ts'
import { crowd } from '../../spec/probe/channels/crowd.ts'
import { packScript } from '../../spec/probe/ops.ts'
import { Client } from '../client.ts'
import { needsOwnSystem } from '../program.ts'
import type { Field } from './field.ts'

/** How many handshakes are under way at once, and are waited for at one time. */
export const atOnce = 100

/** What its members received: text → for each, how often. `wake` is called for whatever it sees. */
interface Member {
  client: Client
  received: Map<string, number>
  answered: Set<string>
  /** Its platform has told it that its last message was not handled: nothing answers that any more. */
  failed: boolean
  wake: () => void
}

/** A crowd between two programs. */
export interface KeptCrowd {
  topic: string
  members: readonly Member[]
}

/** The members of one crowd, from its step to the end of the program. */
export class Crowd {
  readonly topic: string
  readonly #field: Field
  readonly #step: string
  readonly #members: Member[] = []

  constructor(field: Field, step: string, topic: string) {
    this.#field = field
    this.#step = step
    this.topic = topic
  }

  /** Connects `size` members, where none are kept of an earlier program, and waits until each has had a reply: its onConnect, and so its subscription, has settled then. */
  async assemble(size: number): Promise<void> {
    const { recorder } = this.#field
    recorder.emit({ at: 'client', kind: 'invoke', step: this.#step, action: { do: 'crowd', topic: this.topic, size } })
    const kept = this.#field.shared.size > 0 ? this.#field.session.takeCrowd(size) : undefined
    if (kept?.members.every(({ client }) => client.state === 'open') === true) this.#adopt(kept)
    const adopted = this.#members.length
    for (let left = size - adopted; left > 0 && !recorder.hung; left -= atOnce) {
      const batch = Array.from({ length: Math.min(left, atOnce) }, () => this.#join())
      await this.#all('the crowd to connect', () => batch.every(({ client }) => client.state !== 'connecting'))
    }
    // Kept members have answered a fence at the end of the program before.
    if (adopted < this.#members.length) await this.#fence()
    recorder.emit({ at: 'client', kind: 'ack', step: this.#step })
  }

  /** Proves that everything sent has arrived, records what did, and lets the members go. */
  async disband(): Promise<void> {
    const { recorder } = this.#field
    const fence = await this.#fence()
    const counts = new Map<string, { text: string; connections: number; copies: number }>()
    for (const { received } of this.#members) {
      for (const [text, copies] of received) {
        const count = counts.get(text) ?? { text, connections: 0, copies: 0 }
        counts.set(text, count)
        count.connections++
        count.copies += copies
      }
    }
    const open = this.#members.filter(({ client }) => client.state === 'open').length
    const proven = this.#members.filter(({ answered }) => answered.has(fence)).length
    recorder.emit({
      at: 'client',
      kind: 'crowd',
      step: this.#step,
      topic: this.topic,
      size: this.#members.length,
      open,
      proven,
      received: [...counts.values()],
    })
    const { session, shared, spec } = this.#field
    if (!recorder.hung && open === this.#members.length && proven === open && shared.size > 0 && !needsOwnSystem(spec)) {
      session.keepCrowd({ topic: this.topic, members: this.#members })
      return
    }
    for (const { client } of this.#members) client.close()
    await this.#all('the crowd to leave', () => this.#members.every(({ client }) => client.state !== 'open'))
  }

  /** What they received is counted anew: behind the last program's fence nothing of it can still come. */
  #adopt({ members }: KeptCrowd): void {
    for (const member of members) {
      member.received.clear()
      member.answered.clear()
      this.#members.push(member)
    }
  }

  #join(): Member {
    const physical = this.#field.session.nextConnection()
    const query = `s=${packScript({ conn: physical, step: this.#step })}&topic=${encodeURIComponent(this.topic)}`
    const { url, dial } = this.#field.session.hosted
    const listener: ClientListener = {
      open: () => member.wake(),
      refused: () => member.wake(),
      receive: (data) => receive(member, data),
      closed: () => member.wake(),
    }
    const client = new Client(physical, crowd, `${url(crowd.name, crowd.route)}?${query}`, [], listener, dial)
    const member: Member = { received: new Map(), answered: new Set(), failed: false, client, wake: () => {} }
    this.#members.push(member)
    return member
  }

  async #fence(): Promise<string> {
    const fence = this.#field.nextFence()
    for (const member of this.#members) {
      member.failed = false
      member.client.send({ text: JSON.stringify({ action: 'fence', fence }) })
    }
    void this.#giveUpOn(fence).catch(() => undefined)
    await this.#all('the crowd to answer', () =>
      this.#members.every(({ client, answered, failed }) => client.state !== 'open' || failed || answered.has(fence)),
    )
    return fence
  }

  /**
   * On a platform that knows when every invocation has returned, a member that has had no answer by then gets none: its
   * channel may have been removed though its socket is open.
   */
  async #giveUpOn(fence: string): Promise<void> {
    const { hosted } = this.#field.session
    const allRead = (): Promise<unknown> => Promise.all(this.#members.map(({ client }) => client.read()))
    await allRead()
    if (hosted.idle === undefined) return
    await hosted.idle()
    await allRead()
    for (const member of this.#members) {
      if (member.answered.has(fence)) continue
      member.failed = true
      member.wake()
    }
  }

  /** Waits as the recorder does, without an event in the history for each member. */
  async #all(what: string, done: () => boolean): Promise<void> {
    const { recorder } = this.#field
    for (const member of this.#members) member.wake = () => recorder.poke()
    await recorder.until(what, this.#step, done)
  }
}

/** What a platform tells the client of a message whose invocation failed. */
const platformError = /^\{"message":"[^"]*","connectionId":"/

function receive(member: Member, data: Wire): void {
  const text = 'text' in data ? data.text : data.hex
  const fence = /"fence":"([^"]*)"/.exec(text)?.[1]
  if (platformError.test(text)) {
    member.failed = true
    member.wake()
  } else if (fence === undefined) member.received.set(text, (member.received.get(text) ?? 0) + 1)
  else {
    member.answered.add(fence)
    member.wake()
  }
}
