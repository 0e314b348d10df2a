import { expect, it, onTestFinished, vi } from 'vitest'
import { SteppedClock } from './clock.ts'

const hour = 3_600_000

it('waits end when time is moved on to them, in their order, and not before', async () => {
  const clock = new SteppedClock()
  const ended: number[] = []
  const waits = [3, 2, 1].map((hours) => clock.wait(hours * hour).then(() => ended.push(hours)))
  const before = clock.now()
  clock.advance(2 * hour)
  await Promise.all(waits.slice(1))
  expect(ended).toEqual([1, 2])
  expect(clock.now() - before).toBeGreaterThanOrEqual(2 * hour)
  clock.advance(hour)
  await waits[0]
  expect(ended).toEqual([1, 2, 3])
})

it('waits end in real time as well', async () => {
  const clock = new SteppedClock(5 * hour)
  const from = clock.now()
  await clock.wait(5)
  expect(clock.now() - from).toBeGreaterThanOrEqual(5)
  await clock.wait(-1)
})

it('a wait longer than any timer lasts as long as it is', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const clock = new SteppedClock()
  let over = false
  const wait = clock.wait(2 ** 33).then(() => {
    over = true
  })
  await vi.advanceTimersByTimeAsync(10)
  expect(vi.getTimerCount()).toBe(1)
  await vi.advanceTimersByTimeAsync(2 ** 32)
  expect(over).toBe(false)
  await vi.advanceTimersByTimeAsync(2 ** 32)
  await wait
})

it('timers are never set for longer than they can last', async () => {
  const set = vi.spyOn(globalThis, 'setTimeout')
  onTestFinished(() => void set.mockRestore())
  const clock = new SteppedClock()
  void clock.wait(2 ** 40)
  expect(set.mock.calls.map(([, milliseconds]) => milliseconds)).toEqual([2 ** 31 - 1])
  clock.stop()
})

it('nobody wakes once it has stopped', async () => {
  const clock = new SteppedClock()
  let woken = 0
  void clock.wait(hour).then(() => woken++)
  clock.stop()
  void clock.wait(0).then(() => woken++)
  clock.advance(2 * hour)
  await new Promise((resolve) => setImmediate(resolve))
  expect(woken).toBe(0)
})
