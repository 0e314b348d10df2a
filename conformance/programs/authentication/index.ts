import type { Family } from '../family.ts'
import { authenticationMiddleware } from './middleware.ts'
import { authenticationPrecedence, authenticationStarts } from './precedence.ts'
import { authenticationSessions } from './sessions.ts'

/** The families of this area. */
export const authenticationFamilies: readonly Family[] = [
  authenticationPrecedence,
  authenticationStarts,
  authenticationSessions,
  authenticationMiddleware,
]
