/** Every clause of STORE on literal histories: kept, broken, and left open or not exercised where the contract says no more. */
import { expect, test } from 'vitest'
import { verdicts } from '../../testing/literal.ts'
import { nothing, ops, record, StoreLiteral } from '../../testing/store-literal.ts'
import { stores } from './index.ts'

const { add, find, list, reads, remove, residue, set, sub, sweep, unsub } = ops
const h = (): StoreLiteral => new StoreLiteral()
const added = (): StoreLiteral => h().then(add())
const two = (): StoreLiteral => h().then(add(), add(true, 'b'))
const expired = (): StoreLiteral => added().then(sub()).advance(2000)
const crowd = (): StoreLiteral => two().then(sub(), sub(true, 'b'))

/** Three histories: one keeps the clause, one breaks it, and in one it is left open. */
const cases: Record<string, [kept: StoreLiteral, broken: StoreLiteral, open: StoreLiteral]> = {
  'STORE-01 added': [added(), h().then(add(false)), h().then(remove(nothing), add(false))],
  'STORE-01 found': [added().then(find()), added().then(find(nothing)), h().beside(add(), find(nothing))],
  'STORE-01 unknown': [h().then(find(nothing)), h().then(find()), h().beside(find(), add())],
  'STORE-01 opening data': [
    added().then(find()),
    added().then(find(record('a', nothing, { openingData: {} }))),
    added().then(find(nothing)),
  ],
  'STORE-01 channel name': [
    added().then(find()),
    added().then(find(record('a', nothing, { name: 'N' }))),
    added().then(find(nothing)),
  ],
  'STORE-01 times': [
    added().then(find()),
    added().then(find(record('a', nothing, { expires: 1001 }))),
    added().then(find(nothing)),
  ],
  'STORE-02 twice': [
    added().then(add(false)),
    added().then(add()),
    added()
      .advance(25 * 3_600_000)
      .then(add()),
  ],
  'STORE-02 side by side': [
    h().beside(add(), add(false)),
    h().beside(add(), add()),
    h().beside(add(false), add(false), remove(nothing)),
  ],
  'STORE-02 removed': [added().then(remove(), add(false)), added().then(remove(), add()), added().beside(remove(), add(false))],
  'STORE-03 accepted': [added().then(set(1)), added().then(set(1, false)), added().beside(set(1, false), remove())],
  'STORE-03 refused': [added().then(remove(), set(1, false)), added().then(remove(), set(1)), added().beside(set(1), remove())],
  'STORE-03 none': [added().then(find()), added().then(find(record('a', 1))), added().beside(set(1), find(record('a', 1)))],
  'STORE-03 last': [
    added().then(set(1), set(2), find(record('a', 2))),
    added().then(set(1), set(2), find(record('a', 1))),
    added()
      .then(set(1))
      .beside(set(2), find(record('a', 1))),
  ],
  'STORE-03 side by side': [
    added()
      .beside(set(1), set(2))
      .then(find(record('a', 1))),
    added().beside(set(1), set(2)).then(find()),
    added().then(set(1), find(record('a', 1))),
  ],
  'STORE-03 stays': [
    added()
      .beside(set(1), set(2))
      .then(find(record('a', 1)), find(record('a', 1))),
    added()
      .beside(set(1), set(2))
      .then(find(record('a', 1)), find(record('a', 2))),
    added()
      .beside(set(1), set(2))
      .then(find(record('a', 1)), set(2), find(record('a', 2))),
  ],
  'STORE-03 per channel': [
    two().then(set(1, true, 'b'), find()),
    two().then(set(1, true, 'b'), find(record('a', 1))),
    two().beside(set(1, true, 'b'), find()),
  ],
  'STORE-04 one': [added().then(remove()), added().then(remove(nothing)), h().beside(add(), remove(nothing))],
  'STORE-04 an expired one': [expired().then(remove()), expired().then(remove(nothing)), added().then(remove())],
  'STORE-04 side by side': [
    added().beside(remove(), remove(nothing)),
    added().beside(remove(), remove()),
    added().then(remove(), remove(nothing)),
  ],
  'STORE-04 again': [
    added().then(remove(), remove(nothing)),
    added().then(remove(), remove()),
    added().beside(remove(), remove(nothing)),
  ],
  'STORE-04 unknown': [h().then(remove(nothing)), h().then(remove()), h().beside(add(), remove())],
  'STORE-04 record': [added().then(remove()), added().then(remove(record('b'))), added().then(remove(nothing))],
  'STORE-04 session': [added().then(set(1), remove(record('a', 1))), added().then(set(1), remove()), h().then(remove(nothing))],
  'STORE-04 gone': [added().then(remove(), find(nothing)), added().then(remove(), find()), added().beside(remove(), find())],
  'STORE-05 subscribed before': [
    added().then(sub(), remove(), list()),
    added().then(sub(), remove(), list([['a']])),
    added()
      .then(sub())
      .beside(remove(), list([['a']])),
  ],
  'STORE-05 subscribed beside': [
    added().beside(sub(), remove()).then(list()),
    added()
      .beside(sub(), remove())
      .then(list([['a']])),
    added().beside(sub(false), remove(), list([['a']])),
  ],
  'STORE-05 subscribed afterwards': [
    added().then(remove(), sub(false), list()),
    added().then(remove(), sub(false), list([['a']])),
    added()
      .then(remove())
      .beside(sub(false), list([['a']])),
  ],
  'STORE-05 nothing kept': [
    added().then(sub(), remove(), residue()),
    added().then(sub(), remove(), residue([], [['t', 'a']])),
    added().then(sub(), residue(['a'], [['t', 'a']])),
  ],
  'STORE-06 accepted': [added().then(sub()), added().then(sub(false)), added().beside(remove(), sub(false))],
  'STORE-06 again': [added().then(sub(), sub()), added().then(sub(), sub(false)), added().beside(sub(), sub())],
  'STORE-06 listed once': [
    added().then(sub(), sub(), list([['a']])),
    added().then(sub(), sub(), list([['a'], ['a']])),
    added()
      .then(sub())
      .beside(sub(), list([['a'], ['a']])),
  ],
  'STORE-06 undone at once': [
    added().then(sub(), sub(), unsub(), list()),
    added().then(sub(), sub(), unsub(), list([['a']])),
    added()
      .then(sub())
      .beside(sub(), unsub())
      .then(list([['a']])),
  ],
  'STORE-06 removed': [added().then(remove(), sub(false)), added().then(remove(), sub()), added().beside(remove(), sub())],
  'STORE-06 unknown': [h().then(sub(false)), h().then(sub()), h().beside(add(), sub())],
  'STORE-06 lists nobody refused': [
    h().then(sub(false), list()),
    h().then(sub(false), list([['a']])),
    h().beside(sub(false), list([['a']])),
  ],
  'STORE-06 nothing kept': [
    h().then(sub(false), residue()),
    h().then(sub(false), residue([], [['t', 'a']])),
    h().beside(sub(false), residue([], [['t', 'a']])),
  ],
  'STORE-07 resolves': [
    added().then(sub(), unsub()),
    added().then(sub()).rejects('unsubscribe', { topic: 't', id: 'a' }),
    added().then(sub()),
  ],
  'STORE-07 not subscribed': [
    h().then(unsub()),
    h().rejects('unsubscribe', { topic: 't', id: 'a' }),
    added().beside(sub(), unsub()),
  ],
  'STORE-07 takes away': [
    added().then(sub(), unsub(), list()),
    added().then(sub(), unsub(), list([['a']])),
    added()
      .then(sub())
      .beside(unsub(), list([['a']])),
  ],
  'STORE-07 twice': [
    added().then(sub(), unsub(), unsub()),
    added().then(sub(), unsub()).rejects('unsubscribe', { topic: 't', id: 'a' }),
    added().then(sub()).beside(unsub(), unsub()),
  ],
  'STORE-07 subscribed again': [
    added().then(sub(), unsub(), sub(), list([['a']])),
    added().then(sub(), unsub(), sub(), list()),
    added().then(sub()).beside(unsub(), sub()).then(list()),
  ],
  'STORE-08 each': [added().then(sub(), list([['a']])), added().then(sub(), list()), added().beside(sub(), list())],
  'STORE-08 once': [
    added().then(sub(), list([['a']])),
    added().then(sub(), list([['a'], ['a']])),
    added().beside(sub(), list([['a', 'a']])),
  ],
  'STORE-08 nobody else': [
    added().then(sub(true, 'a', 'u'), list()),
    added().then(sub(true, 'a', 'u'), list([['a']])),
    added().then(list()),
  ],
  'STORE-08 across pages': [
    added().then(sub(), list([['b'], ['a']])),
    added().then(sub(), list([['b'], ['c']])),
    added().then(sub(), list([['a']])),
  ],
  'STORE-08 while others change': [
    two()
      .then(sub())
      .beside(list([['a']]), sub(true, 'b')),
    two().then(sub()).beside(list(), sub(true, 'b')),
    two().then(sub(), sub(true, 'b'), list([['a', 'b']])),
  ],
  'STORE-09 ids': [
    h().then(add(true, 'a#b'), find(record('a#b'), 'a#b')),
    h().then(add(true, 'a#b'), find(nothing, 'a#b')),
    h().then(set(1, false, 'a#b')),
  ],
  'STORE-09 topics': [
    added().then(sub(true, 'a', ''), list([['a']], '')),
    added().then(sub(true, 'a', ''), list([['a']], '#')),
    h().then(list([], '')),
  ],
  'STORE-10 not found': [expired().then(find(nothing)), expired().then(find()), added().advance(1000).then(find())],
  'STORE-10 not listed': [
    expired().then(list()),
    expired().then(list([['a']])),
    added()
      .then(sub())
      .advance(1000)
      .then(list([['a']])),
  ],
  'STORE-10 not subscribed': [expired().then(sub(false)), expired().then(sub()), added().advance(1000).then(sub())],
  'STORE-10 swept': [
    expired().then(sweep([['a']], 2000)),
    expired().then(sweep([], 2000)),
    expired().beside(remove(), sweep([], 2000)),
  ],
  'STORE-10 no live ones': [added().then(sweep()), added().then(sweep([['a']])), added().then(sweep([['a']], 1000))],
  'STORE-10 no removed ones': [
    expired().then(remove(), sweep([], 2000)),
    expired().then(remove(), sweep([['a']], 2000)),
    expired().beside(remove(), sweep([['a']], 2000)),
  ],
  'STORE-10 live ones unread': [added().then(sweep(), reads(0)), added().then(sweep(), reads(1)), h().then(sweep(), reads(1))],
}

const clauses = stores.flatMap((requirement) => Object.keys(requirement.clauses).map((clause) => ({ requirement, clause })))

test('every clause has its histories', () => {
  expect(Object.keys(cases)).toEqual(clauses.map(({ requirement, clause }) => `${requirement.id} ${clause}`))
})

test.each(clauses.map(({ requirement, clause }) => [`${requirement.id} ${clause}`, requirement, clause] as const))(
  '%s: kept, broken, left open, not exercised',
  (name, requirement, clause) => {
    const [kept, broken, open] = cases[name] ?? []
    const of = (history = h()) => verdicts(requirement, history.run())[clause] ?? []
    expect(new Set(of(kept)), 'kept').toEqual(new Set(['kept']))
    expect(of(broken), 'broken').toContain('broken')
    expect(
      of(open).filter((each) => each !== 'undecided'),
      'open',
    ).toEqual([])
    expect(of(h()), 'not exercised').toEqual([])
  },
)

test('no history that keeps a clause breaks another', () => {
  for (const [name, [kept]] of Object.entries(cases))
    for (const requirement of stores)
      for (const [clause, told] of Object.entries(verdicts(requirement, kept.run()))) {
        // Listings that name channels nobody added are there for one clause alone.
        if (name.startsWith('STORE-08 across pages')) continue
        expect(told, `${name}: ${requirement.id} ${clause}`).not.toContain('broken')
      }
})

test('whatever rejects breaks its plainest promise', () => {
  const rejected = crowd().rejects('remove', { id: 'a' }).rejects('subscribers', { topic: 't' }).rejects('find', { id: 'b' })
  expect(brokenBy(rejected)).toEqual(['STORE-01 found', 'STORE-04 one', 'STORE-08 each'])
})

/** Every clause that a history breaks. */
const brokenBy = (history: StoreLiteral): string[] =>
  stores.flatMap((each) =>
    Object.entries(verdicts(each, history.run())).flatMap(([clause, told]) =>
      told.includes('broken') ? [`${each.id} ${clause}`] : [],
    ),
  )

test('what is given of a channel that nobody has added yet has removed nothing', () => {
  const afterwards = (history: StoreLiteral) => history.then(sub(), set(1), list([['a']]), find(record('a', 1)))
  expect(brokenBy(afterwards(h().then(remove(), add())))).toEqual(['STORE-04 unknown'])
  expect(brokenBy(afterwards(h().then(remove(), add())).then(remove(record('a', 1)), remove(nothing)))).toEqual([
    'STORE-04 unknown',
  ])
  // It may have come after the add, and then it was the one.
  expect(brokenBy(h().beside(remove(), add()).then(sub(false), find(nothing), list()))).toEqual([])
})

test('an undecided listing is told as such', () => {
  const open = added().beside(sub(false), remove(), list([['a']]))
  expect(stores.flatMap((each) => Object.values(verdicts(each, open.run())).flat())).not.toContain('broken')
  const late = added()
    .then(sub(), remove())
    .beside(sub(false), list([['a']]))
  expect(verdicts(stores[4] as (typeof stores)[number], late.run())['subscribed before']).toEqual(['undecided'])
})
