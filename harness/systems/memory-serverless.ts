/** The memory-serverless adapter as a system under test, behind the emulated gateway. */
import {
  capabilities,
  createMemoryServerless,
  MemoryChannelStore,
  MemoryEventHubStore,
} from '../../adapters/memory-serverless/index.ts'
import { createApplication, interfaceOf } from '../../adapters/runtime/index.ts'
import type { Address } from '../../adapters/serverless/index.ts'
import type { System } from '../../spec/system.ts'
import { Front, inProcess, Platform, SteppedClock, turns } from '../gateway/index.ts'
import { answerOf, handle } from '../serverless/handle.ts'
import { InvocationRequests } from '../serverless/requests.ts'
import { memoryStores } from './memory-stores.ts'
import { simulateMemoryServerless } from './simulated-memory-serverless.ts'

/** Serverless channels over maps; every invocation is served by handlers that have seen nothing before. */
export const memoryServerless: System = {
  name: 'memory-serverless',
  capabilities,
  stores: memoryStores,
  simulate: simulateMemoryServerless,
  async start(probe, { host, port, relay, beforeListen }) {
    const clock = new SteppedClock()
    const requests = new InvocationRequests()
    const settings = { now: () => clock.now(), request: requests.store }
    const channels = new MemoryChannelStore(settings)
    const topics = new MemoryEventHubStore(settings)
    const answered = async (address: Address, text?: string) => {
      const { channelId, endpoint } = address
      const { invocation } = requests
      const told = { channelId, ...(invocation !== undefined && { invocation }) }
      const begun = platform.management.begin(connectionIdOf(address), endpoint, text, told)
      // Others come meanwhile, as they would on a way that takes its time.
      await turns(begun.turns)
      return answerOf(begun.answer())
    }
    const application = createApplication()
    probe.wire(interfaceOf(application))
    const { singletonServices, createSessionServices } = probe
    const handlers = createMemoryServerless({
      ...{ channels, topics, clock },
      gateway: {
        post: (address, text) => requests.other('post', () => answered(address, text)),
        close: (address) => requests.other('close', () => answered(address)),
      },
      defer: (channelId) => requests.other('defer', () => void platform.defer(channelId)),
      application: {
        application,
        singletonServices,
        createSessionServices: (singletons, event) => createSessionServices(singletons, event),
      },
      forget: true,
    })
    const platform = new Platform({
      routes: [...application.channels()].map(({ route }) => route),
      invoker: inProcess((invocation, guard) => requests.run(invocation, guard, () => handle(handlers(), invocation))),
      channelIdOf: ({ apiId, stage, connectionId }) => `${apiId}/${stage}/${connectionId}`,
      note: relay?.note ?? (() => {}),
      clock,
      stores: (fault, times) => requests.fail(fault, times),
    })
    const outside = handlers()
    const hub = outside.eventHub
    await beforeListen?.(hub)
    const front = await Front.listen(platform, host, port)
    return {
      url: front.url,
      hub,
      idle: async () => {
        await outside.settle()
        await front.idle()
      },
      platform: (command) => platform.command(command),
      residue: async () => ({
        channels: [...new Set([...channels.held(), ...channels.scheduled()])],
        subscriptions: topics.held(),
      }),
      stop: async () => {
        await front.stop()
        clock.stop()
      },
    }
  },
}

const connectionIdOf = ({ channelId }: Address): string => channelId.slice(channelId.lastIndexOf('/') + 1)

export default memoryServerless
