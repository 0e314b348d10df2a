import type { Family } from '../family.ts'
import { validationHostile } from './hostile.ts'
import { validationSchemas } from './schemas.ts'

/** The families of this area. */
export const validationFamilies: readonly Family[] = [...validationSchemas, validationHostile]
