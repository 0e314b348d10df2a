import stringWidth from 'fast-string-width'
import { expect, test } from 'vitest'
import type { DifferenceText } from '../text/difference.ts'
import { comparisonLines } from '../text/difference.ts'
import { terminalDifference } from './difference.ts'
import { plain } from './look.ts'

const file = '.channel-conformance/differences/ws-other-replies.json'

const unseen: DifferenceText = {
  systems: ['ws', './other.ts'],
  what: 'the replies and error replies to a message',
  why: 'one message at most, of what the handler returned or threw',
  requirements: ['SEND-01', 'VALID-01'],
  field: 'c0 step 0',
  values: [[{ errorName: 'ValidationError' }], [{ errorName: 'ValidationError', code: 'custom' }]],
  program: { clients: [{ channel: 'strict' }], prefix: [{ do: 'act', client: 0, ops: [], action: 'picky' }], phases: [] },
  size: 1,
  shrunkFrom: 4,
  reproduced: { times: 10, of: 10 },
  wrong: [],
}

const blamed: DifferenceText = {
  ...unseen,
  wrong: [
    { system: './other.ts', requirement: 'VALID-01', clause: 'one reply', expected: 'one reply', observed: 'two \u001b[31m' },
  ],
}

test.each([100, 40])('a difference that no requirement sees, at %i columns', (width) => {
  expect(`\n${terminalDifference(unseen, { width, paints: plain }, file).join('\n')}\n`).toMatchSnapshot()
})

test('one of the systems is wrong by a requirement, and what it sent is seen', () => {
  const text = terminalDifference(blamed, { width: 120, paints: plain }).join('\n')
  expect(text).toContain('"./other.ts" is wrong by VALID-01 [one reply]: expected one reply; observed two \\u001b[31m')
  expect(text).not.toContain('no requirement sees it')
  expect(text).not.toContain('--again')
})

test.each([30, 59, 60, 80])('at %i columns only the command is wider', (width) => {
  const wide = terminalDifference(blamed, { width, paints: plain }, file).filter((line) => stringWidth(line) > width)
  expect(wide.filter((line) => !line.endsWith(file))).toEqual([])
})

test('the last lines: what was left out and why, and what the exit code rests on', () => {
  const of = {
    systems: ['a', 'b'],
    seed: 7,
    programs: 12,
    facts: { replies: 80, order: 10 },
    leftOut: { 'it has no paths': 2 },
    differences: [],
  } as const
  expect(comparisonLines({ ...of, unsteady: [] })).toEqual([
    '  2 programs left out: it has no paths',
    'a and b: no difference; 12 programs, 90 facts compared, 2 programs left out; seed 7',
  ])
  const [, unsteady, broken, last] = comparisonLines({
    ...of,
    differences: [1],
    unsteady: ['the order'],
    couldNotJudge: 'it died',
  })
  expect(unsteady).toMatch(/now and then they seemed to differ in the order/)
  expect(broken).toMatch(/could not be compared to the end: it died/)
  expect(last).toMatch(/^a and b: differences: 1; /)
})
