import { expect, test } from 'vitest'
import type { Outcome } from '../../history.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import { life24 } from './services.ts'

const thrown: Outcome = { outcome: 'rejected', error: { name: 'Error', message: 'thrown', typeError: false } }

interface Event {
  outcome?: Outcome
  /** What was made in place of `['asyncDispose', 'close']`; null where nothing was. */
  ways?: string[] | null
  /** How it is disposed of once the handler has settled. */
  by?: string[]
  /** It is disposed of while the handler is still running. */
  early?: boolean
  poison?: boolean
  /** How often a second service is disposed of; absent: there is none. */
  beside?: number
  reply?: boolean
}

/** One message with services of its own; the literal's calls number their services alike. */
function handled(of: Event = {}, history = new Literal().connect('c0', {}, false), call = 0): Literal {
  const {
    outcome,
    ways = ['asyncDispose', 'close'],
    by = ['asyncDispose'],
    early = false,
    poison = false,
    reply = true,
    beside,
  } = of
  const where = { at: 'server' as const, call, channelId: 'id-c0' }
  const step = history.message('c0', { action: 'probe' })
  if (ways !== null)
    history.server({
      ...where,
      kind: 'services',
      event: 'message',
      session: null,
      ways,
      ...(beside !== undefined && { beside: true }),
    })
  const entered = history.enter('c0', step)
  if (poison) history.op(entered, { op: 'poison' })
  if (early) for (const way of by) history.server({ ...where, kind: 'disposed', by: [way] })
  history.leave(entered, outcome)
  if (reply) history.receive('c0', { action: 'probe' })
  if (!early) for (const way of by) history.server({ ...where, kind: 'disposed', by: [way] })
  for (let times = 0; times < (beside ?? 0); times++) history.server({ ...where, kind: 'disposed', by: ['close'], beside: true })
  return history
}

const good = { 'made once per event': ['kept'], 'told of the event': ['kept'], 'by the first way': ['kept'] }

test('kept: made, told, disposed once, also after a throw', () => {
  expect(verdicts(life24, handled().run())).toEqual({ ...good, disposed: ['kept'] })
  expect(verdicts(life24, handled({ outcome: thrown }).run())).toEqual({ ...good, 'disposed after a throw': ['kept'] })
})

test('broken: not made, made for two events, made more often than there were events', () => {
  expect(verdicts(life24, handled({ ways: null, by: [] }).run())['made once per event']).toEqual(['broken'])
  const shared = handled()
  const step = shared.message('c0', { action: 'probe' })
  const call = shared.enter('c0', step)
  Object.assign(shared.events.findLast(({ kind }) => kind === 'enter') ?? {}, { service: 0 })
  expect(verdicts(life24, shared.leave(call).run())['made once per event']).toEqual(['broken', 'broken'])
  const more = handled()
  for (const at of [7, 8])
    more.server({ at: 'server', kind: 'services', call: at, channelId: 'id-c0', event: 'message', session: null })
  expect(verdicts(life24, more.run())['made once per event']).toEqual(['kept', 'broken'])
})

test('broken: told of another event', () => {
  const history = handled()
  Object.assign(history.events.find(({ kind }) => kind === 'services') ?? {}, { event: 'connect' })
  expect(verdicts(life24, history.run())['told of the event']).toEqual(['broken'])
})

test('broken: never disposed, too early, by another way, twice', () => {
  expect(verdicts(life24, handled({ by: [] }).run()).disposed).toEqual(['broken'])
  expect(verdicts(life24, handled({ by: [], outcome: thrown }).run())['disposed after a throw']).toEqual(['broken'])
  expect(verdicts(life24, handled({ early: true }).run()).disposed).toEqual(['broken'])
  expect(verdicts(life24, handled({ by: ['close'] }).run())['by the first way']).toEqual(['broken'])
  expect(verdicts(life24, handled({ by: ['asyncDispose', 'asyncDispose'] }).run())['by the first way']).toEqual(['broken'])
})

test('unknown: a program that hung, or a system that was stopped, shows no absence', () => {
  const hung = handled({ by: [] }).client({ at: 'client', kind: 'timeout', waitingFor: 'x', patience: 1 })
  expect(verdicts(life24, hung.run()).disposed).toBeUndefined()
  const stopped = handled({ by: [] }).client({ at: 'client', kind: 'invoke', step: 's', action: { do: 'stop' } })
  expect(verdicts(life24, stopped.run()).disposed).toBeUndefined()
})

const logged = (history: Literal): Literal =>
  history.server({ at: 'server', kind: 'log', level: 'warn', message: 'failed', details: null })

test('a disposal that throws: logged, and nothing else changes', () => {
  expect(
    verdicts(
      life24,
      logged(handled({ poison: true }))
        .fence('c0')
        .run(),
    ),
  ).toMatchObject({
    'failure logged': ['kept'],
    'failure changes nothing': ['kept'],
  })
  expect(verdicts(life24, handled({ poison: true }).fence('c0').run())['failure logged']).toEqual(['broken'])
  expect(verdicts(life24, handled({ poison: true, reply: false }).fence('c0').run())['failure changes nothing']).toEqual([
    'broken',
  ])
  const cut = handled({ poison: true }).client({ at: 'client', kind: 'closed', conn: 'c0', code: 1011, reason: '' })
  expect(verdicts(life24, cut.run())['failure changes nothing']).toEqual(['broken'])
  expect(verdicts(life24, handled().fence('c0').run())['failure logged']).toBeUndefined()
})

test('one that fails keeps no other from being disposed of, once', () => {
  const told = (beside: number) =>
    verdicts(life24, handled({ poison: true, beside }).fence('c0').run())['failure changes nothing']
  expect(told(1)).toEqual(['kept', 'kept'])
  expect(told(2)).toEqual(['broken', 'kept'])
})

/** A handler leaves a publish unawaited, which a receiver holds up; its services are disposed of before or behind that. */
function pending(early: boolean): unknown {
  const history = new Literal().connect('c0', {}, false)
  const where = { at: 'server' as const, call: 0, channelId: 'id-c0' }
  const step = history.message('c0', { action: 'probe' })
  history.server({ ...where, kind: 'services', event: 'message', session: null, ways: ['close'] })
  const call = history.enter('c0', step)
  const op = history.begin(call, { op: 'publish', topic: 't', exclude: null, value: { m: '1' }, mode: 'track' })
  const at = { at: 'server' as const, conn: 'c0', step, call, channelId: 'id-c0', handler: 'action:probe' }
  history.server({ ...at, kind: 'leave', state: 'open', outcome: 'ok' })
  const disposed = (): void => void history.server({ ...where, kind: 'disposed', by: ['close'] })
  if (early) disposed()
  history.server({ at: 'server', kind: 'passed', id: 'r', gate: 'g' })
  history.end(call, op, 'publish')
  history.server({ ...at, kind: 'settled' })
  if (!early) disposed()
  return verdicts(life24, history.run()).disposed
}

test('disposed: only when what was left unawaited has settled', () => {
  expect(pending(false)).toEqual(['kept', 'kept'])
  expect(pending(true)).toEqual(['kept', 'broken'])
})
