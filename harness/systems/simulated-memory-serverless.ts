/** Serverless channels in memory, simulated: platform, stores, clock and clients all as tasks of one schedule. */
import {
  createMemoryServerless,
  MemoryChannelStore,
  MemoryEventHubStore,
  type MemorySettings,
} from '../../adapters/memory-serverless/index.ts'
import { type Application, createApplication, interfaceOf } from '../../adapters/runtime/index.ts'
import type { Address, PostAnswer, Serverless } from '../../adapters/serverless/index.ts'
import type { Simulation } from '../../spec/simulation.ts'
import type { Probe, System } from '../../spec/system.ts'
import { type Invoker, inProcess, Platform } from '../gateway/index.ts'
import { answerOf, handle } from '../serverless/handle.ts'
import { SimulatedFront } from '../simulated/front.ts'
import { requestPatience } from '../simulated/patience.ts'
import { Requester, SimulatedRequests } from '../simulated/requests.ts'

/** How far the clock goes on at a time: a platform looks for connections whose time is over now and then. */
const tick = 5 * 60_000

/** How long a stop waits for what still runs, in milliseconds of the simulation. */
const stopPatience = 60_000

/** Starts the system with nothing in it but tasks of `simulation`. */
export const simulateMemoryServerless: NonNullable<System['simulate']> = async (probe, { relay, beforeListen }, simulation) => {
  const note = relay?.note ?? (() => {})
  const application = createApplication()
  probe.wire(interfaceOf(application))
  const requests = new SimulatedRequests(simulation, note)
  const { handlersOf, held } = memory(probe, application, requests, simulation, () => platform)
  const clock = {
    now: () => simulation.now(),
    advance: async (milliseconds: number) => {
      for (let left = milliseconds; left > 0; left -= tick) {
        await simulation.advance(Math.min(left, tick))
        void platform.expire()
      }
    },
  }
  const platform: Platform = new Platform({
    routes: [...application.channels()].map(({ route }) => route),
    invoker: goingOn(
      inProcess(async (invocation, guard) => {
        const { event, invocation: number } = invocation
        const requester = new Requester(`${event} ${number}`, number, guard)
        return { ...(await handle(handlersOf(requester), invocation)), requests: requester.counts }
      }),
    ),
    channelIdOf: ({ apiId, stage, connectionId }) => `${apiId}/${stage}/${connectionId}`,
    note,
    clock,
    slow: () => simulation.task('a message that is late', () => undefined, { by: 'platform', patience: requestPatience }),
    stores: (fault, times) => simulation.task(`stores: ${fault}`, () => requests.fail(fault, times), { by: 'program' }),
  })
  const front = new SimulatedFront(platform, simulation)
  const host = handlersOf(new Requester('host'))
  await beforeListen?.(host.eventHub)
  return {
    url: 'ws://simulated',
    hub: host.eventHub,
    dial: front.dial,
    idle: async () => {
      await front.idle()
      await host.settle()
    },
    platform: (command) => platform.command(command),
    residue: async () => {
      // What is still to be cleaned up is: a look is a wait of its own.
      await simulation.wait(1, 'a look at what is left')
      return held()
    },
    stop: async () => {
      platform.closeAll()
      await Promise.race([platform.idle(), simulation.wait(stopPatience, 'the stop')])
    },
  }
}

/** A connect does not wait for the disconnect that overtakes it: the schedule says how far that comes meanwhile. */
const goingOn = (invoker: Invoker): Invoker => ({
  ...invoker,
  invoke: ({ reached, ...invocation }) =>
    invoker.invoke(reached === undefined ? invocation : { ...invocation, reached: async () => void reached() }),
})

/** The stores, and handlers over them for one requester after another. */
function memory(
  probe: Probe,
  application: Application,
  requests: SimulatedRequests,
  simulation: Simulation,
  platform: () => Platform,
) {
  const now = (): number => simulation.now()
  const settingsOf = (of: Requester): MemorySettings => ({
    now,
    request: (request, make) => requests.store(of, request, make),
    page: 2,
  })
  const nobody = settingsOf(new Requester('nobody'))
  const channels = new MemoryChannelStore(nobody)
  const topics = new MemoryEventHubStore(nobody)
  let tokens = 0
  const ask = (of: Requester, name: 'post' | 'close', { channelId, endpoint }: Address, text?: string): Promise<PostAnswer> =>
    requests.gateway(of, `${name} ${channelId}`, () => {
      const { invocation } = of
      const told = { channelId, ...(invocation !== undefined && { invocation }) }
      const { management } = platform()
      const connectionId = channelId.slice(channelId.lastIndexOf('/') + 1)
      const status =
        text === undefined ? management.close(connectionId, endpoint, told) : management.post(connectionId, endpoint, text, told)
      return answerOf(status)
    })
  const handlersOf = (of: Requester): Serverless =>
    createMemoryServerless({
      channels: new MemoryChannelStore(settingsOf(of), channels),
      topics: new MemoryEventHubStore(settingsOf(of), topics),
      gateway: { post: (address, text) => ask(of, 'post', address, text), close: (address) => ask(of, 'close', address) },
      defer: (channelId) => requests.gateway(of, `defer ${channelId}`, () => void platform().defer(channelId)),
      clock: { now, wait: (milliseconds) => simulation.wait(milliseconds, `${of.by} waits`, of.by) },
      token: () => `t${++tokens}`,
      // Wired once: nothing of an application changes, and each event has handlers that have seen nothing before.
      application: {
        application,
        singletonServices: probe.singletonServices,
        createSessionServices: (singletons, event) => probe.createSessionServices(singletons, event),
      },
    })()
  const held = () => ({ channels: [...new Set([...channels.held(), ...channels.scheduled()])], subscriptions: topics.held() })
  return { handlersOf, held }
}
