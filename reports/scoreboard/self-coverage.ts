/** The page `reports/scoreboard/self-coverage.md`: what the kit's own broken adapters prove of it, and what not. */
import type { KillMatrix, RecordedKill } from '../../spec/records.ts'
import { literal, plain } from '../markdown/literal.ts'
import { table } from '../markdown/table.ts'
import { isKilled } from './kills.ts'
import { noMatrix } from './not-recorded.ts'
import type { Recorded } from './recorded.ts'
import { made, pageText } from './scoreboard.ts'

/** A mutant that needs more programs than these is hard to find. */
const few = 200

/** The whole page. */
export function selfCoveragePage(recorded: Recorded): string {
  const { matrices } = recorded
  const sections: readonly (readonly [string, string[]])[] =
    matrices.length === 0
      ? [['Clauses that no mutant breaks', [noMatrix, '', ...reasonLines(recorded)]]]
      : [
          ['Clauses that no mutant breaks', unbrokenLines(recorded)],
          ['Mutants that are hard to find', hardLines(matrices)],
          ['The matrix', matrixLines(recorded)],
        ]
  return pageText([
    ...['# What the suite does not prove of itself', '', made, ''],
    'A mutant is a deliberately broken adapter with the id it must be found to violate. Where none breaks a clause, nothing shows that the suite would notice.',
    '',
    ...sections.flatMap(([title, lines]) => [`## ${title}`, '', ...lines, '']),
  ])
}

const reasonsTable = (rows: readonly (readonly string[])[]): string[] => table(['id', 'clauses', 'why there is none'], 3, rows)

/** Without a matrix only those are known that somebody gave a reason for. */
function reasonLines({ uncovered }: Recorded): string[] {
  const rows = uncovered.map(({ id, clauses, reason }) => [id, clauses.map(literal).join(', '), plain(reason)])
  return ['Clauses for which the reason is given:', '', ...reasonsTable(rows)]
}

function unbrokenLines({ unbroken, uncovered, matrices }: Recorded): string[] {
  const rows = Object.entries(unbroken).flatMap(([id, clauses]) => {
    const own = uncovered.filter((each) => each.id === id)
    const explained = own.flatMap((each) => {
      const left = clauses.filter((clause) => each.clauses.includes(clause))
      return left.length === 0 ? [] : [[id, left.map(literal).join(', '), plain(each.reason)]]
    })
    const bare = clauses.filter((clause) => !own.some((each) => each.clauses.includes(clause)))
    return [...explained, ...(bare.length === 0 ? [] : [[id, bare.map(literal).join(', '), '**no reason is given**']])]
  })
  const seeds = matrices.map(({ seed }) => seed).join(', ')
  if (rows.length === 0) return [`Each clause of each MUST requirement is broken by a mutant (seeds ${seeds}).`]
  return [
    `Clauses of MUST requirements that no mutant was found to break, with any of the seeds ${seeds}:`,
    '',
    ...reasonsTable(rows),
  ]
}

/** The names of all mutants of these matrices, in the order of the first that has them. */
const namesOf = (matrices: readonly KillMatrix[]): string[] => [
  ...new Set(matrices.flatMap(({ mutants }) => mutants.map(({ name }) => name))),
]

const killsOf = (matrices: readonly KillMatrix[], name: string): (RecordedKill | undefined)[] =>
  matrices.map(({ mutants }) => mutants.find((kill) => kill.name === name))

function hardLines(matrices: readonly KillMatrix[]): string[] {
  const names = namesOf(matrices)
  const hard = names.filter((name) => killsOf(matrices, name).some(isHard))
  const easy = `${names.length - hard.length} of ${names.length} mutants are killed with every recorded seed by programs directed at their id alone, and by no more than ${few} of them.`
  if (hard.length === 0) return [easy]
  const rows = hard.map((name) => {
    const kills = killsOf(matrices, name)
    return [literal(name), kills.find((kill) => kill !== undefined)?.expected ?? '', ...kills.map(found)]
  })
  const header = ['mutant', 'expected', ...matrices.map(({ seed }) => `seed ${seed}`)]
  return [`${easy} The others:`, '', ...table(header, header.length, rows)]
}

const isHard = (kill: RecordedKill | undefined): boolean =>
  kill === undefined || !isKilled(kill) || kill.programs === null || kill.programs > few || kill.rare === true

function found(kill: RecordedKill | undefined): string {
  if (kill === undefined) return 'not in this record'
  if (kill.programs === null) return kill.couldNotJudge === undefined ? 'not found' : `not found; ${literal(kill.couldNotJudge)}`
  const blamed = kill.caughtBy.filter((id) => id !== kill.expected && !kill.also.includes(id))
  const how = kill.rare === true ? ', others than directed ones among them' : ''
  return `after ${kill.programs} programs${how}${blamed.length === 0 ? '' : `; blamed too: ${blamed.join(', ')}`}`
}

function matrixLines({ matrices, mutants }: Recorded): string[] {
  const seeds = matrices.map(({ seed }) => seed).join(' / ')
  const rows = namesOf(matrices).map((name) => {
    const kills = killsOf(matrices, name)
    const [first] = kills.filter((kill) => kill !== undefined)
    const standsFor = mutants.find((each) => each.name === name)?.standsFor
    return [
      ...[literal(name), standsFor === undefined ? '*no longer among the mutants*' : plain(standsFor)],
      ...[first?.expected ?? '', first?.also.join(', ') ?? ''],
      bySeed(kills, ({ caughtBy }) => caughtBy.join(', ') || 'nothing'),
      bySeed(kills, ({ programs }) => String(programs ?? '-')),
      bySeed(kills, ({ steps }) => String(steps ?? '-')),
      bySeed(kills, ({ reproduced }) => (reproduced === undefined ? '-' : `${reproduced.times} of ${reproduced.of}`)),
    ]
  })
  const gone = mutants.filter(({ name }) => !namesOf(matrices).includes(name))
  return [
    `Programs until it was found, steps of the shrunk program, and in how many runs that shows it again; ${matrices.length > 1 ? `where seeds differ, by seed (${seeds})` : `seed ${seeds}`}.`,
    '',
    ...table(['mutant', 'stands for', 'expected', 'also', 'caught by', 'programs', 'steps', 'reproduced'], 5, rows),
    ...(gone.length === 0 ? [] : ['', `In no record: ${gone.map(({ name }) => literal(name)).join(', ')}.`]),
  ]
}

/** A cell: one value where all seeds agree. */
function bySeed(kills: readonly (RecordedKill | undefined)[], of: (kill: RecordedKill) => string): string {
  const values = kills.map((kill) => (kill === undefined ? '-' : of(kill)))
  return new Set(values).size === 1 ? (values[0] ?? '') : values.join(' / ')
}
