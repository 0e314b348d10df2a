/** Invocations for the events of connections, each with the faults its connection asks for. */
import type { PlatformEvent } from '../../spec/platform.ts'
import type { Connection } from './connection.ts'
import type { InvokeAnswer } from './invocation.ts'
import type { Invocations } from './invocations.ts'
import type { ProxyEvent } from './lambda-events.ts'

type ConnectionEvent = 'connect' | 'message' | 'disconnect'

/** Has events of connections handled, repeated, held back or left out. Nothing here ever rejects. */
export class ConnectionEvents {
  readonly #invocations: Invocations

  constructor(invocations: Invocations) {
    this.#invocations = invocations
  }

  /** One event, as it comes for the first time. */
  first(at: Connection, event: ConnectionEvent, payload: ProxyEvent, ending?: () => void): Promise<InvokeAnswer> {
    at.last.set(event, payload)
    const kill = at.takeKill(event)
    const pause = event === 'connect' && at.overtake !== undefined ? { pause: overtakenAfter(at), reached: at.overtake } : {}
    return this.#invocations.invoke(at, { event, payload, ...(kill && { kill }), ...pause }, ending)
  }

  /** The last event of its kind once more; nothing where none has come. */
  again(at: Connection, event: ConnectionEvent): Promise<InvokeAnswer | undefined> {
    const payload = at.last.get(event)
    if (payload === undefined) return Promise.resolve(undefined)
    return this.#invocations.invoke(at, { event, payload, repeat: true })
  }

  /** The disconnect event, once in a connection's life, as its faults will have it. */
  async disconnect(at: Connection, payload: ProxyEvent): Promise<void> {
    if (at.ended) return
    at.ended = true
    const { disconnect } = at.faults
    if (disconnect === 'lost') return
    const come = () => this.first(at, 'disconnect', payload)
    if (disconnect === 'late') at.held.push(come)
    else await this.#doubled(disconnect, come, () => this.again(at, 'disconnect'))
  }

  /** The connect event, as its faults will have it; the answer is that of the first. */
  connect(at: Connection, payload: ProxyEvent, ending: () => void): Promise<InvokeAnswer> {
    const come = () => this.first(at, 'connect', payload, ending)
    const repeat = () => this.again(at, 'connect')
    if (at.faults.connect === 'twice') {
      const first = come()
      void this.#invocations.track(repeat)
      return first
    }
    const first = come()
    if (at.faults.connect === 'again') void this.#invocations.track(() => first.then(repeat))
    return first
  }

  /** Deferred work of a channel; one that failed, or whose process was killed, comes once more, as asynchronous events do. */
  async deliver(channelId: string, at: Connection | undefined): Promise<void> {
    const come = (repeat?: true) => this.#deliverOnce(at ?? channelId, channelId, repeat)
    const whole = async () => {
      const { outcome } = await come()
      if (outcome !== 'ok') await come(true)
    }
    if (at === undefined) return whole()
    at.delivered = () => come(true)
    if (at.faults.deliver === 'late') at.held.push(whole)
    else await this.#doubled(at.faults.deliver, whole, () => come(true))
  }

  #deliverOnce(of: Connection | string, channelId: string, repeat?: true): Promise<InvokeAnswer> {
    const kill = typeof of === 'string' ? undefined : of.takeKill('deliver')
    const payload = { deliver: channelId }
    return this.#invocations.invoke(of, { event: 'deliver', payload, ...(repeat && { repeat }), ...(kill && { kill }) })
  }

  /** The scheduled event. */
  sweep(kill: ReturnType<Connection['takeKill']>): Promise<InvokeAnswer> {
    return this.#invocations.invoke(undefined, {
      event: 'sweep' satisfies PlatformEvent,
      payload: { sweep: true },
      ...(kill && { kill }),
    })
  }

  async #doubled(fault: string | undefined, come: () => Promise<unknown>, repeat: () => Promise<unknown>): Promise<void> {
    if (fault === 'twice') await Promise.all([come(), repeat()])
    else {
      await come()
      if (fault === 'again') await repeat()
    }
  }
}

/**
 * After which request of the connect its disconnect overtakes it: the first (before the record is written), the second
 * or the third. The same for a program each time, and different between programs.
 */
function overtakenAfter({ conn, step }: Connection): number {
  let sum = 0
  for (const letter of `${conn} ${step}`) sum = (sum * 31 + letter.charCodeAt(0)) % 1_000_003
  return 1 + (sum % 3)
}
