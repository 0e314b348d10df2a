import { expect, test } from 'vitest'
import { verdicts } from '../../testing/literal.ts'
import { PlatformLiteral } from '../../testing/platform-literal.ts'
import { stateless04 } from './removed.ts'

/** A message that is given to the system once its channel is removed, with so many runs of its handler. */
function late(times: number, pending = false): PlatformLiteral {
  const history = new PlatformLiteral().connect('c0')
  const early = pending ? history.invoked('message', 'c0') : undefined
  const step = history.message('c0', { action: 'probe' })
  history.ends('c0').disconnects('c0')
  const message = history.invoked('message', 'c0', { repeat: true })
  for (let run = 0; run < times; run++) history.leave(history.enter('c0', step))
  if (early !== undefined) history.returned(early)
  return history.returned(message)
}

test('a message behind the removal runs no handler', () => {
  expect(verdicts(stateless04, late(0).idle().run())).toEqual({ 'no handler': ['kept'] })
  expect(verdicts(stateless04, late(1).run())['no handler']).toEqual(['broken'])
  expect(verdicts(stateless04, late(0).run())).toEqual({})
})

test('a handler of a message that came in time may start late', () => {
  expect(verdicts(stateless04, late(1, true).idle().run())['no handler']).toEqual(['kept'])
  const open = new PlatformLiteral().connect('c0')
  open.returned(open.invoked('message', 'c0')).idle()
  expect(verdicts(stateless04, open.run())).toEqual({})
})

test('it creates nothing', () => {
  const behind = () => late(0).idle()
  expect(verdicts(stateless04, behind().residue().run())['creates nothing']).toEqual(['kept'])
  expect(verdicts(stateless04, behind().residue(['id-c0']).run())['creates nothing']).toEqual(['broken'])
  expect(
    verdicts(
      stateless04,
      behind()
        .residue([], [['1:t', 'id-c0']])
        .run(),
    )['creates nothing'],
  ).toEqual(['broken'])
})
