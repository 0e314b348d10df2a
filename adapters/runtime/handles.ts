/** `channel` and `userSession` as one event's handler is given them. They keep working after it (LIFE-21). */
import type { Channel, ChannelState, SessionAccess, StandardSchema } from '../../spec/application.ts'
import { ChannelClosedError } from '../../spec/errors.ts'
import { encode } from './encode.ts'
import { copyJson, jsonCopy } from './json.ts'
import type { Account, ChannelPort } from './ports.ts'
import { done, isPromise, rejected, tolerate } from './promises.ts'
import { validateOutput } from './schema.ts'

/** A handler's channel. */
export class ChannelHandle implements Channel {
  readonly #port: ChannelPort
  readonly #account: Account
  readonly #output: StandardSchema | undefined
  #openingData: object | undefined

  constructor(port: ChannelPort, account: Account, output: StandardSchema | undefined) {
    this.#port = port
    this.#account = account
    this.#output = output
  }

  get channelId(): string {
    return this.#port.channelId
  }

  get openingData(): object {
    this.#openingData ??= this.#port.openingData()
    return this.#openingData
  }

  get state(): ChannelState {
    return this.#port.state
  }

  send(data: unknown): Promise<void> {
    try {
      if (this.#port.state === 'closed') throw new ChannelClosedError()
      // Checked before the schema, which may turn undefined into a default (SEND-04).
      if (data === undefined) throw new TypeError('undefined cannot be sent')
      const encoded = encode(this.#output === undefined ? data : validateOutput(this.#output, data))
      const accepted = this.#port.transmit(encoded)
      if (!isPromise(accepted)) return done
      this.#account.track(accepted)
      accepted.catch((error: unknown) => this.#account.refused('send', error))
      return accepted
    } catch (error) {
      this.#account.refused('send', error)
      return rejected(error)
    }
  }

  close(): Promise<void> {
    try {
      const closed = this.#port.hangUp()
      if (!isPromise(closed)) return done
      this.#account.track(closed)
      return tolerate(closed)
    } catch (error) {
      return rejected(error)
    }
  }
}

/** A handler's access to the session of its connection. */
export class SessionHandle implements SessionAccess {
  readonly #port: ChannelPort
  readonly #account: Account
  /** This handler's own last write: it is what `get` gives, whatever others stored since (AUTH-05). */
  #own: { session: unknown } | undefined

  constructor(port: ChannelPort, account: Account) {
    this.#port = port
    this.#account = account
  }

  async get(): Promise<unknown> {
    return this.read(true)
  }

  set(session: unknown): Promise<void> {
    try {
      const copy = jsonCopy(session)
      // Null would be a session that looks like none: whoever means to end a session has `clear`.
      if (copy === null) throw new TypeError('a session cannot be null; clear() ends one')
      return this.#write(copy)
    } catch (error) {
      this.#account.refused('userSession.set', error)
      return rejected(error)
    }
  }

  clear(): Promise<void> {
    return this.#write(undefined)
  }

  /** What authorisation goes by: `get` without the promise where none is needed. */
  read(again = false): unknown {
    return this.#own === undefined ? this.#port.readSession(again) : copyJson(this.#own.session)
  }

  #write(session: unknown): Promise<void> {
    try {
      const written = this.#port.writeSession(session)
      this.#own = { session }
      if (!isPromise(written)) return done
      this.#account.track(written)
      written.catch((error: unknown) => this.#account.refused('a session write', error))
      return written
    } catch (error) {
      this.#account.refused('a session write', error)
      return rejected(error)
    }
  }
}
