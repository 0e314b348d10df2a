/** What stores must do, for channels whose state lives in them (STORE). */
import type { Requirement } from '../../requirement.ts'
import { store01, store02 } from './channels.ts'
import { store08, store09, store10 } from './listing.ts'
import { store04, store05 } from './removal.ts'
import { store03 } from './sessions.ts'
import { store06, store07 } from './subscriptions.ts'

export const stores: readonly Requirement[] = [
  store01,
  store02,
  store03,
  store04,
  store05,
  store06,
  store07,
  store08,
  store09,
  store10,
]
