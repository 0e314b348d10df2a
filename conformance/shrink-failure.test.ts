import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Violation } from '../spec/requirement.ts'
import { deadlines } from './deadlines.ts'
import { HostError } from './host.ts'
import type { Observation, Observer } from './observe.ts'
import type { Program, Step } from './program.ts'
import type { Failing } from './search.ts'
import { shrinkFailure } from './shrink-failure.ts'

const act: Step = { do: 'act', client: 0, ops: [] }
const program: Program = { clients: [{ channel: 'main' }], prefix: [act, act], phases: [] }
const violation: Violation = { requirement: 'PUB-02', clause: 'not the excluded one', expected: '', observed: '', events: [] }

/** A run of the program: with a stall, as of what hangs; with the violation, where there is patience enough to see it. */
const observation = (of: Program, violations: Violation[]): Observation =>
  ({ program: of, violations, execution: { program: 1, events: [{ kind: 'stall' }], timeouts: 0 } }) as never

const failing: Failing = {
  violation,
  observation: observation(program, [violation]),
  family: { name: 'some', area: 'publishing', arbitrary: fc.constant(program), runs: 1, examples: {}, exhaustive: {} } as never,
  example: false,
  provenance: { seed: 1, family: 'some', program: 0 },
}

/** Whatever is run violates, once the observer waits as long as `patience` says. */
function observing(shows: (stall: number) => boolean): { observer: Observer; runs: () => number } {
  let runs = 0
  const observer = {
    host: { capabilities: [] },
    deadlines,
    observe: async (of: Program) => {
      runs++
      return observation(of, shows(observer.deadlines.stall) ? [violation] : [])
    },
  }
  return { observer: observer as unknown as Observer, runs: () => runs }
}

test('what hangs is shrunk impatiently', async () => {
  const { observer } = observing((stall) => stall < deadlines.stall)
  const { reproduced, program: smallest } = await shrinkFailure(observer, [failing])
  expect(smallest.prefix).toEqual([])
  expect(reproduced).toEqual({ times: 10, of: 10 })
})

test('what shows only to who waits as long as the system does is shrunk with all the patience of a run, in few runs', async () => {
  const { observer, runs } = observing((stall) => stall === deadlines.stall)
  const { reproduced, program: smallest } = await shrinkFailure(observer, [failing, failing])
  expect(smallest.prefix).toEqual([])
  expect(reproduced).toEqual({ times: 3, of: 3 })
  expect(runs()).toBeLessThan(30)
  expect(observer.deadlines).toBe(deadlines)
})

test('what never shows again is told of as seen that one time', async () => {
  const { observer } = observing(() => false)
  const { reproduced, observation: seen } = await shrinkFailure(observer, [failing])
  expect(reproduced).toEqual({ times: 0, of: 3 })
  expect(seen).toBe(failing.observation)
})

test('what rests on what earlier programs left in the process is shrunk where none has run before', async () => {
  const sets: Step = { do: 'act', client: 0, ops: [{ op: 'send' }] }
  const both: Program = { ...program, prefix: [act, sets, act] }
  let left = false
  const sees = (of: Program, before: boolean): Observation => {
    const set = before || of.prefix.includes(sets)
    return {
      ...observation(of, set && of.prefix.includes(act) ? [violation] : []),
      execution: { program: 1, events: [], timeouts: 0 },
    }
  }
  const observer = {
    host: { capabilities: [], afresh: async () => undefined },
    deadlines,
    observe: async (of: Program) => {
      const seen = sees(of, left)
      left ||= of.prefix.includes(sets)
      return seen
    },
    observeAfresh: async (of: Program) => sees(of, false),
  }
  const found = { ...failing, observation: sees(both, false) }
  const { reproduced, program: smallest } = await shrinkFailure(observer as unknown as Observer, [found])
  expect(smallest.prefix).toHaveLength(2)
  expect(smallest.prefix).toContain(sets)
  expect(reproduced).toEqual({ times: 10, of: 10 })
})

test('a system that cannot be started beside itself is shrunk where it is', async () => {
  const { observer } = observing(() => true)
  const host = { capabilities: [], afresh: async () => undefined }
  const observeAfresh = async () => Promise.reject(new HostError('its port is in use'))
  const { reproduced, program: smallest } = await shrinkFailure(Object.assign(observer, { host, observeAfresh }) as never, [
    failing,
  ])
  expect(smallest.prefix).toEqual([])
  expect(reproduced).toEqual({ times: 10, of: 10 })
})
