/** What GitHub shows beside a workflow's run: an annotation for each outcome that decides against a system. */
import { requirementById } from '../../spec/requirements/index.ts'
import type { ConformanceResult, SystemResult } from '../../spec/result.ts'
import { asInBaseline } from '../text/baseline.ts'
import { replayCommand } from '../text/card.ts'
import { type Failed, type FiledCard, failedLine, failedOf } from '../text/failed.ts'
import { unexercised } from '../text/summary.ts'

/** The workflow commands to be printed, a line each: errors first, for GitHub shows ten of each kind and step. */
export function annotations(result: ConformanceResult, cards: readonly FiledCard[]): string[] {
  const all = result.systems.flatMap((system) => annotationsOf(system, cards))
  return [...all.filter(({ kind }) => kind === 'error'), ...all.filter(({ kind }) => kind === 'warning')].map(commandLine)
}

interface Annotation {
  kind: 'error' | 'warning'
  title: string
  message: string
}

function annotationsOf(system: SystemResult, cards: readonly FiledCard[]): Annotation[] {
  const { name, couldNotJudge, requirements } = system
  return [
    ...(couldNotJudge === undefined
      ? []
      : [{ kind: 'error' as const, title: `${name} could not be judged`, message: couldNotJudge }]),
    ...failedOf(system, cards).map((failed) => failure(system, failed)),
    ...requirements.flatMap(({ id, baselineErrors = [] }) =>
      baselineErrors.map((message) => ({ kind: 'error' as const, title: `${id}: the baseline of ${name}`, message })),
    ),
    ...requirements
      .filter(({ verdict }) => verdict === 'not-exercised')
      .map((each) => ({
        kind: 'warning' as const,
        title: `${each.id} (${each.level}) not exercised on ${name}`,
        message: `no program decided ${unexercised(each).join(', ')}`,
      })),
  ]
}

/** A SHOULD that does not hold, and a known failure, fail no run, and so they are no errors here. */
function failure({ name }: SystemResult, failed: Failed): Annotation {
  const { id, level, baseline } = failed.requirement
  return {
    kind: level === 'must' && baseline === undefined ? 'error' : 'warning',
    title: `${id} (${level}) violated by ${name}`,
    message: [
      requirementById(id)?.title ?? id,
      ...(baseline === undefined ? [] : [asInBaseline(baseline)]),
      failedLine(failed),
      ...failed.findings.flatMap(({ filed }) => (filed?.file === undefined ? [] : [replayCommand(filed.card, filed.file)])),
    ].join('\n'),
  }
}

const commandLine = ({ kind, title, message }: Annotation): string => `::${kind} title=${property(title)}::${data(message)}`

/** A message as GitHub demands it: a line end would end the command. */
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

/** A property ends at a comma or a colon too. */
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
