/** `judge FILE`: what the judgments of this version say of a recorded history. */
import { existsSync } from 'node:fs'
import { judgeRecording } from '../../conformance/recording.ts'
import { selectRequirements } from '../../conformance/select.ts'
import { eventLines } from '../../reports/text/event-line.ts'
import { requirements } from '../../spec/requirements/index.ts'
import { exitCodes } from './exit-codes.ts'
import { print } from './terminal.ts'

/** Judges a recording and prints what it violates. @throws Error where the file is no recording */
export async function judge(file: string, flags: { only?: string }): Promise<number> {
  if (!existsSync(file))
    throw new Error(`cannot read ${file}: there is no such file; expected one that \`run --trace FILE\` wrote`)
  const judged = await judgeRecording(file, selectRequirements(requirements, flags.only))
  const lines = judged.violations.flatMap(({ system, program, violation }) => [
    `${violation.requirement} violated by "${system}" in program ${program} [${violation.clause}]`,
    `  expected  ${violation.expected}`,
    `  observed  ${violation.observed}`,
    ...eventLines(violation.events).map((line) => `  event     ${line}`),
  ])
  const decided = [...judged.decided.values()].reduce((sum, count) => sum + count, 0)
  const must = judged.violations.some(
    ({ violation }) => requirements.find(({ id }) => id === violation.requirement)?.level === 'must',
  )
  lines.push(
    `${judged.programs} programs, ${judged.events} events, ${decided} judgments of ${judged.decided.size} requirements, ${judged.violations.length} violations`,
  )
  print(lines)
  return must ? exitCodes.failed : exitCodes.passed
}
