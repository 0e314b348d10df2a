import { expect, test } from 'vitest'
import type { ConformanceResult, RequirementResult } from '../../spec/result.ts'
import { annotations } from '../github/annotations.ts'
import { htmlReport } from '../html/index.ts'
import { junitXml } from '../junit/junit.ts'
import { markdownSummary } from '../markdown/summary.ts'
import { everything } from './results.ts'

/** The failed requirement of the first system, as a baseline makes of it. */
function baselined(of: Partial<RequirementResult>): ConformanceResult {
  const [first, ...rest] = everything.systems
  if (first === undefined) throw new Error('there is no system')
  const requirements = first.requirements.map((each) => (each.id === 'PUB-02' ? { ...each, ...of } : each))
  return { ...everything, systems: [{ ...first, requirements }, ...rest] }
}

const known = { reason: 'issue 12', expires: '2027-03-31' }

test('a known failure fails nothing, and is told of', () => {
  const result = baselined({ baseline: known })
  expect(junitXml(result, [])).toContain('failed, as in the baseline (issue 12, until 2027-03-31)')
  expect(junitXml(result, [])).not.toContain('<failure')
  expect(annotations(result, []).filter((line) => line.startsWith('::error') && line.includes('PUB-02'))).toEqual([])
  expect(annotations(result, []).some((line) => line.startsWith('::warning') && line.includes('issue 12'))).toBe(true)
  expect(markdownSummary(result, [])).toContain('### Baseline')
  // On the failure's card and at the requirement.
  expect(htmlReport(result, []).split('failed, as in the baseline (issue 12, until 2027-03-31)')).toHaveLength(3)
})

test('an entry that is stale or expired fails', () => {
  const result = baselined({ verdict: 'passed', violations: [], baselineErrors: ['the entry is stale'] })
  expect(junitXml(result, [])).toMatch(/<failure type="baseline" message="the entry is stale"/)
  expect(annotations(result, []).some((line) => line.startsWith('::error') && line.includes('the entry is stale'))).toBe(true)
  expect(htmlReport(result, [])).toContain('the entry is stale')
  expect(markdownSummary(result, [])).toContain('the entry is stale')
})
