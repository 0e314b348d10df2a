import type { Requirement } from '../../requirement.ts'
import { auth07, auth08, auth11 } from './changes.ts'
import { auth03 } from './connecting.ts'
import { auth12 } from './disconnection.ts'
import { auth13, auth14 } from './middleware.ts'
import { auth01, auth02 } from './protection.ts'
import { auth04, auth09 } from './refusal.ts'
import { auth05, auth06, auth10 } from './sessions.ts'

/** The requirements of this area, in the order of their ids. */
export const authentication: readonly Requirement[] = [
  auth01,
  auth02,
  auth03,
  auth04,
  auth05,
  auth06,
  auth07,
  auth08,
  auth09,
  auth10,
  auth11,
  auth12,
  auth13,
  auth14,
]
