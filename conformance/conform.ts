/** Runs the suite against one system: regression cards first, then every family of programs. */
import { requirements as allRequirements, contractVersion } from '../spec/requirements/index.ts'
import type { SystemResult } from '../spec/result.ts'
import { alarm, deadlines as ordinaryDeadlines } from './deadlines.ts'
import { type Host, HostError } from './host.ts'
import { Observer } from './observe.ts'
import type { Program } from './program.ts'
import { families } from './programs/index.ts'
import { type ConformOptions, SuiteRun } from './suite-run.ts'
import { unseenClauses } from './unseen.ts'

/** Runs the suite against `host`. A host that dies or gives no answer is told of in `couldNotJudge`. */
export async function conformHost(host: Host, options: ConformOptions): Promise<SystemResult> {
  const requirements = options.requirements ?? allRequirements
  const observer = new Observer(host, requirements, options.deadlines ?? ordinaryDeadlines)
  const run = new SuiteRun(host, observer, options)
  let couldNotJudge: string | undefined
  try {
    await run.all()
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    couldNotJudge = error.message
    await run.reportAsFound()
  } finally {
    if (!(host.endsByForce && (couldNotJudge ?? run.hung) !== undefined)) {
      const { late, cancel } = alarm(observer.deadlines.hang)
      await Promise.race([observer.end(), host.died, late]).catch(() => undefined)
      cancel()
    }
  }
  couldNotJudge ??= run.hung
  return {
    name: host.name,
    capabilities: [...host.capabilities],
    ...(run.engine === undefined ? {} : { engine: run.engine }),
    ...(couldNotJudge === undefined ? {} : { couldNotJudge }),
    programs: run.tally.programs,
    steps: run.tally.steps,
    timeouts: run.timeouts,
    requirements: run.tally.results(
      requirements,
      new Set(host.capabilities),
      run.observes,
      unseenClauses(host, requirements, options.families ?? families, run.observes),
    ),
  }
}

export type { ConformOptions, Program }
export { contractVersion }
