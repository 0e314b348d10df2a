/** The DynamoDB adapter in a worker process. */

import type { WorkerModule } from '../gateway/index.ts'
import type { StoreFault } from '../serverless/requests.ts'
import { type HostSettings, hostDynamoDB } from './dynamodb-host.ts'

/** What workers report: a partition of the table is about to be written to, or has been. */
export type Reported = { written: string; done: boolean }

/** What workers ask: the fault of their next request to a store, which may be one that can be answered in part. */
export type NextFault = { batch: boolean }

/** What they are answered: the fault, if any, and whether more are left. */
export type FaultAnswer = { fault?: StoreFault | undefined; left: boolean }

const worker: WorkerModule = ({ probe, clock, settings, defer, ask, report, told }) => {
  const host = hostDynamoDB({
    ...{ probe, clock, defer },
    settings: settings as HostSettings,
    written: (written, done) => report({ written, done } satisfies Reported),
  })
  // Faults are counted in the platform's process, for all workers together; it is asked only while it may have any.
  let faulty = true
  told(() => {
    faulty = true
  })
  host.requests.faultsFrom(async (batch) => {
    if (!faulty) return undefined
    const { fault, left } = (await ask({ batch } satisfies NextFault)) as FaultAnswer
    faulty = left
    return fault
  })
  return host.handle
}

export default worker
