/** Standard Schemas of the probe, made by hand: the spec depends on no schema library. */
import type { StandardSchema } from '../application.ts'

/** Takes anything that has no property `bad`, unchanged. */
export const refusesBad: StandardSchema = {
  '~standard': {
    version: 1,
    vendor: 'probe',
    validate: (value) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, 'bad')
        ? { issues: [{ path: ['bad'], message: 'must not be here' }] }
        : { value },
  },
}
