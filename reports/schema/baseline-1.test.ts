/** The schema of a baseline against a literal one, and broken ones. */
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import type { Baseline } from '../../spec/baseline.ts'

const schema = JSON.parse(readFileSync(new URL('./baseline-1.schema.json', import.meta.url), 'utf8')) as object
const validate = new Ajv({ strict: true, allErrors: true }).compile(schema)

const entry = {
  system: 'ws',
  requirement: 'PUB-02',
  signature: 'PUB-02 [not the excluded one] a connection received it',
  reason: 'issue 12',
  expires: '2027-01-31',
}
const baseline: Baseline = { schemaVersion: 1, entries: [entry] }

test('a baseline is accepted, and one without entries', () => {
  expect(validate(baseline), JSON.stringify(validate.errors)).toBe(true)
  expect(validate({ ...baseline, entries: [] })).toBe(true)
})

test.each<[string, unknown]>([
  ['another version', { ...baseline, schemaVersion: 2 }],
  ['no entries', { schemaVersion: 1 }],
  ['an unknown field', { ...baseline, more: 1 }],
  ...Object.keys(entry).map((key): [string, unknown] => [
    `no ${key}`,
    { ...baseline, entries: [{ ...entry, [key]: undefined }].map((each) => JSON.parse(JSON.stringify(each))) },
  ]),
  ['an unknown field of an entry', { ...baseline, entries: [{ ...entry, more: 1 }] }],
  ['no words of reason', { ...baseline, entries: [{ ...entry, reason: '' }] }],
  ['a date that is none', { ...baseline, entries: [{ ...entry, expires: 'soon' }] }],
  ['a signature without a clause', { ...baseline, entries: [{ ...entry, signature: 'PUB-02' }] }],
])('%s is refused', (_name, value) => {
  expect(validate(value)).toBe(false)
})
