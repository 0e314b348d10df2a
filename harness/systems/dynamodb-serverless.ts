/**
 * The dynamodb-serverless adapter as a system under test: a DynamoDB engine behind it, the emulated gateway before it.
 * `CHANNEL_CONFORMANCE_WORKERS` spreads its invocations over so many processes, of which about every
 * `CHANNEL_CONFORMANCE_KILL_EVERY` invocations one is killed.
 */

import { randomUUID } from 'node:crypto'
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb'
import { capabilities, channelIdOf, createTable } from '../../adapters/dynamodb-serverless/index.ts'
import type { StartOptions, System } from '../../spec/system.ts'
import { engineName } from '../engines/engine.ts'
import { sharedEngine } from '../engines/shared.ts'
import { ConnectionsApi, Front, inProcess, Platform, SteppedClock, Workers } from '../gateway/index.ts'
import type { InvocationRequests } from '../serverless/requests.ts'
import { clientOf, hostDynamoDB } from './dynamodb-host.ts'
import { TableResidue } from './dynamodb-residue.ts'
import { dynamodbStores } from './dynamodb-stores.ts'
import type { FaultAnswer, NextFault, Reported } from './dynamodb-worker.ts'

/** A whole number in the environment; `absent` where there is none. @throws Error for anything else */
function numberIn(name: string, absent: number): number {
  const text = process.env[name] ?? ''
  if (text === '') return absent
  if (!/^\d{1,4}$/.test(text)) throw new Error(`${name} is ${JSON.stringify(text)}: expected a whole number`)
  return Number(text)
}

/** The Lambda handler over API Gateway and DynamoDB; every invocation is served by a handler that has seen nothing before. */
export const dynamodbServerless: System = {
  name: 'dynamodb-serverless',
  capabilities,
  stores: dynamodbStores(sharedEngine),
  async start(probe, { host, port, relay, variant, workers: count, beforeListen }) {
    const opened = await sharedEngine()
    const table = `channels-${randomUUID()}`
    const clock = new SteppedClock()
    const client = clientOf(opened.endpoint)
    await createTable(client, table)
    const residue = new TableResidue(client, table)
    const api = await ConnectionsApi.listen(host)
    const settings = { engine: opened.endpoint, table, base: api.base }
    const defer = async (channelId: string): Promise<void> => platform.defer(channelId)
    const own = hostDynamoDB({ ...{ probe, clock, settings, defer }, written: (pk, done) => residue.written(pk, done) })
    const workers = await startWorkers({ count, settings, variant, relay, clock, defer, residue, requests: own.requests })
    const platform = new Platform({
      routes: own.routes,
      invoker: workers ?? inProcess(own.handle),
      channelIdOf,
      note: relay?.note ?? (() => {}),
      clock: {
        now: () => clock.now(),
        advance: async (milliseconds) => {
          clock.advance(milliseconds)
          await workers?.advance(milliseconds)
        },
      },
      base: api.base,
      stores: (fault, times) => {
        own.requests.fail(fault, times)
        workers?.tell('faulty')
      },
    })
    api.serve(platform.management)
    await beforeListen?.(own.outside.eventHub)
    const front = await Front.listen(platform, host, port)
    let left: ReturnType<TableResidue['read']> | undefined
    return {
      url: front.url,
      hub: own.outside.eventHub,
      engine: engineName(opened),
      idle: async () => {
        await own.outside.settle()
        await front.idle()
      },
      platform: (command) => platform.command(command),
      residue: () => left ?? residue.read(),
      ...(workers === undefined ? {} : { gate: (name: string) => front.quiet().then(() => workers.openGate(name)) }),
      stop: async () => {
        await front.stop()
        await platform.idle()
        clock.stop()
        await workers?.stop()
        await api.stop()
        // What is left can still be asked for, and no table stays in an engine that is somebody's.
        left = residue.read()
        await left
        await client.send(new DeleteTableCommand({ TableName: table }))
        own.end()
        client.destroy()
      },
    }
  },
}

/** The workers, where they are asked for. */
async function startWorkers(given: {
  count: number | undefined
  settings: object
  variant: string | undefined
  relay: StartOptions['relay']
  clock: SteppedClock
  defer(channelId: string): Promise<void>
  residue: TableResidue
  requests: InvocationRequests
}): Promise<Workers | undefined> {
  const count = given.count ?? numberIn('CHANNEL_CONFORMANCE_WORKERS', 1)
  const killEvery = numberIn('CHANNEL_CONFORMANCE_KILL_EVERY', 0)
  if (count <= 1 && killEvery === 0) return undefined
  const { settings, variant, relay, clock, defer, residue, requests } = given
  return Workers.start({
    module: new URL(`./dynamodb-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url).href,
    ...{ count, settings, variant, capabilities, clock, defer },
    seed: numberIn('CHANNEL_CONFORMANCE_WORKERS_SEED', 1),
    ...(killEvery === 0 ? {} : { killEvery }),
    relay: (name, event) => relay?.relay(name, event),
    gate: (name) => relay?.opened(name),
    heard: (report) => {
      const { written, done } = report as Reported
      residue.written(written, done)
    },
    answer: async (question): Promise<FaultAnswer> => {
      const fault = requests.takeFault((question as NextFault).batch)
      return { fault, left: requests.faulty }
    },
  })
}

export default dynamodbServerless
