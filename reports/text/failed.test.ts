/** Which card belongs to which finding: several systems and several parts of a run may have made one of the same requirement. */
import { expect, test } from 'vitest'
import type { SystemResult } from '../../spec/result.ts'
import { cards, everything } from '../testing/results.ts'
import { cardLines } from './card.ts'
import { type FiledCard, failedLine, failedLines, failedOf } from './failed.ts'

const [leaky] = everything.systems as [SystemResult]
const [own] = cards as [FiledCard]
const files = (system: SystemResult, all: readonly FiledCard[]) =>
  failedOf(system, all).map(({ findings }) => findings.map(({ filed }) => filed?.file))

test('a card of another system is not taken for its own', () => {
  const other: FiledCard = { card: { ...own.card, system: 'other' }, file: 'other.json' }
  expect(files(leaky, [other])).toEqual([[undefined], [undefined]])
  expect(files(leaky, [other, own])).toEqual([[own.file], [undefined]])
})

test('two findings against one requirement have a card each, and both are told', () => {
  const [, failed] = leaky.requirements
  const [first] = failed?.violations ?? []
  if (failed === undefined || first === undefined) throw new Error('the literal result has changed')
  const second = { ...first, observed: 'c1 received it' }
  const system = { ...leaky, requirements: [{ ...failed, violations: [first, second] }] }
  const theirs: FiledCard = { card: { ...own.card, observed: second.observed }, file: 'second.json' }
  expect(files(system, [theirs, own])).toEqual([[own.file, 'second.json']])
  const [both] = failedOf(system, [theirs, own])
  if (both === undefined) throw new Error('nothing failed')
  expect(failedLines(both)).toEqual([...cardLines(own.card, own.file), '', ...cardLines(theirs.card, 'second.json')])
  expect(failedLine(both)).toBe(`expected ${first.expected}; observed c0 received it`)
})

test('a failed requirement of which no finding was kept is told of all the same', () => {
  const system = { ...leaky, requirements: leaky.requirements.map((each) => ({ ...each, violations: [] })) }
  expect(failedOf(system, cards).map(({ requirement: { id } }) => id)).toEqual(['PUB-02', 'SEND-07'])
  expect(failedOf(system, cards).map(failedLine)).toEqual(['no finding was kept', 'no finding was kept'])
})
