/** The hub as applications call it: checks arguments, encodes payloads, turns answers into promises. */
import type { EventHub, MaybePromise, Registration } from '../../spec/application.ts'
import { encode, isWellFormed } from './encode.ts'
import type { Account, HubPort } from './ports.ts'
import { done, isPromise, rejected } from './promises.ts'

/** The longest topic, in bytes of UTF-8 (SUB-05). */
const maxTopicBytes = 256

/** One view of a hub: a handler's, with its calls accounted to the handler, or the host's. */
export class HubFacade implements EventHub {
  readonly #port: HubPort
  readonly #account: Account

  constructor(port: HubPort, account: Account) {
    this.#port = port
    this.#account = account
  }

  subscribe(topic: string, subscriberId: string): Promise<void> {
    try {
      checkTopic(topic)
      checkId(subscriberId)
      return this.#settle('subscribe', this.#port.subscribe(topic, subscriberId), done)
    } catch (error) {
      return this.#refuse('subscribe', error)
    }
  }

  unsubscribe(topic: string, subscriberId: string): Promise<void> {
    try {
      checkTopic(topic)
      checkId(subscriberId)
      return this.#settle('unsubscribe', this.#port.unsubscribe(topic, subscriberId), done)
    } catch (error) {
      return this.#refuse('unsubscribe', error)
    }
  }

  publish(topic: string, excludeId: string | null, payload: unknown): Promise<void> {
    try {
      checkTopic(topic)
      return this.#settle('publish', this.#port.publish(topic, excludeId ?? null, encode(payload)), done)
    } catch (error) {
      return this.#refuse('publish', error)
    }
  }

  register(id: string, receive: (encoded: string | Uint8Array) => void | Promise<void>): Promise<Registration> {
    try {
      checkId(id)
      if (typeof receive !== 'function') throw new TypeError('a subscriber needs a function that receives')
      if (this.#port.register === undefined) throw new Error('this hub takes no subscribers of the application')
      const registration = this.#port.register(id, receive)
      return isPromise(registration) ? this.#settle('register', registration, registration) : Promise.resolve(registration)
    } catch (error) {
      return this.#refuse('register', error)
    }
  }

  #settle<T>(call: string, answer: MaybePromise<T>, settled: Promise<T>): Promise<T> {
    if (!isPromise(answer)) return settled
    this.#account.track(answer)
    answer.catch((error: unknown) => this.#account.refused(call, error))
    return answer
  }

  #refuse(call: string, error: unknown): Promise<never> {
    this.#account.refused(call, error)
    return rejected(error)
  }
}

function checkTopic(topic: unknown): void {
  if (typeof topic !== 'string' || !isWellFormed(topic)) throw new TypeError('a topic is a well-formed string')
  // A UTF-16 unit takes at most three bytes, so that short topics need no counting.
  if (topic.length * 3 > maxTopicBytes && Buffer.byteLength(topic) > maxTopicBytes) {
    throw new TypeError(`a topic takes at most ${maxTopicBytes} bytes`)
  }
}

function checkId(id: unknown): void {
  if (typeof id !== 'string') throw new TypeError('a subscriber id is a string')
}
