import { expect, test } from 'vitest'
import { intervalOf } from './rate.ts'
import { failedAgain, noLongerFails } from './replayed.ts'

// The figures of R's prop.test(…, correct = FALSE).
test.each([
  [{ times: 7, of: 10 }, 0.3968, 0.8922],
  [{ times: 10, of: 10 }, 0.7225, 1],
  [{ times: 0, of: 10 }, 0, 0.2775],
  [{ times: 15, of: 30 }, 0.3315, 0.6685],
])('the interval of %o is %f to %f', (rate, low, high) => {
  expect(intervalOf(rate).low).toBeCloseTo(low, 4)
  expect(intervalOf(rate).high).toBeCloseTo(high, 4)
})

test('a rate is held against what the card states', () => {
  const stated = { times: 15, of: 30 }
  const states = 'the card states: 15 of 30, from 33 % to 67 % with a confidence of 95 %'
  expect(failedAgain({ failed: 30, runs: 50 }, stated)).toBe(`failed in 30 of 50 runs, as ${states}`)
  expect(failedAgain({ failed: 5, runs: 50 }, stated)).toBe(`failed in 5 of 50 runs, less often than ${states}`)
  expect(failedAgain({ failed: 50, runs: 50 }, stated)).toBe(`failed in 50 of 50 runs, more often than ${states}`)
})

test('what was seen once and never repeated states no rate', () => {
  expect(failedAgain({ failed: 2, runs: 5 }, { times: 1, of: 1 })).toBe('failed in 2 of 5 runs')
})

test('one run is once', () => {
  expect(noLongerFails('PUB-02', 'ws', 1)).toBe('PUB-02 no longer fails on ws: the program was run once without a violation')
})
