/**
 * A project in TypeScript that uses every entry point of the package, to be compiled against its declarations. Each
 * `@ts-expect-error` is an error itself where a declaration has come to nothing (`any`). Nothing here runs.
 */
import { type Card, type ConformanceResult, conform, type Program, runConformance, type System } from 'channel-conformance'
import { createDynamoDBServerless, createLambdaHandler } from 'channel-conformance/dynamodb-serverless'
import { createMemoryServerless, MemoryChannelStore, MemoryEventHubStore } from 'channel-conformance/memory-serverless'
import { createApplication, interfaceOf, pikkuChannelFunc } from 'channel-conformance/runtime'
import { defaultApplication, wireChannel } from 'channel-conformance/runtime/channel'
import { createServerless, type Ports, type Serverless } from 'channel-conformance/serverless'
import { type Requirement, requirements } from 'channel-conformance/spec'
import { conformStores, type StoreSystem, testStores } from 'channel-conformance/stores'
import * as uws from 'channel-conformance/uws'
import { testConformance } from 'channel-conformance/vitest'
import { capabilities, createHub, serveWs } from 'channel-conformance/ws'
import { describe, it } from 'vitest'

export const system: System = {
  name: 'consumer',
  capabilities,
  async start(probe, { host, port, deadlines, beforeListen }) {
    const application = createApplication()
    probe.wire(interfaceOf(application))
    const { singletonServices, createSessionServices } = probe
    const hub = createHub(singletonServices.logger)
    await beforeListen?.(hub)
    const handlerDeadline: number | undefined = deadlines?.handler
    const server = await serveWs({ application, singletonServices, createSessionServices, hub, host, port, handlerDeadline })
    return { url: server.url, hub, residue: async () => server.residue(), stop: () => server.stop() }
  },
}
// @ts-expect-error no such capability
export const boastful: System = { ...system, capabilities: ['telepathy'] }
// @ts-expect-error a system is started
export const idle: System = { name: 'idle', capabilities: [] }

export async function judged(): Promise<string[]> {
  const result: ConformanceResult = await conform(system, {
    seed: 1,
    onCard: (card: Card, path) => void [card.requirement.length, path?.length],
  })
  // @ts-expect-error a seed is a number
  await conform(system, { seed: '1' })
  return result.systems.flatMap(({ requirements }) => requirements.map(({ id, verdict }) => `${id} ${verdict}`))
}
export const steps = ({ prefix, phases }: Program): number => prefix.length + phases.length
export const titles: string[] = requirements.map(({ id, title }: Requirement) => `${id} ${title}`)
// @ts-expect-error a level is must or should
export const required = requirements.filter(({ level }) => level === 'shall')

testConformance(system, { only: 'PUB-02', timeout: 1_000 })
// @ts-expect-error no such option
testConformance(system, { onely: 'PUB-02' })
runConformance(system, { describe, it }, { runs: 1 })
// @ts-expect-error a runner has `it`
runConformance(system, { describe })

declare const stores: StoreSystem
testStores(stores, { describe, it }, { seed: 1 })
export const kept = async (): Promise<string[]> => (await conformStores(stores)).systems.map(({ name }) => name)
// @ts-expect-error a store system is opened
testStores({ name: 'closed' }, { describe, it })

wireChannel({
  name: 'echo',
  route: '/echo',
  auth: false,
  onMessage: pikkuChannelFunc<{ text: string }, { text: string }>(async (_services, { text }) => ({ text })),
})
// @ts-expect-error not what it sends
pikkuChannelFunc<{ text: string }, { text: string }>(async (_services, { text }) => ({ text: text.length }))

export const served = () => uws.serveUws({ application: defaultApplication, port: 0 })
// @ts-expect-error a port is a number
export const unserved = () => uws.serveUws({ port: '0' })

declare const ports: Ports
export const handlers: Serverless = createServerless(ports, { application: defaultApplication })
// @ts-expect-error ports are four and a clock
createServerless({}, { application: defaultApplication })
const settings = { now: Date.now, request: <T>(_request: unknown, make: () => Promise<T>): Promise<T> => make() }
export const inMemory = createMemoryServerless({
  ...ports,
  application: { application: defaultApplication },
  channels: new MemoryChannelStore(settings),
  topics: new MemoryEventHubStore(settings),
})
// @ts-expect-error a topic store is no channel store
export const swapped: Ports['channels'] = new MemoryEventHubStore(settings)

type AwsOptions = Parameters<typeof createLambdaHandler>[0]
declare const aws: AwsOptions
export const handler = createLambdaHandler({ ...aws, table: 'channels' })
export const sweeping: Serverless = createDynamoDBServerless(aws)
// @ts-expect-error a table has a name
createLambdaHandler({ ...aws, table: 1 })
