/** What came of systems: verdicts by level and by area, capabilities, and everything that decides against them. */
import { floors } from '../../spec/floors.ts'
import { areas } from '../../spec/requirement.ts'
import { requirementById } from '../../spec/requirements/index.ts'
import type { ConformanceResult, SystemResult, Verdict } from '../../spec/result.ts'
import { literal, plain } from '../markdown/literal.ts'
import { outcome } from '../markdown/summary.ts'
import { table } from '../markdown/table.ts'
import { lastLine, unexercised, unseenLines, verdictCounts } from '../text/summary.ts'

const verdicts: readonly Verdict[] = ['passed', 'failed', 'not-exercised', 'not-observable', 'not-applicable']
const words = (verdict: Verdict): string => verdict.replace('-', ' ')

/** What a result was made with. */
export const stampLine = (result: ConformanceResult): string =>
  `Contract ${plain(result.contractVersion)}, package ${plain(result.packageVersion)}, seed ${result.seed}, Node ${plain(result.nodeVersion)}, ${plain(result.date)}.`

/** The tables and lists of a result. */
export function systemsLines(result: ConformanceResult): string[] {
  const { systems } = result
  return [
    stampLine(result),
    '',
    plain(lastLine(result)),
    '',
    ...table(
      [
        'system',
        'engine',
        'outcome',
        'SHOULD',
        ...verdicts.map((each) => `MUST ${words(each)}`),
        'programs',
        'steps',
        'time-outs',
      ],
      4,
      systems.map(levelRow),
    ),
    '',
    ...table(
      ['area', ...systems.map(({ name }) => literal(name))],
      1 + systems.length,
      areaNames(systems).map((area) => [area, ...systems.map((system) => areaCell(system, area))]),
    ),
    '',
    ...table(
      ['system', 'capabilities', 'simulated programs'],
      2,
      systems.map(({ name, capabilities, simulated }) => [
        literal(name),
        capabilities.map(literal).join(', ') || 'none',
        simulated?.programs ?? '-',
      ]),
    ),
    '',
    ...listed('Failed', systems, failures),
    ...listed('Not exercised', systems, bare),
    ...listed(`Decided in fewer programs than ${floors.clause} (${floors.heavy} where that is costly)`, systems, thin),
    ...listed('Not observable', systems, (system) => unseenLines(system).map((line) => plain(line.trim()))),
    ...listed('Could not be judged', systems, ({ couldNotJudge }) => reason(couldNotJudge)),
    ...listed('Skipped', systems, ({ skipped, couldNotJudge }) => (couldNotJudge === undefined ? reason(skipped) : [])),
  ]
}

function levelRow(system: SystemResult): (string | number)[] {
  const must = verdictCounts(system, 'must')
  const engine = system.engine === undefined ? '' : literal(system.engine)
  const should = countsText(verdictCounts(system, 'should'))
  const { programs, steps, timeouts } = system
  return [literal(system.name), engine, outcome(system), should, ...verdicts.map((each) => must[each]), programs, steps, timeouts]
}

function countsText(counts: Readonly<Record<Verdict, number>>): string {
  const parts = verdicts.flatMap((each) => (counts[each] === 0 ? [] : [`${counts[each]} ${words(each)}`]))
  return parts.join(', ') || '-'
}

/** Requirements of another version of the contract may be in none of ours. */
const elsewhere = 'of another contract'

const areaOf = (id: string): string => requirementById(id)?.area ?? elsewhere

function areaNames(systems: readonly SystemResult[]): string[] {
  const found = new Set(systems.flatMap(({ requirements }) => requirements.map(({ id }) => areaOf(id))))
  return [...areas, elsewhere].filter((area) => found.has(area))
}

const areaCell = (system: SystemResult, area: string): string =>
  countsText(verdictCounts({ ...system, requirements: system.requirements.filter(({ id }) => areaOf(id) === area) }))

/** A list of what there is to say of each system; nothing where there is nothing. */
function listed(title: string, systems: readonly SystemResult[], of: (system: SystemResult) => string[]): string[] {
  const told = systems.flatMap((system) => of(system).map((line) => `- ${literal(system.name)}: ${line}`))
  return told.length === 0 ? [] : [`**${title}**`, '', ...told, '']
}

const reason = (text: string | undefined): string[] => (text === undefined ? [] : [literal(text)])

function failures({ requirements }: SystemResult): string[] {
  return requirements
    .filter(({ verdict }) => verdict === 'failed')
    .flatMap(({ id, level, violations }) =>
      violations.map(({ clause, observed }) => `${id} (${level}) ${literal(clause)}, observed ${literal(observed)}`),
    )
}

function bare({ requirements }: SystemResult): string[] {
  return requirements
    .filter(({ verdict }) => verdict === 'not-exercised')
    .map((each) => `${each.id} (${each.level}) ${unexercised(each).map(literal).join(', ')}`)
}

function thin({ requirements }: SystemResult): string[] {
  return requirements.flatMap(({ id, clauses }) =>
    Object.entries(clauses)
      .filter(([, { programs, heavy }]) => programs > 0 && programs < (heavy === true ? floors.heavy : floors.clause))
      .map(([clause, { programs }]) => `${id} ${literal(clause)} in ${programs}`),
  )
}
