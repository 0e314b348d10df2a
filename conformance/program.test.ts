import { expect, test } from 'vitest'
import { needsOwnSystem, type Program, presupposed, reusable, type Step } from './program.ts'

const program = (steps: Step[], ...clients: Program['clients']): Program => ({
  clients: clients.length === 0 ? [{ channel: 'main' }] : clients,
  prefix: steps,
  phases: [],
})
const act = (...ops: Extract<Step, { do: 'act' }>['ops']): Step => ({ do: 'act', client: 0, ops })

test('programs presuppose what their steps and operations need', () => {
  expect(presupposed(program([act({ op: 'send' })]))).toEqual([])
  expect(presupposed(program([{ do: 'stop' }]))).toEqual(['gracefulStop'])
  expect(presupposed(program([act({ op: 'arm', ops: [{ op: 'register', id: 'r', topics: [] }] })]))).toEqual([
    'stateful',
    'customSubscribers',
  ])
})

test('a client whose channel is not wired stays away; where there is no other, nothing is left to run', () => {
  expect(presupposed(program([], { channel: 'path' }, { channel: 'main' }))).toEqual([])
  expect(presupposed(program([], { channel: 'path' }))).toEqual(['pathParameters'])
})

test('who turns the clock has a system of its own, and who asks for faults a connection', () => {
  expect(needsOwnSystem(program([{ do: 'advance', seconds: 1 }]))).toBe(true)
  expect(needsOwnSystem(program([{ do: 'sweep' }]))).toBe(false)
  expect(reusable(program([act({ op: 'look' })]), 0)).toBe(true)
  expect(reusable(program([], { channel: 'main', faults: {} }), 0)).toBe(false)
  expect(reusable(program([{ do: 'platform', what: 'release', client: 0 }]), 0)).toBe(false)
})
