/** Results held against baselines, and baselines against their form. */
import { expect, test } from 'vitest'
import type { Baseline, BaselineEntry } from '../spec/baseline.ts'
import type { RequirementResult, SystemResult } from '../spec/result.ts'
import { heldAgainst, knownSignatures, takenIn } from './baseline.ts'
import { checkBaseline } from './baseline-file.ts'
import { conform } from './doors/conform.ts'
import { minimalSystem } from './testing/minimal-system.ts'
import { plainFamilies } from './testing/plain-families.ts'

const excluded = 'PUB-02 [not the excluded one] a connection received it'
const others = 'PUB-02 [everyone else] it had not arrived'

const entry: BaselineEntry = {
  system: 's',
  requirement: 'PUB-02',
  signature: excluded,
  reason: 'issue 12',
  expires: '2026-06-30',
}
const baselineOf = (...entries: BaselineEntry[]): Baseline => ({ schemaVersion: 1, entries })

/** A result of PUB-02 that failed with these signatures; `exercised` times each clause was decided. */
function resultOf(signatures: string[], exercised = 20): SystemResult {
  const count = { exercised, programs: exercised, undecided: 0 }
  const requirement: RequirementResult = {
    id: 'PUB-02',
    level: 'must',
    verdict: signatures.length > 0 ? 'failed' : 'passed',
    exercised,
    programs: exercised,
    clauses: { 'everyone else': count, 'not the excluded one': count },
    violations: signatures.map((signature) => ({
      requirement: 'PUB-02',
      clause: '',
      signature,
      expected: '',
      observed: '',
      events: [],
    })),
  }
  return { name: 's', capabilities: [], programs: 1, steps: 1, timeouts: 0, requirements: [requirement] }
}

const now = { whole: true, today: '2026-06-30' }

const held = (result: SystemResult, baseline: Baseline, how = now) => heldAgainst(result, baseline, how).requirements[0]

test('a failure that is known keeps its verdict and says why and until when', () => {
  expect(held(resultOf([excluded]), baselineOf(entry))).toMatchObject({
    verdict: 'failed',
    baseline: { reason: 'issue 12', expires: '2026-06-30' },
  })
})

test('several that are known: all reasons, the first date', () => {
  const other = { ...entry, signature: others, reason: 'issue 13', expires: '2026-07-01' }
  expect(held(resultOf([others, excluded]), baselineOf(entry, other))?.baseline).toEqual({
    reason: 'issue 13; issue 12',
    expires: '2026-06-30',
  })
})

test('one that is not known fails the requirement, whatever else is', () => {
  const result = held(resultOf([excluded, others]), baselineOf(entry))
  expect(result?.baseline).toBeUndefined()
  expect(result?.baselineErrors).toBeUndefined()
})

test('stale: its clause was exercised and no longer fails so', () => {
  expect(held(resultOf([]), baselineOf(entry))?.baselineErrors).toEqual([expect.stringMatching(/is stale: .*remove it/)])
  expect(held(resultOf([others]), baselineOf(entry))?.baselineErrors).toHaveLength(1)
})

test.each([
  ['its clause was not exercised', resultOf([], 0), now],
  ['the run ended before its time', { ...resultOf([]), couldNotJudge: 'it died' }, now],
  ['it was a share of the run, or ended with the first failure', resultOf([]), { ...now, whole: false }],
  ['it was a run of another system', { ...resultOf([]), name: 'another' }, now],
  ['it was a run of other requirements', { ...resultOf([]), requirements: [] }, now],
])('not stale: %s', (_why, result, how) => {
  expect(held(result, baselineOf(entry), how)?.baselineErrors).toBeUndefined()
})

test('expired: past its date it excuses nothing and is an error', () => {
  const tomorrow = { whole: true, today: '2026-07-01' }
  const result = held(resultOf([excluded]), baselineOf(entry), tomorrow)
  expect(result?.baseline).toBeUndefined()
  expect(result?.baselineErrors).toEqual([expect.stringContaining('expired on 2026-06-30 (issue 12)')])
  expect(knownSignatures(baselineOf(entry), 's', '2026-06-30')).toEqual([excluded])
  expect(knownSignatures(baselineOf(entry), 's', '2026-07-01')).toEqual([])
})

test('taking in: what holds stays, what is new is added, what is stale goes, what has expired begins anew', () => {
  const why = { reason: 'new', expires: '2027-01-01' }
  const elsewhere = { ...entry, system: 'another' }
  const taken = (result: SystemResult, ...entries: BaselineEntry[]) => takenIn(result, baselineOf(...entries), why, now).entries
  expect(taken(resultOf([excluded, others]), entry)).toEqual([entry, { ...entry, signature: others, ...why }])
  expect(taken(resultOf([]), entry, elsewhere)).toEqual([elsewhere])
  expect(taken(resultOf([excluded]), { ...entry, expires: '2026-06-29' })).toEqual([{ ...entry, ...why }])
  expect(taken(resultOf([], 0), entry)).toEqual([entry])
})

test.each<[string, unknown, RegExp]>([
  ['no object', null, /is no baseline/],
  ['another version', { schemaVersion: 2, entries: [] }, /is no baseline/],
  ['no entries', { schemaVersion: 1 }, /is no baseline/],
  ['more than that', { ...baselineOf(), more: 1 }, /is no baseline/],
  ['an entry that is none', baselineOf(null as never), /entry 1 of f has no system/],
  ['no reason', baselineOf(entry, { ...entry, reason: ' ' }), /entry 2 of f has no reason/],
  ['another field', baselineOf({ ...entry, why: 'x' } as never), /has a field "why"/],
  ['an unknown id', baselineOf({ ...entry, requirement: 'PUB-99' }), /"PUB-99", which this version does not have/],
  ['a signature of another', baselineOf({ ...entry, signature: 'PUB-03 [x] y' }), /expected one of PUB-02/],
  ['an unknown clause', baselineOf({ ...entry, signature: 'PUB-02 [x] y' }), /expected one of PUB-02/],
  ['no day of the calendar', baselineOf({ ...entry, expires: '2026-02-30' }), /expected a date/],
  ['a time', baselineOf({ ...entry, expires: '2026-02-03T10:00' }), /expected a date/],
])('%s is refused', (_what, value, message) => {
  expect(() => checkBaseline(value, 'f')).toThrow(message)
})

test('through the door: what is known is named without a card, what is new beside it gets one', async () => {
  const scope = { only: 'LIFE-15,PUB-02', out: false, seed: 1, families: plainFamilies } as const
  const system = minimalSystem({ excludesNobody: true, overlaps: true })
  const known = { ...entry, system: 'minimal', expires: '9999-12-31' }
  const cards: string[] = []
  const { systems } = await conform(system, {
    ...scope,
    baseline: baselineOf(known),
    onCard: (card) => cards.push(card.requirement),
  })
  const [life15, pub02] = systems[0]?.requirements ?? []
  expect(pub02).toMatchObject({ verdict: 'failed', baseline: { reason: 'issue 12' }, violations: [{ signature: excluded }] })
  expect(life15).toMatchObject({ verdict: 'failed' })
  expect(life15?.baseline).toBeUndefined()
  expect(cards).toEqual(['LIFE-15'])
})

test('through the door: what is no baseline is refused before anything is run', async () => {
  const system = { ...minimalSystem(), start: () => Promise.reject(new Error('it was started')) }
  await expect(conform(system, { out: false, baseline: 'no/such/file' })).rejects.toThrow(
    /cannot read the baseline no\/such\/file/,
  )
  await expect(conform(system, { out: false, baseline: {} as Baseline })).rejects.toThrow(/is no baseline/)
})
