import { expect, test } from 'vitest'
import { Literal } from '../testing/literal.ts'
import { PlatformLiteral } from '../testing/platform-literal.ts'
import { causalOrder, totalOrder } from './order.ts'

const acted = { op: 'look' } as const

test('within a process events follow their own numbers', () => {
  const history = new Literal().connect('c0')
  history.act('c0', [acted])
  const before = causalOrder(history.events)
  const server = history.events.filter((event) => event.at === 'server')
  expect(before(server[0], server[1])).toBe('yes')
  expect(before(server[1], server[0])).toBe('no')
})

test("a server's event comes after its step's invocation and before what the kit does once it was told", () => {
  const history = new Literal().connect('c0')
  const step = history.message('c0', { action: 'probe' })
  const call = history.enter('c0', step)
  history.receive('c0', 'later')
  const before = causalOrder(history.events)
  const invoke = history.events.find((event) => event.kind === 'invoke' && event.step === step)
  const enter = history.events.find((event) => event.kind === 'enter' && event.call === call)
  const later = history.events.at(-1)
  expect(before(invoke, enter)).toBe('yes')
  expect(before(enter, invoke)).toBe('no')
  expect(before(enter, later)).toBe('yes')
})

test('what the kit has not been told of may come before or after what it does', () => {
  const history = new Literal().connect('c0')
  const step = history.message('c0', { action: 'probe' })
  history.late().enter('c0', step)
  history.receive('c0', 'meanwhile')
  const before = causalOrder(history.events)
  expect(before(history.events.at(-2), history.events.at(-1))).toBe('unknown')
})

test('a handler that passed a gate went on after the kit opened it', () => {
  const history = new Literal().connect('c0')
  const step = history.message('c0', { action: 'probe' })
  const call = history.enter('c0', step)
  const held = history.begin(call, { op: 'hold', gate: 'g' })
  history.late()
  history.message('c0', { action: 'probe' })
  history.client({ at: 'client', kind: 'gate', name: 'g' })
  history.end(call, held, 'hold')
  const before = causalOrder(history.events)
  const sent = history.events.findLast((event) => event.kind === 'message')
  const passed = history.events.at(-1)
  expect(before(sent, passed)).toBe('yes')
})

test('an event that never came is unknown', () => {
  const history = new Literal().connect('c0')
  expect(causalOrder(history.events)(undefined, history.events[0])).toBe('unknown')
})

test('what a platform tells behind its answer happened after it, and only there', () => {
  const history = new PlatformLiteral().connect('c0')
  const early = history.invoked('message', 'c0')
  history.returned(early).asks({ do: 'advance', seconds: 40 })
  history.invoked('message', 'c0')
  const before = causalOrder(history.events)
  const [first, second] = history.events.filter((event) => event.kind === 'invoked')
  const done = history.events.find((event) => event.kind === 'platform')
  expect(before(first, done)).toBe('yes')
  expect(before(done, second)).toBe('yes')
  // The kit may have asked for it before or after: only the answer is in line.
  const elsewhere = history.events.map((event) => (event === second ? { ...event, process: 'worker', kind: 'log' } : event))
  expect(causalOrder(elsewhere as never)(done, elsewhere.find((event) => event.process === 'worker') as never)).toBe('unknown')
})

test('where events are written down as they happen, their places are their order', () => {
  const history = new Literal().connect('c0')
  const before = totalOrder(history.events)
  const [first, second] = history.events
  expect([before(first, second), before(second, first), before(first, first)]).toEqual(['yes', 'no', 'unknown'])
  // The kit knows of no order between what two processes do at once; a simulation does.
  const [client, server] = [history.events.find(({ at }) => at === 'client'), history.events.find(({ at }) => at === 'server')]
  expect(before(client, server)).not.toBe('unknown')
  expect(before(undefined, second)).toBe('unknown')
})

test('a gate that a receiver may open tells nothing of when the kit did', () => {
  const history = new Literal().connect('c0')
  history.act('c0', [{ op: 'register', id: 'r', topics: [], opens: 'g' }])
  history.late()
  history.message('c0', { action: 'probe' })
  history.client({ at: 'client', kind: 'gate', name: 'g' })
  history.server({ at: 'server', kind: 'passed', id: 's', gate: 'g' })
  const sent = history.events.findLast((event) => event.kind === 'message')
  expect(causalOrder(history.events)(sent, history.events.at(-1))).toBe('unknown')
})
