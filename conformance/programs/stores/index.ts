import type { Family } from '../family.ts'
import { storeExpiry } from './expiry.ts'
import { storeIds, storeTopics } from './names.ts'
import { storeAdds, storeClosings, storePages, storeRaces, storeRemoves, storeSessions, storeUndoings } from './races.ts'
import { storeSequences, storeSubscriptions } from './sequences.ts'

/** Programs over stores on their own. */
export const storesFamilies: readonly Family[] = [
  storeSequences,
  storeSubscriptions,
  storeExpiry,
  storeIds,
  storeTopics,
  storeAdds,
  storeSessions,
  storeRemoves,
  storeClosings,
  storeUndoings,
  storePages,
  storeRaces,
]
