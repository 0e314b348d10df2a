/**
 * The plainest system of which everything is a task: main's handlers over one map of topics, each request of a subscribe
 * and of a close a task of its own. The simulated tier's own tests run on it, so that they stand on no adapter.
 */
import type { ClientListener, Dial } from '../../../spec/dial.ts'
import type { ProbeFunction } from '../../../spec/probe/api.ts'
import type { Simulation } from '../../../spec/simulation.ts'
import type { Probe, System } from '../../../spec/system.ts'

/** Ways in which it can be wrong. */
export interface FakeFaults {
  /** A subscribe does not look again once it has entered the channel: a close in between is missed. */
  looksOnce?: boolean
  /** Messages are never handled. */
  hangs?: boolean
}

interface Wiring {
  route: string
  onConnect?: ProbeFunction
  onDisconnect?: ProbeFunction
  onMessageWiring?: Record<string, Record<string, { func: ProbeFunction }>>
}

const func = (of: ProbeFunction | { func: ProbeFunction }): ProbeFunction => (typeof of === 'function' ? of : of.func)

/** Makes the system, with these faults. */
export function fakeSystem(faults: FakeFaults = {}): System {
  return {
    name: 'fake',
    capabilities: [],
    start: () => Promise.reject(new Error('it is only ever simulated')),
    async simulate(probe, _options, simulation) {
      const fake = new Fake(probe, simulation, faults)
      return {
        url: 'ws://fake',
        hub: { publish: (topic, excludeId, payload) => fake.publish(topic, excludeId, payload, 'host') },
        dial: fake.dial,
        residue: async () => {
          await simulation.wait(1, 'a look at what is left')
          return fake.residue()
        },
        stop: async () => {},
      }
    },
  }
}

class Fake {
  readonly #routes = new Map<string, Wiring>()
  readonly #topics = new Map<string, Set<string>>()
  readonly #clients = new Map<string, ClientListener>()
  readonly #probe: Probe
  readonly #simulation: Simulation
  readonly #faults: FakeFaults
  #connections = 0

  constructor(probe: Probe, simulation: Simulation, faults: FakeFaults) {
    this.#probe = probe
    this.#simulation = simulation
    this.#faults = faults
    probe.wire({
      wireChannel: (wiring: Wiring) => this.#routes.set(wiring.route, wiring),
      pikkuFunc: func,
      pikkuChannelFunc: func,
      pikkuChannelConnectionFunc: func,
      pikkuChannelDisconnectionFunc: func,
      PublicError: Error,
      UnauthorizedError: Error,
      ForbiddenError: Error,
    } as never)
  }

  residue() {
    const subscriptions = [...this.#topics].flatMap(([topic, ids]) => [...ids].map((id): [string, string] => [topic, id]))
    return { channels: [...this.#clients.keys()], subscriptions }
  }

  readonly dial: Dial = (url, _protocols, listener) => {
    const { pathname, searchParams } = new URL(url)
    const wiring = this.#routes.get(pathname)
    const id = `channel ${++this.#connections}`
    const openingData = Object.fromEntries(searchParams)
    const services: object = this.#services(id, openingData, () => wiring?.onDisconnect?.(services as never, openingData))
    void this.#task('connect', id, async () => {
      this.#clients.set(id, listener)
      await wiring?.onConnect?.(services as never, openingData)
      listener.open('')
    })
    const end = (): void =>
      void this.#task('end', id, () => this.#close(id, () => wiring?.onDisconnect?.(services as never, openingData)))
    let messages = 0
    return {
      send: (data) => {
        if (this.#faults.hangs !== true && 'text' in data)
          void this.#task('message', `${id}, message ${++messages}`, () => this.#handle(wiring, services, data.text, listener))
      },
      close: end,
      vanish: end,
      write: end,
      pause: () => {},
      resume: () => {},
    }
  }

  async publish(topic: string, excludeId: string | null, payload: unknown, by: string): Promise<void> {
    const ids = await this.#task('list', by, () => [...(this.#topics.get(topic) ?? [])])
    for (const id of ids) {
      if (id !== excludeId) await this.#task('post', by, () => this.#clients.get(id)?.receive({ text: JSON.stringify(payload) }))
    }
  }

  #task<T>(name: string, by: string, make: () => T | Promise<T>): Promise<T> {
    return this.#simulation.task(name, make, { by, patience: 1_000 })
  }

  #services(id: string, openingData: object, onDisconnect: () => unknown): object {
    const by = `${id}'s handler`
    const channel = {
      channelId: id,
      openingData,
      state: 'open',
      send: (value: unknown) => this.#task('send', by, () => this.#clients.get(id)?.receive({ text: JSON.stringify(value) })),
      close: () => this.#close(id, onDisconnect),
    }
    const eventHub = {
      subscribe: (topic: string, who: string) => this.#subscribe(topic, who, by),
      unsubscribe: (topic: string, who: string) => this.#task('leave', by, () => void this.#topics.get(topic)?.delete(who)),
      publish: (topic: string, excludeId: string | null, payload: unknown) => this.publish(topic, excludeId, payload, by),
    }
    const userSession = { get: async () => undefined, set: async () => {}, clear: async () => {} }
    return { ...this.#probe.singletonServices, channel, eventHub, userSession }
  }

  async #subscribe(topic: string, who: string, by: string): Promise<void> {
    const live = (): Promise<boolean> => this.#task('look', by, () => this.#clients.has(who))
    if (!(await live())) return
    await this.#task('enter', by, () => void this.#topics.set(topic, (this.#topics.get(topic) ?? new Set()).add(who)))
    if (this.#faults.looksOnce === true || (await live())) return
    await this.#task('take back', by, () => void this.#topics.get(topic)?.delete(who))
  }

  async #close(id: string, onDisconnect: () => unknown): Promise<void> {
    const listener = this.#clients.get(id)
    this.#clients.delete(id)
    listener?.closed(1000, '')
    await this.#task('clear', `${id}'s end`, () => {
      for (const ids of this.#topics.values()) ids.delete(id)
    })
    if (listener !== undefined) await onDisconnect()
  }

  async #handle(wiring: Wiring | undefined, services: object, text: string, listener: ClientListener): Promise<void> {
    const { action, ...rest } = JSON.parse(text) as Record<string, unknown>
    const result = await wiring?.onMessageWiring?.action?.[action as string]?.func(services as never, rest)
    listener.receive({ text: JSON.stringify({ ...(result as object | undefined), action }) })
  }
}
