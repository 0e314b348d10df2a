import type { Family } from '../family.ts'
import { publishingPayloads, publishingRoutes } from './payloads.ts'
import { publishingProcesses } from './processes.ts'
import { publishing } from './publishing.ts'
import { publishingCrowd, publishingEarly } from './rare.ts'
import { publishingReceivers } from './receivers.ts'
import { publishingTrouble } from './trouble.ts'

/** The families of this area. */
export const publishingFamilies: readonly Family[] = [
  publishing,
  publishingPayloads,
  publishingRoutes,
  publishingTrouble,
  publishingReceivers,
  publishingCrowd,
  publishingEarly,
  publishingProcesses,
]
