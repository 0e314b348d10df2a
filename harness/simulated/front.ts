/** Clients of a platform without sockets: what crosses the network is a task, in order for each connection and direction. */
import type { ClientListener, ClientSocket, Dial } from '../../spec/dial.ts'
import type { Wire } from '../../spec/history.ts'
import type { Simulation } from '../../spec/simulation.ts'
import { fromHex } from '../../spec/values.ts'
import { type ClientEnd, limits, type Platform } from '../gateway/index.ts'
import { requestPatience } from './patience.ts'

/** The front of a simulated platform. */
export class SimulatedFront {
  readonly #platform: Platform
  readonly #simulation: Simulation
  /** What clients have sent and the platform has not taken up. */
  #underWay = 0
  #connections = 0

  constructor(platform: Platform, simulation: Simulation) {
    this.#platform = platform
    this.#simulation = simulation
  }

  /** Opens a connection to the API of the address's path. */
  readonly dial: Dial = (url, protocols, listener) => {
    const name = `connection ${++this.#connections}`
    const end = new SimulatedEnd(listener, (what, arrive) => this.#send(`${what} of ${name}`, name, arrive), this.#platform)
    const { pathname, search } = new URL(url)
    const headers = protocols.length === 0 ? [] : [['Sec-WebSocket-Protocol', protocols.join(', ')] as const]
    this.#send(`handshake of ${name}`, name, () => void this.#connect(pathname, search.slice(1), headers, end))
    return end
  }

  /** Resolves once all that clients have sent was taken up, and every invocation it led to has returned. */
  async idle(): Promise<void> {
    do {
      await this.#platform.idle()
      // What is still on its way arrives before time goes on.
      if (this.#underWay > 0) await this.#simulation.wait(0, 'what clients have sent to arrive', 'program')
    } while (this.#underWay > 0)
    await this.#platform.idle()
  }

  async #connect(
    route: string,
    query: string,
    headers: readonly (readonly [string, string])[],
    end: SimulatedEnd,
  ): Promise<void> {
    // The platform's own limit: a connect that takes longer is refused, whatever it answers later.
    const tooLong = this.#simulation.wait(limits.integration + 1, 'the connect limit')
    void tooLong.then(() => this.#platform.expire())
    const { status } = await this.#platform.connect({ route, query, headers, client: end })
    end.answered(status)
  }

  #send(what: string, by: string, arrive: () => void): void {
    this.#underWay++
    const arrived = (): void => {
      this.#underWay--
      arrive()
    }
    void this.#simulation.task(what, arrived, { by, patience: requestPatience })
  }
}

/** Both ends of one connection. */
class SimulatedEnd implements ClientEnd, ClientSocket {
  readonly #listener: ClientListener
  readonly #platform: Platform
  readonly #carry: (what: string, arrive: () => void) => void
  #state: 'connecting' | 'open' | 'closed' = 'connecting'
  /** What is on its way to the platform, the first already a task: the rest follows in order. */
  #way: [what: string, arrive: () => void][] = []
  /** What a client that has stopped reading has not read. */
  #unread: (() => void)[] | undefined

  constructor(listener: ClientListener, carry: (what: string, arrive: () => void) => void, platform: Platform) {
    this.#listener = listener
    this.#carry = carry
    this.#platform = platform
  }

  /** The handshake is answered; one that was accepted is open by now. */
  answered(status: number): void {
    if (this.#state !== 'connecting') return
    this.#state = 'closed'
    this.#listener.refused(status === 0 ? null : status)
  }

  opened(protocol: string | undefined): void {
    if (this.#state !== 'connecting') return
    this.#state = 'open'
    this.#listener.open(protocol ?? '')
  }

  /** Both a client's sending (a message as the kit writes it) and the platform's (a text). */
  send(data: string | Wire): void {
    if (this.#state !== 'open') return
    if (typeof data === 'string') this.#read(() => this.#listener.receive({ text: data }))
    else {
      const payload = 'text' in data ? data.text : fromHex(data.hex)
      this.#toPlatform('message', () => this.#platform.receive(this, payload))
    }
  }

  /** With a code the platform closes, without one the client does. */
  close(code?: number, reason = ''): void {
    if (code !== undefined) return this.#read(() => this.#end(code, reason))
    if (this.#state === 'connecting') return this.vanish()
    if (this.#state !== 'open') return
    this.#toPlatform('close', () => {
      this.#platform.left(this, 1000)
      this.#end(1000, '')
    })
  }

  vanish(): void {
    if (this.#state === 'closed') return
    if (this.#state === 'connecting') {
      this.#state = 'closed'
      queueMicrotask(() => this.#listener.refused(null))
    } else queueMicrotask(() => this.#end(1006, ''))
    this.#toPlatform('end', () => this.#platform.left(this))
  }

  /** Whatever it is, it breaks the protocol. */
  write(): void {
    if (this.#state !== 'open') return
    this.#toPlatform('broken frame', () => {
      this.#platform.left(this, 1002)
      this.#end(1002, '')
    })
  }

  pause(): void {
    this.#unread ??= []
  }

  resume(): void {
    const unread = this.#unread ?? []
    this.#unread = undefined
    for (const read of unread) read()
  }

  #read(read: () => void): void {
    if (this.#unread === undefined) read()
    else this.#unread.push(read)
  }

  #end(code: number, reason: string): void {
    if (this.#state !== 'open') return
    this.#state = 'closed'
    this.#listener.closed(code, reason)
  }

  #toPlatform(what: string, arrive: () => void): void {
    this.#way.push([what, arrive])
    if (this.#way.length === 1) this.#goOn()
  }

  #goOn(): void {
    const [next] = this.#way
    if (next === undefined) return
    this.#carry(next[0], () => {
      next[1]()
      this.#way.shift()
      this.#goOn()
    })
  }
}
