import { expect, test } from 'vitest'
import { Literal, verdicts } from '../../testing/literal.ts'
import { send12 } from './encoding.ts'

const closed = (fault?: string) =>
  new Literal()
    .connect('c0', {}, false)
    .client({ at: 'client', kind: 'closed', conn: 'c0', code: 1006, reason: '', ...(fault !== undefined && { fault }) })
    .run()

test('SEND-12: a client that fails its connection over a frame has been sent one that it cannot read', () => {
  expect(verdicts(send12, closed('Invalid WebSocket frame: invalid opcode 13'))).toEqual({
    'frames that can be read': ['broken'],
  })
})

test('SEND-12: an end without a word is nothing of the kind, and whoever received something could read it', () => {
  expect(verdicts(send12, closed())).toEqual({})
  expect(
    verdicts(
      send12,
      new Literal()
        .connect('c0', {}, false)
        .client({ at: 'client', kind: 'receive', conn: 'c0', data: { text: 'x' } })
        .run(),
    ),
  ).toEqual({
    'frames that can be read': ['kept'],
  })
})
