/** One event from its services to its reply: middleware, authorisation, validation, the handler, encoding, disposal. */
import type { EventKind, HandlerServices, MiddlewareEvent } from '../../spec/application.ts'
import { ChannelClosedError, PayloadTooLargeError, PublicError, UnauthorizedError } from '../../spec/errors.ts'
import type { Handler } from './compile.ts'
import { disposeServices, isDisposable } from './dispose.ts'
import { type Encoded, encode, encodeError, encodeRouted } from './encode.ts'
import { ChannelHandle, SessionHandle } from './handles.ts'
import { HubFacade } from './hub-facade.ts'
import { reasonOf, report } from './logger.ts'
import { runMiddleware } from './middleware.ts'
import type { Account, ChannelPort } from './ports.ts'
import { isPromise } from './promises.ts'
import { validate, validateOutput } from './schema.ts'

/** What an error reply to a message carries of its route: the first declared key it holds, and the value. */
export type HeldRoute = { key: string; value: string } | undefined

/** One event of one connection that has a handler. */
export class Invocation implements Account {
  readonly #port: ChannelPort
  readonly #kind: EventKind
  readonly #handler: Handler
  readonly #data: unknown
  readonly #held: HeldRoute
  readonly #session: SessionHandle
  #pending = 0
  #accounting = true
  #settled: (() => void) | undefined

  /** @param held what an error reply carries of the message's route; messages only */
  constructor(port: ChannelPort, kind: EventKind, handler: Handler, data: unknown, held: HeldRoute) {
    this.#port = port
    this.#kind = kind
    this.#handler = handler
    this.#data = data
    this.#held = held
    this.#session = new SessionHandle(port, this)
  }

  /** Runs the event; resolves once it has settled, to whether its handler succeeded. Never rejects. */
  async run(): Promise<boolean> {
    let made: object | undefined
    let succeeded = true
    let reply: Encoded | undefined
    try {
      const making = this.#make()
      made = (isPromise(making) ? await making : making) as object | undefined
      const running = this.#around(this.#services(made))
      const result = isPromise(running) ? await running : running
      reply = this.#kind === 'disconnect' ? undefined : this.#encode(result)
    } catch (error) {
      succeeded = false
      this.#port.failed?.(error)
      this.#log(error)
      reply = this.#kind === 'message' ? this.#errorReply(error) : undefined
    }
    if (reply !== undefined) this.#transmit(reply)
    if (this.#pending > 0) await new Promise<void>((resolve) => (this.#settled = resolve))
    this.#accounting = false
    if (made !== undefined && isDisposable(made)) {
      await disposeServices(made, this.#port.environment.singletons, (error) => this.#warn('disposing of services failed', error))
    }
    return succeeded
  }

  track(pending: Promise<unknown>): void {
    // Calls made after the handler has settled are nobody's to wait for (LIFE-21).
    if (!this.#accounting) return
    this.#pending++
    const over = (): void => {
      if (--this.#pending === 0) this.#settled?.()
    }
    pending.then(over, over)
  }

  refused(call: string, error: unknown): void {
    // A client that has gone is the ordinary end of a connection, not something to warn of.
    if (!(error instanceof ChannelClosedError)) this.#warn(`${call} refused`, error)
  }

  #make(): unknown {
    if (this.#port.environment.createSessionServices === undefined) return undefined
    const session = this.#session.read()
    return isPromise(session) ? session.then((read) => this.#makeWith(read)) : this.#makeWith(session)
  }

  #makeWith(session: unknown): unknown {
    const { createSessionServices, singletons } = this.#port.environment
    return createSessionServices?.(singletons, { kind: this.#kind, channelId: this.#port.channelId, session })
  }

  #services(made: object | undefined): HandlerServices {
    // A second spread in this literal would cost as much as everything else the runtime does for a message.
    const services: Record<string, unknown> = { ...this.#port.environment.template }
    if (made !== undefined) Object.assign(services, made)
    services.channel = new ChannelHandle(this.#port, this, this.#handler.output)
    services.eventHub = new HubFacade(this.#port.hub, this)
    services.userSession = this.#session
    return services as unknown as HandlerServices
  }

  #around(services: HandlerServices): unknown {
    const { middleware } = this.#port.channel
    if (middleware.length === 0) return this.#authorise(services)
    const event: MiddlewareEvent = { kind: this.#kind, data: this.#data, action: this.#handler.tag?.action }
    return runMiddleware(middleware, services, event, () => this.#authorise(services))
  }

  // Authorisation comes before validation, so that the unauthorised learn nothing of what is valid (AUTH-09).
  #authorise(services: HandlerServices): unknown {
    const session = this.#session.read()
    return isPromise(session) ? session.then((read) => this.#check(services, read)) : this.#check(services, session)
  }

  #check(services: HandlerServices, session: unknown): unknown {
    const handler = this.#handler
    if (handler.requiresSession && session === undefined) throw new UnauthorizedError()
    if (handler.input === undefined) return handler.func(services, this.#data, session)
    const data = validate(handler.input, this.#data)
    return isPromise(data) ? data.then((value) => handler.func(services, value, session)) : handler.func(services, data, session)
  }

  /** The reply to what was returned; where that cannot be sent, the reply that says no more than that (SEND-11, SEND-13). */
  #encode(result: unknown): Encoded | undefined {
    const { tag, output } = this.#handler
    if (result === undefined && tag === undefined) return undefined
    try {
      const value = output === undefined || result === undefined ? result : validateOutput(output, result)
      return tag === undefined ? encode(value) : encodeRouted(value, tag)
    } catch (error) {
      this.#warn('a returned value cannot be sent', error, 'error')
      return encodeError(undefined, this.#held)
    }
  }

  #errorReply(error: unknown): string {
    try {
      return encodeError(error, this.#held)
    } catch {
      return encodeError(undefined, this.#held)
    }
  }

  #transmit(reply: Encoded, last = false): void {
    // Nobody is left to read it (LIFE-14).
    if (this.#port.state === 'closed') return
    try {
      const accepted = this.#port.transmit(reply)
      if (isPromise(accepted)) this.track(accepted.catch((error: unknown) => this.#replyRefused(error, last)))
    } catch (error) {
      this.#replyRefused(error, last)
    }
  }

  #replyRefused(error: unknown, last: boolean): void {
    if (error instanceof ChannelClosedError) return
    this.#warn('a reply could not be sent', error)
    if (error instanceof PayloadTooLargeError && !last) this.#transmit(encodeError(error, this.#held), true)
    // Bytes where only text can be sent: a value that has no encoding there (SEND-11).
    else if (error instanceof TypeError && !last) this.#transmit(encodeError(undefined, this.#held), true)
  }

  #log(error: unknown): void {
    // A public error is an answer, not a failure; its message may quote what the client sent, so the name must do (SEND-15).
    if (error instanceof PublicError) this.#warn('refused', error.name)
    else if (this.#port.state === 'closed' && error instanceof ChannelClosedError) return
    else this.#warn('handler failed', error, 'error')
  }

  #warn(message: string, error: unknown, level: 'warn' | 'error' = 'warn'): void {
    const { channel, channelId, environment } = this.#port
    const details = { channel: channel.name, channelId, event: this.#kind, action: this.#handler.tag?.action }
    const reason = typeof error === 'string' ? { reason: error } : { reason: reasonOf(error), error }
    report(environment.logger, level, `channel: ${message}`, { ...details, ...reason })
  }
}
