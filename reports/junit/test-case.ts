/** One requirement of one system as a test case. */
import { requirementById } from '../../spec/requirements/index.ts'
import type { RequirementResult, SystemResult } from '../../spec/result.ts'
import { asInBaseline } from '../text/baseline.ts'
import { type Failed, failedLine, failedLines } from '../text/failed.ts'
import { unexercised } from '../text/summary.ts'
import type { Element } from './xml.ts'

/** A test case; of what makes it no success it has at most one. */
export interface TestCase extends Element {
  '@name': string
  '@classname': string
  failure?: Element
  error?: Element
  skipped?: Element
}

/**
 * The test case of a requirement. It fails where the exit code says "failed", is an error where that says "undecided",
 * and is skipped where the verdict never changes the exit code.
 * @param failed what was found against it, where it failed
 */
export function requirementCase(system: SystemResult, requirement: RequirementResult, failed: Failed | undefined): TestCase {
  const { id } = requirement
  const { title, area } = requirementById(id) ?? { title: '', area: 'unknown' }
  return {
    '@name': `${id} ${title}`.trim(),
    '@classname': `${system.name}.${area}`,
    ...outcome(requirement, failed),
  }
}

function outcome(requirement: RequirementResult, failed: Failed | undefined): Partial<TestCase> {
  const { level, verdict, baseline, baselineErrors = [] } = requirement
  if (baselineErrors.length > 0) return { failure: { '@type': 'baseline', '@message': baselineErrors.join('; ') } }
  if (baseline !== undefined) return { skipped: { '@message': asInBaseline(baseline) } }
  if (failed !== undefined) {
    const text = failedLines(failed).join('\n')
    return level === 'must'
      ? { failure: { '@type': 'violated', '@message': failedLine(failed), text } }
      : { skipped: { '@message': `a SHOULD that does not hold: ${failedLine(failed)}`, text } }
  }
  switch (verdict) {
    case 'not-exercised': {
      const message = `not exercised: no program decided ${unexercised(requirement).join(', ')}`
      return level === 'must' ? { error: { '@type': verdict, '@message': message } } : { skipped: { '@message': message } }
    }
    case 'not-applicable':
      return { skipped: { '@message': 'not applicable: it binds only systems with other capabilities' } }
    case 'not-observable':
      return { skipped: { '@message': 'not observable: what the system lets the kit see does not show it' } }
    default:
      return {}
  }
}

/** What became of a system as a whole, where it was skipped or not judged to the end; else undefined. */
export function systemCase({ name, skipped, couldNotJudge }: SystemResult): TestCase | undefined {
  const itself = { '@name': 'the system is judged', '@classname': name }
  // Asked for by name and absent is both: then it is an error, as it is for the exit code.
  if (couldNotJudge !== undefined)
    return { ...itself, error: { '@type': 'could-not-judge', '@message': `could not be judged: ${couldNotJudge}` } }
  if (skipped !== undefined) return { ...itself, skipped: { '@message': skipped } }
  return undefined
}
