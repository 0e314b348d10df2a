import { expect, test } from 'vitest'
import { broken, requirement } from '../spec/requirement.ts'
import { Literal } from '../spec/testing/literal.ts'
import { judge } from './judge.ts'

const clause = { promise: 'nothing is ever received' }

/** Broken by every connection's opening; once as anybody's promise, once as one that holds despite crashes. */
const all = (despiteCrashes: boolean, area: 'lifecycle' | 'stateless' = 'lifecycle') =>
  requirement({
    id: 'LIFE-99',
    title: 'a promise',
    level: 'must',
    area,
    since: '1.0',
    clauses: { it: { ...clause, ...(despiteCrashes && { despiteCrashes }) } },
    source: { decision: 'for this test' },
    *judge(run) {
      for (const { open } of run.connections) yield broken('it', { events: [open], expected: '', observed: '' })
    },
  })

/** Two connections; of `conn` a message's invocation ends so. */
function run(outcome: 'ok' | 'killed') {
  const history = new Literal().connect('c0').connect('c1')
  const told = { at: 'server', conn: 'c0', channelId: 'id-c0', invocation: 1, event: 'message' } as const
  return history
    .server({ ...told, kind: 'invoked' })
    .server({ ...told, kind: 'returned', outcome })
    .run()
}

const blamed = (of: ReturnType<typeof all>, outcome: 'ok' | 'killed') =>
  judge(run(outcome), [of]).violations.map(({ events }) => events[0]?.conn)

test('a killed invocation excuses what it was doing for its connection, and nobody else', () => {
  expect(blamed(all(false), 'ok')).toEqual(['c0', 'c1'])
  expect(blamed(all(false), 'killed')).toEqual(['c1'])
  expect(
    judge(run('killed'), [all(false)])
      .decisions.get('LIFE-99')
      ?.get('it'),
  ).toEqual({ decided: 1, undecided: 1 })
})

test('promises that hold despite crashes have no excuse', () => {
  expect(blamed(all(true), 'killed')).toEqual(['c0', 'c1'])
  expect(blamed(all(false, 'stateless'), 'killed')).toEqual(['c0', 'c1'])
})

test('faults that a program asked for excuse their connection, and nobody else', () => {
  const history = new Literal().connect('c0', { faults: { posts: ['gone'] } }).connect('c1')
  expect(judge(history.run(), [all(false)]).violations.map(({ events }) => events[0]?.conn)).toEqual(['c1'])
  expect(judge(history.run(), [all(true)]).violations).toHaveLength(2)
})
