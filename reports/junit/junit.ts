/** The report that CI systems read: JUnit's XML, a suite for each system, a test case for each requirement. */
import type { ConformanceResult, SystemResult } from '../../spec/result.ts'
import { type FiledCard, failedOf } from '../text/failed.ts'
import { requirementCase, systemCase, type TestCase } from './test-case.ts'
import { type Element, xmlText } from './xml.ts'

/** The whole document. */
export function junitXml(result: ConformanceResult, cards: readonly FiledCard[]): string {
  const suites = result.systems.map((system) => ({ system, cases: casesOf(system, cards) }))
  const { failures, errors, tests } = counts(suites.flatMap(({ cases }) => cases))
  return xmlText('testsuites', {
    '@name': `channel contract ${result.contractVersion}`,
    '@tests': tests,
    '@failures': failures,
    '@errors': errors,
    testsuite: suites.map(({ system, cases }) => suiteOf(result, system, cases)),
  })
}

function casesOf(system: SystemResult, cards: readonly FiledCard[]): TestCase[] {
  const failed = failedOf(system, cards)
  const whole = systemCase(system)
  return [
    ...(whole === undefined ? [] : [whole]),
    ...system.requirements.map((each) =>
      requirementCase(
        system,
        each,
        failed.find(({ requirement }) => requirement === each),
      ),
    ),
  ]
}

function counts(cases: readonly TestCase[]) {
  const having = (outcome: 'failure' | 'error' | 'skipped') => cases.filter((each) => each[outcome] !== undefined).length
  return { tests: cases.length, failures: having('failure'), errors: having('error'), skipped: having('skipped') }
}

function suiteOf(result: ConformanceResult, system: SystemResult, cases: readonly TestCase[]): Element {
  const { tests, failures, errors, skipped } = counts(cases)
  const properties: Record<string, string | number | undefined> = {
    seed: result.seed,
    package: result.packageVersion,
    node: result.nodeVersion,
    engine: system.engine,
    capabilities: system.capabilities.join(' '),
    programs: system.programs,
    steps: system.steps,
    'time-outs': system.timeouts,
  }
  return {
    '@name': system.name,
    '@tests': tests,
    '@failures': failures,
    '@errors': errors,
    '@skipped': skipped,
    '@timestamp': result.date,
    properties: {
      property: Object.entries(properties).flatMap(([name, value]) =>
        value === undefined ? [] : [{ '@name': name, '@value': value }],
      ),
    },
    testcase: cases,
  }
}
