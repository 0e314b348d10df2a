/** Values that nothing can be sent of. */
import type { OpRun, Run } from '../../run/run.ts'
import type { Tagged } from '../../values.ts'
import { encode } from '../../wire.ts'
import { isUndefined } from './marks.ts'

/** Why `send` and `publish` must refuse this value, if they must. */
export function refusal(run: Run, value: Tagged): 'undefined' | 'unsendable' | undefined {
  if (isUndefined(value)) return 'undefined'
  const encoded = encode(value)
  if (!('wire' in encoded)) return 'unsendable'
  return 'hex' in encoded.wire && !run.capabilities.has('binary') ? 'unsendable' : undefined
}

/** Whether a call rejected as one that is refused must. */
export function refusedWithTypeError(op: Pick<OpRun, 'end'>): boolean {
  return op.end?.outcome === 'rejected' && op.end.error?.typeError === true
}

/** How a call ended, in words. */
export function ending(end: { outcome: 'ok' | 'rejected'; error?: { name: string; message: string } } | undefined): string {
  if (end === undefined) return 'it did not end'
  return end.outcome === 'ok' ? 'it resolved' : `it rejected with ${end.error?.name}: ${end.error?.message}`
}
