/** The clauses that chance decides in too few programs, and so meet company: see `company.ts`. */
import type { Area } from '../../spec/requirement.ts'
import { companyFamilies } from './company.ts'
import type { Family } from './family.ts'

/** Keys of directed examples by area. */
const rare: Readonly<Partial<Record<Area, readonly string[]>>> = {
  lifecycle: [
    'LIFE-07 none lost',
    'LIFE-08 after what it sent itself',
    'LIFE-08 before any reply',
    'LIFE-14 idempotent',
    'LIFE-14 onConnect’s output',
    'LIFE-13 other connections',
    'LIFE-16 a waiting onDisconnect',
    'LIFE-19 no message handler',
    'LIFE-21 close',
  ],
  validation: ['VALID-03 no other order'],
  routing: [
    'ROUTE-05 inherited keys',
    'ROUTE-06 the first declared',
    'ROUTE-07 the empty string',
    'ROUTE-08 arrays',
    'ROUTE-08 strings',
    'ROUTE-08 null',
    'ROUTE-08 booleans',
    'ROUTE-09 the same bytes',
  ],
  authentication: [
    'AUTH-01 an action',
    'AUTH-02 entry over function',
    'AUTH-02 entry over channel',
    'AUTH-06 no later connection',
    'AUTH-07 refused again',
    'AUTH-08 set, then thrown',
    'AUTH-11 what it was given',
    'AUTH-11 what get gave',
    'AUTH-13 sets the session',
    'AUTH-13 before validation',
  ],
  sending: [
    'SEND-03 bytes',
    'SEND-04 send of undefined',
    'SEND-04 publish of undefined',
    'SEND-09 left unawaited',
    'SEND-06 a later change of what was returned',
    'SEND-11 left unawaited',
    'SEND-13 the log has the issue',
    'SEND-13 an asynchronous one',
    'SEND-14 any other class',
    'SEND-14 its own subclass',
    'SEND-15 no secrets',
  ],
  subscriptions: [
    'SUB-03 one unsubscribe',
    'SUB-05 ill-formed',
    'SUB-07 pending leaves nothing',
    'SUB-07 after leaves nothing',
    'SUB-08 no subscriptions',
    'SUB-09 the others',
    'SUB-10 unsubscribes another',
    'SUB-12 after close()',
  ],
  publishing: ['PUB-07 awaited', 'PUB-03 a closed channel', 'PUB-08 no output schema', 'PUB-13 other routes'],
}

/** Families for each area that has such clauses. */
export function companies(families: readonly Family[]): Family[] {
  return Object.entries(rare).flatMap(([area, keys]) => companyFamilies(area as Area, families, keys))
}
