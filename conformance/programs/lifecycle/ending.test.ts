import { expect, test } from 'vitest'
import { lifecycle } from '../../../spec/requirements/lifecycle/index.ts'
import { lifecycleClosing } from './closing.ts'
import { lifecycleGone } from './gone.ts'
import { lifecycleIsolation } from './isolation.ts'
import { lifecycleLater } from './later.ts'
import { lifecycleOutlasting } from './outlasting.ts'
import { lifecycleStop } from './stop.ts'

const families = [lifecycleClosing, lifecycleIsolation, lifecycleStop, lifecycleGone, lifecycleOutlasting, lifecycleLater]
const examples = families.flatMap((family) =>
  Object.entries(family.examples).map(([name, program]) => [name, family, program] as const),
)

test.each(examples)('%s: its example can be shrunk as a program of its family', (_name, family, program) => {
  expect(family.arbitrary.canShrinkWithoutContext(program)).toBe(true)
})

test('every clause about ends has an example', () => {
  const ids = ['LIFE-10', 'LIFE-11', 'LIFE-12', 'LIFE-13', 'LIFE-14', 'LIFE-16', 'LIFE-17', 'LIFE-18', 'LIFE-19', 'LIFE-21']
  const clauses = lifecycle
    .filter(({ id }) => ids.includes(id))
    .flatMap(({ id, clauses }) =>
      // What binds stateless systems alone is shown by programs of that area.
      Object.entries(clauses).flatMap(([clause, { capabilities }]) =>
        capabilities?.includes('stateless') === true ? [] : [`${id} ${clause}`],
      ),
    )
  const named = new Set(examples.map(([name]) => name))
  expect(clauses.filter((clause) => !named.has(clause))).toEqual([])
})
