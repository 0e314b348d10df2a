/** `channel-conformance mutants`: the kill matrix. */
import { randomInt } from 'node:crypto'
import { mutants } from '../mutants/index.ts'
import { hunt } from '../mutants/kill.ts'

/** Hunts the named mutants (all by default); 1 where one survives or another id is blamed. */
export async function huntMutants(names: readonly string[], flags: { seed?: number; area?: string }): Promise<number> {
  const seed = flags.seed ?? randomInt(2 ** 31)
  const unknown = names.find((name) => !mutants.some((mutant) => mutant.name === name))
  if (unknown !== undefined) throw new Error(`unknown mutant ${JSON.stringify(unknown)}: expected one of ${mutants.map(({ name }) => name).join(', ')}`)
  const hunted = mutants.filter(({ name, area }) => (names.length === 0 || names.includes(name)) && (flags.area ?? area) === area)
  let survivors = 0
  for (const mutant of hunted) {
    const kill = await hunt(mutant, seed)
    if (!kill.killed) survivors++
    const also = kill.also.length === 0 ? '' : ` (also ${kill.also.join(', ')})`
    const trouble = kill.couldNotJudge === undefined ? '' : `; ${kill.couldNotJudge}`
    process.stdout.write(
      `${kill.killed ? 'killed  ' : 'SURVIVED'} ${kill.name}: expected ${kill.expected}${also}, caught by ${kill.caughtBy.join(', ') || 'nothing'}, after ${kill.programs ?? '-'} programs${trouble}\n`,
    )
  }
  process.stdout.write(`${hunted.length - survivors} of ${hunted.length} mutants killed; seed ${seed}\n`)
  return survivors === 0 ? 0 : 1
}
