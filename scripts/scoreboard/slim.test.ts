import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { conformanceForm, parsed } from './forms.ts'
import { recordText, slim } from './slim.ts'
import { judged, references, result, system } from './testing/records.ts'

const count = (programs: number, heavy?: true) => ({ exercised: programs, programs, undecided: 0, ...(heavy && { heavy }) })
const violation = {
  ...{ requirement: 'PUB-02', clause: 'c', signature: 'PUB-02 [c] s', expected: 'e', observed: 'o', events: ['a line'] },
  card: 'somewhere/card.json',
}
const full = result([
  system('ws', {
    requirements: judged({
      'PUB-01': { clauses: { never: count(0), few: count(19), enough: count(20), heavy: count(3, true), less: count(2, true) } },
      'PUB-02': { verdict: 'failed', violations: [violation] },
    }),
  }),
])

test('what is kept is what pages rest on, and stays a result by the schema', () => {
  const kept = slim(full)
  const [ws] = kept.systems
  const of = (id: string) => ws?.requirements.find((each) => each.id === id)
  expect(Object.keys(of('PUB-01')?.clauses ?? {})).toEqual(['never', 'few', 'less'])
  expect(of('PUB-02')?.violations).toEqual([{ ...violation, events: [], card: undefined }])
  expect(of('PUB-02')?.violations[0]).not.toHaveProperty('card')
  expect(new Ajv({ strict: true }).validate(conformanceForm.schema as object, kept)).toBe(true)
  expect(slim(kept)).toEqual(kept)
})

test('its file holds a requirement to a line', () => {
  const text = recordText(slim(references()))
  expect(parsed(conformanceForm, 'the record', text)).toEqual(slim(references()))
  expect(text.split('\n').filter((line) => line.startsWith('{"id":"PUB-02"'))).toHaveLength(4)
  expect(text.length).toBeLessThan(100_000)
})
