/** `channel-conformance mutants`: the kill matrix. */
import { randomInt } from 'node:crypto'
import { mutants } from '../mutants/index.ts'
import { hunt, type Kill } from '../mutants/kill.ts'
import { exitCodes } from './exit-codes.ts'

/** Hunts at the same time: each has a process of its own beside the kit's. */
const atOnce = 2

/** The flags of `mutants`. */
export interface MutantFlags {
  seed?: number
  area?: string
  runs?: number
}

/** Hunts the named mutants (all by default); 1 where one survives or another id is blamed. @throws Error for an unknown name */
export async function huntMutants(names: readonly string[], flags: MutantFlags): Promise<number> {
  if (!import.meta.url.endsWith('.ts')) throw new Error('mutants are edits of the sources: they need a clone of the repository')
  const seed = flags.seed ?? randomInt(2 ** 31)
  const unknown = names.find((name) => !mutants.some((mutant) => mutant.name === name))
  if (unknown !== undefined)
    throw new Error(`unknown mutant ${JSON.stringify(unknown)}: expected one of ${mutants.map(({ name }) => name).join(', ')}`)
  const hunted = mutants.filter(({ name, area }) => (names.length === 0 || names.includes(name)) && (flags.area ?? area) === area)
  const waiting = hunted.values()
  let survivors = 0
  const hunter = async (): Promise<void> => {
    for (const mutant of waiting) {
      const kill = await hunt(mutant, seed, flags.runs)
      if (!kill.killed) survivors++
      process.stdout.write(`${killLine(kill)}\n`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, hunter))
  process.stdout.write(`${hunted.length - survivors} of ${hunted.length} mutants killed; seed ${seed}\n`)
  return survivors === 0 ? exitCodes.passed : exitCodes.failed
}

function killLine(kill: Kill): string {
  const also = kill.also.length === 0 ? '' : ` (also ${kill.also.join(', ')})`
  const trouble = kill.couldNotJudge === undefined ? '' : `; ${kill.couldNotJudge}`
  return `${kill.killed ? 'killed  ' : 'SURVIVED'} ${kill.name}: expected ${kill.expected}${also}, caught by ${kill.caughtBy.join(', ') || 'nothing'}, after ${kill.programs ?? '-'} programs${trouble}`
}
