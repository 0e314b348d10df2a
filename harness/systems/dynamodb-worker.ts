/** The DynamoDB adapter in a worker process. */

import type { WorkerModule } from '../gateway/index.ts'
import type { StoreFault } from '../serverless/requests.ts'
import { type HostSettings, hostDynamoDB } from './dynamodb-host.ts'

/** What workers tell the platform's process by a question, so that it has arrived before they are killed. */
export type Told = { written: string }

/** What workers are told. */
export type ToldWorkers = { fault: StoreFault; times: number }

const worker: WorkerModule = ({ probe, clock, settings, defer, ask, told }) => {
  const host = hostDynamoDB({
    ...{ probe, clock, defer },
    settings: settings as HostSettings,
    written: (written) => void ask({ written } satisfies Told).catch(() => {}),
  })
  told((message) => {
    const { fault, times } = message as ToldWorkers
    host.requests.fail(fault, times)
  })
  return host.handle
}

export default worker
