/** The schema of `opened`'s opening data, and what it says of given fields: the judgment asks the same function. */
import type { StandardSchema } from '../application.ts'
import { build, type Tagged } from '../values.ts'
import { parseJson } from '../wire.ts'
import type { ProbeHost } from './environment.ts'
import { unpackScript } from './ops.ts'

/** What the schema does with a handshake's fields; `given` is the part of its value that a program chose. */
export type OpeningVerdict =
  | { does: 'takes'; value: Record<string, unknown>; given?: Tagged }
  | { does: 'refuses' }
  | { does: 'throws' }

/**
 * `verdict=refuse` and `verdict=throw` do so. Otherwise the fields `verdict`, `give` and `later` are stripped, and what
 * `give` holds (a tagged value as JSON) is added as `given`. `later` makes the answer a promise.
 */
export function openingVerdict(fields: Record<string, unknown>): OpeningVerdict {
  if (fields.verdict === 'refuse') return { does: 'refuses' }
  if (fields.verdict === 'throw') return { does: 'throws' }
  const { verdict: _verdict, later: _later, give, ...rest } = fields
  const given = typeof give === 'string' ? parseJson(give) : undefined
  const value = { ...rest, checked: true }
  return given === undefined
    ? { does: 'takes', value }
    : { does: 'takes', value: { ...value, given: build(given.json) }, given: given.json }
}

/** Whether a value survives JSON unchanged; undefined where that depends on how one reads it (-0, frozen objects). */
export function survivesJson(tagged: Tagged): boolean | undefined {
  if (tagged === null || typeof tagged !== 'object') return true
  const nested = Array.isArray(tagged) || tagged.$ === undefined ? Object.values(tagged) : undefined
  if (nested === undefined) return ['-0', 'frozen', 'repeat', 'object'].includes((tagged as { $: string }).$) ? undefined : false
  const answers = nested.map(survivesJson)
  if (answers.includes(false)) return false
  return answers.includes(undefined) ? undefined : true
}

/** The schema as a hosted probe wires it: where the connection's script names a gate, it traces that it waits, and does. */
export function openingSchema({ emit, gates }: ProbeHost): StandardSchema {
  return {
    '~standard': {
      version: 1,
      vendor: 'probe',
      validate(value) {
        const fields = value as Record<string, unknown>
        const { conn, step, gate } = unpackScript(fields) ?? {}
        if (gate !== undefined) {
          emit({ at: 'server', kind: 'waits', conn, step, gate })
          return gates.wait(gate).then(() => answer(fields))
        }
        return Object.hasOwn(fields, 'later') ? Promise.resolve().then(() => answer(fields)) : answer(fields)
      },
    },
  }
}

function answer(fields: Record<string, unknown>) {
  const verdict = openingVerdict(fields)
  if (verdict.does === 'throws') throw new Error('the schema threw')
  if (verdict.does === 'refuses') return { issues: [{ path: ['verdict'], message: 'asks to be refused' }] }
  return { value: verdict.value }
}
