import { base } from './base.ts'
import { card } from './card.ts'
import { matrix } from './matrix.ts'
import { print } from './print.ts'
import { requirements } from './requirements.ts'

/** The page's whole style. */
export const style = base + matrix + requirements + card + print
