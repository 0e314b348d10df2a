/** Whether a result is one that a place on the scoreboard can rest on: of a whole run, and of the systems it may be of. */
import { bundledSystems } from '../../harness/systems.ts'
import type { Submission } from '../../reports/scoreboard/recorded.ts'
import { contractVersion, requirements } from '../../spec/requirements/index.ts'
import type { ConformanceResult } from '../../spec/result.ts'

/** Everybody's results are of the same programs, as far as their systems allow. */
export const scoreboardSeed = 20261121

const bundled = bundledSystems.map(({ name }) => name)

/** @throws Error where the result is not one of a whole run over the bundled systems */
export function checkReferences(file: string, result: ConformanceResult): void {
  const names = result.systems.map(({ name }) => name)
  const stranger = names.find((name) => !bundled.includes(name))
  if (stranger !== undefined) throw new Error(`${file} holds ${JSON.stringify(stranger)}: expected ${bundled.join(', ')} alone`)
  const lacking = bundled.filter((name) => !names.includes(name))
  if (lacking.length > 0) throw new Error(`${file} lacks ${lacking.join(', ')}: expected every bundled system`)
  checkWhole(file, result)
}

/** @throws Error for the first result that breaks a rule of `SUBMITTING.md` */
export function checkSubmissions(submissions: readonly Submission[]): void {
  const seen = new Map<string, string>()
  for (const { file, result } of submissions) {
    if (result.seed !== scoreboardSeed) throw new Error(`${file} has the seed ${result.seed}: expected --seed ${scoreboardSeed}`)
    if (result.systems.length === 0) throw new Error(`${file} holds no system: expected one that was judged`)
    for (const { name, requirements: judged } of result.systems) {
      if (bundled.includes(name.trim().toLowerCase()))
        throw new Error(
          `${file} calls its system ${JSON.stringify(name)}, as a bundled one is called: expected a name of its own`,
        )
      const other = seen.get(name)
      if (other !== undefined)
        throw new Error(`${file} calls its system ${JSON.stringify(name)}, as ${other} does: expected one file for a system`)
      seen.set(name, file)
      if (judged.length === 0) throw new Error(`${file}: nothing of ${JSON.stringify(name)} was judged: expected a whole run`)
      const excused = judged.find(({ baseline, baselineErrors }) => baseline !== undefined || baselineErrors !== undefined)
      if (excused !== undefined)
        throw new Error(`${file}: ${excused.id} of ${JSON.stringify(name)} is excused: expected a run without --baseline`)
    }
    checkWhole(file, result)
  }
}

/** Requirements of an older contract are not known here, so that only a result of this one can be counted. */
function checkWhole(file: string, { contractVersion: own, systems }: ConformanceResult): void {
  for (const { name, requirements: judged } of systems) {
    const twice = judged.find(({ id }, index) => judged.findIndex((each) => each.id === id) !== index)
    if (twice !== undefined) throw new Error(`${file} judges ${twice.id} of ${JSON.stringify(name)} twice`)
    if (own !== contractVersion || judged.length === 0) continue
    const lacking = requirements.find(({ id }) => !judged.some((each) => each.id === id))
    if (lacking !== undefined)
      throw new Error(`${file} does not judge ${lacking.id} of ${JSON.stringify(name)}: expected a run without --only and --skip`)
    const stranger = judged.find(({ id, level }) => !requirements.some((each) => each.id === id && each.level === level))
    if (stranger !== undefined)
      throw new Error(`${file} judges ${stranger.id} (${stranger.level}), which contract ${own} does not have`)
  }
}
