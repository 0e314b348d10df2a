import { expect, test } from 'vitest'
import { threw } from '../testing/ending-literal.ts'
import { PlatformLiteral } from '../testing/platform-literal.ts'
import type { Json } from '../values.ts'
import { excuseOf } from './crashes.ts'

const two = (): PlatformLiteral => new PlatformLiteral().connect('c0').connect('c1')

/** Whose findings the history excuses. */
function excused(history: PlatformLiteral): string[] {
  const excuse = excuseOf(history.run())
  return ['c0', 'c1'].filter((conn) => excuse?.([{ at: 'client', kind: 'ack', conn, seq: 0, process: 'kit' }]) === true)
}

test('nothing is excused where nothing was killed or refused', () => {
  expect(excuseOf(two().posts('c0', { m: 'x' }).run())).toBeUndefined()
})

test('who was killed, and who had faults', () => {
  const killed = two()
  expect(excused(killed.returned(killed.invoked('message', 'c0'), { outcome: 'killed' }))).toEqual(['c0'])
  const faulty = (faults: Json) => excused(new PlatformLiteral().connect('c0', { faults }).connect('c1'))
  expect(faulty({ posts: ['failed'] })).toEqual(['c0'])
  expect(faulty({ messages: 'overtaken', posts: ['slow'] })).toEqual(['c0'])
  // What is late is neither lost nor refused.
  expect(faulty({ posts: [null, 'slow'] })).toEqual([])
})

test('who was said to be gone while it lasted, but not who had gone by then', () => {
  expect(excused(two().posts('c0', { m: 'x' }, { status: 410 }))).toEqual(['c0'])
  expect(excused(two().ends('c0').posts('c0', { m: 'x' }, { status: 410 }))).toEqual([])
})

test('nobody was there to be gone whom onConnect had refused', () => {
  const refused = (thrown: boolean): string[] => {
    const history = new PlatformLiteral().connect('c1')
    const connect = { do: 'connect', client: 0, channel: 'main' }
    history.client({ at: 'client', kind: 'invoke', conn: 'c0', step: '1.0', action: connect })
    history.leave(history.enter('c0', '1.0', { handler: 'onConnect', state: 'initial' }), thrown ? threw() : undefined)
    history.client({ at: 'client', kind: 'refused', conn: 'c0', step: '1.0', status: 500 })
    return excused(history.posts('c0', { m: 'x' }, { status: 410 }))
  }
  expect([refused(true), refused(false)]).toEqual([[], ['c0']])
})

test('whose messages went astray', () => {
  const astray = two().posts('c0', { m: 'x' }, { endpoint: 'http://other' }).posts('c0', { m: 'y' })
  expect(excused(astray)).toEqual(['c0'])
})
