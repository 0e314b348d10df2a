import type { Requirement } from '../../requirement.ts'
import { life20 } from './apart.ts'
import { life06, life07, life08 } from './connect.ts'
import { life09 } from './failed-connect.ts'
import { life01, life02, life23 } from './handshake.ts'
import { life03 } from './identity.ts'
import { life22 } from './json-values.ts'
import { life04 } from './opening-data.ts'
import { life15 } from './ordering.ts'
import { life24 } from './services.ts'
import { life05 } from './state.ts'

const connecting = [life01, life02, life03, life04, life05, life06, life07, life08, life09]
const around = [life20, life22, life23, life24]

/** The requirements of this area, by number. */
export const lifecycle: readonly Requirement[] = [...connecting, life15, ...around]
