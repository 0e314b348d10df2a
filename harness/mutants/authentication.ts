import { middlewareMutants } from './authentication/middleware.ts'
import { protectionMutants } from './authentication/protection.ts'
import { sessionMutants } from './authentication/sessions.ts'
import type { Mutant } from './mutant.ts'

/** Defects of this area. */
export const authenticationMutants: readonly Mutant[] = [...protectionMutants, ...sessionMutants, ...middlewareMutants]
