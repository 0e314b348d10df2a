/** The self-coverage page, word for word of literal records. */
import { expect, test } from 'vitest'
import { selfCoveragePage } from './self-coverage.ts'
import { all, nothing } from './testing/recorded.ts'

test('clauses without a mutant, mutants that are hard to find, and the matrix', () => {
  expect(selfCoveragePage(all)).toMatchInlineSnapshot(`
    "# What the suite does not prove of itself

    Made by \`npm run scoreboard\` from \`reports/records\` and \`reports/scoreboard/submissions\`: what is edited here is lost.

    A mutant is a deliberately broken adapter with the id it must be found to violate. Where none breaks a clause, nothing shows that the suite would notice.

    ## Clauses that no mutant breaks

    Clauses of MUST requirements that no mutant was found to break, with any of the seeds 1, 2:

    | id | clauses | why there is none |
    | --- | --- | --- |
    | PUB-14 | <code>other processes</code> | No copy of it is loaded there. |
    | LIFE-01 | <code>two</code> | The platform does it. |
    | LIFE-01 | <code>one</code> | **no reason is given** |

    ## Mutants that are hard to find

    1 of 5 mutants are killed with every recorded seed by programs directed at their id alone, and by no more than 200 of them. The others:

    | mutant | expected | seed 1 | seed 2 |
    | --- | --- | --- | --- |
    | <code>slow</code> | PUB-02 | after 201 programs | after 200 programs |
    | <code>rare</code> | PUB-02 | after 3 programs | after 90 programs, others than directed ones among them |
    | <code>gone</code> | PUB-02 | after 3 programs | not in this record |
    | <code>blames</code> | PUB-02 | after 3 programs; blamed too: SUB-01 | not found; <code>it died</code> |

    ## The matrix

    Programs until it was found, steps of the shrunk program, and in how many runs that shows it again; where seeds differ, by seed (1 / 2).

    | mutant | stands for | expected | also | caught by | programs | steps | reproduced |
    | --- | --- | --- | --- | --- | ---: | ---: | ---: |
    | <code>plain</code> | The mistake plain. | PUB-02 |  | PUB-02 | 3 / 7 | 2 | 10 of 10 |
    | <code>slow</code> | The mistake slow. | PUB-02 |  | PUB-02 | 201 / 200 | 2 | 10 of 10 |
    | <code>rare</code> | The mistake rare. | PUB-02 |  | PUB-02 | 3 / 90 | 2 | 10 of 10 |
    | <code>gone</code> | *no longer among the mutants* | PUB-02 |  | PUB-02 / - | 3 / - | 2 / - | 10 of 10 / - |
    | <code>blames</code> | The mistake blames. | PUB-02 |  | PUB-02, SUB-01 / nothing | 3 / - | 2 / - | 10 of 10 / - |

    In no record: <code>new</code>.
    "
  `)
})

test('where all is well there is little to say', () => {
  const [matrix] = all.matrices
  if (matrix === undefined) throw new Error('there is a matrix')
  const easy = { ...matrix, mutants: matrix.mutants.slice(0, 1) }
  const page = selfCoveragePage({ ...all, matrices: [easy], unbroken: {}, mutants: all.mutants.slice(0, 1) })
  expect(page).toContain('Each clause of each MUST requirement is broken by a mutant (seeds 1).')
  expect(page).toContain('1 of 1 mutants are killed with every recorded seed')
  expect(page).not.toContain('The others:')
  expect(page).not.toContain('In no record')
})

test('without a matrix the reasons that are given are shown all the same', () => {
  const page = selfCoveragePage({ ...nothing, uncovered: all.uncovered })
  expect(page).toContain('| PUB-14 | <code>other processes</code> | No copy of it is loaded there. |')
  expect(page).not.toContain('## The matrix')
})
