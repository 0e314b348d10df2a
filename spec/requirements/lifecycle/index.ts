import type { Requirement } from '../../requirement.ts'
import { life20 } from './apart.ts'
import { life14 } from './close.ts'
import { life06, life07, life08 } from './connect.ts'
import { life10, life12 } from './disconnect.ts'
import { life09 } from './failed-connect.ts'
import { life19 } from './gone.ts'
import { life01, life02, life23 } from './handshake.ts'
import { life03 } from './identity.ts'
import { life16, life17 } from './isolation.ts'
import { life22 } from './json-values.ts'
import { life11, life13 } from './last-handler.ts'
import { life21 } from './later.ts'
import { life04 } from './opening-data.ts'
import { life15 } from './ordering.ts'
import { life24 } from './services.ts'
import { life05 } from './state.ts'
import { life18 } from './stop.ts'

const connecting = [life01, life02, life03, life04, life05, life06, life07, life08, life09]
const ending = [life10, life11, life12, life13, life14]
const together = [life15, life16, life17, life18, life19, life20, life21, life22, life23, life24]

/** The requirements of this area, by number. */
export const lifecycle: readonly Requirement[] = [...connecting, ...ending, ...together]
