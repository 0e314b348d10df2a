import { expect, test } from 'vitest'
import { Literal, verdicts } from '../../testing/literal.ts'
import { life20 } from './apart.ts'

/** Two connections, on main and on bare; a handler of `wired` answers the second one's message. */
function handledBy(wired: string | undefined, others = true): Literal {
  const history = new Literal()
  if (others) history.connect('c1', { channel: 'main' }, false)
  history.connect('c0', { channel: 'bare' }, false)
  const step = history.message('c0', { action: 'probe' })
  history.leave(history.enter('c0', step))
  const enter = history.events.find(({ kind }) => kind === 'enter')
  return Object.assign(history, Object.assign(enter ?? {}, { wired }) && {})
}

test('own handlers: kept, broken, not exercised with one channel, unknown without the name', () => {
  expect(verdicts(life20, handledBy('bare').run())).toEqual({ 'own handlers': ['kept'] })
  expect(verdicts(life20, handledBy('main').run())).toEqual({ 'own handlers': ['broken'] })
  expect(verdicts(life20, handledBy('bare', false).run())).toEqual({})
  expect(verdicts(life20, handledBy(undefined).run())).toEqual({})
})

/** A start of `variant` that ended so. */
function started(variant: string, message?: string): Literal {
  const history = new Literal().client({ at: 'client', kind: 'invoke', step: 's', action: { do: 'start', variant } })
  if (message === undefined) return history.client({ at: 'client', kind: 'hosted', step: 's', outcome: 'ok' })
  return history.client({
    at: 'client',
    kind: 'hosted',
    step: 's',
    outcome: 'rejected',
    error: { name: 'Error', message, typeError: false },
  })
}

test('wired twice: refused with an error that names both', () => {
  expect(verdicts(life20, started('duplicate name', 'twice: /two and /one').run())).toEqual({ 'name wired twice': ['kept'] })
  expect(verdicts(life20, started('duplicate name', 'twice').run())).toEqual({ 'name wired twice': ['broken'] })
  expect(verdicts(life20, started('duplicate name').run())).toEqual({ 'name wired twice': ['broken'] })
  expect(verdicts(life20, started('duplicate route', 'first and second: /same').run())).toEqual({ 'route wired twice': ['kept'] })
  expect(verdicts(life20, started('duplicate route').run())).toEqual({ 'route wired twice': ['broken'] })
})

test('both wired: kept, broken', () => {
  expect(verdicts(life20, started('own names and routes').run())).toEqual({ 'both wired': ['kept'] })
  expect(verdicts(life20, started('own names and routes', 'no').run())).toEqual({ 'both wired': ['broken'] })
})
