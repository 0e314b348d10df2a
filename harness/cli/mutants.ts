/** `channel-conformance mutants`: the kill matrix. */
import { randomInt } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mutants } from '../mutants/index.ts'
import { hunt, type Kill } from '../mutants/kill.ts'
import { matrixOf } from '../mutants/matrix.ts'
import { exitCodes } from './exit-codes.ts'
import { heldOutSet, huntHeldOut } from './held-out.ts'

/** Hunts at the same time: each has a process of its own beside the kit's. */
const atOnce = 2

/** The flags of `mutants`. */
export interface MutantFlags {
  seed?: number
  area?: string
  runs: number
  /** All that a run of the suite runs, in place of `runs` programs directed at the expected id. */
  thorough?: boolean
  /** A set of held-out defects in place of the mutants. */
  heldOut?: string
  /** `json`: writes `mutants.json` into `out`, with the size of each shrunk program. */
  report?: string
  out: string
}

/** Hunts the named mutants (all by default); 1 where one survives or another id is blamed. @throws Error for an unknown name */
export async function huntMutants(names: readonly string[], flags: MutantFlags): Promise<number> {
  if (!import.meta.url.endsWith('.ts')) throw new Error('mutants are edits of the sources: they need a clone of the repository')
  const seed = flags.seed ?? randomInt(2 ** 31)
  if (flags.heldOut !== undefined) return huntSet(flags.heldOut, seed)
  const unknown = names.find((name) => !mutants.some((mutant) => mutant.name === name))
  if (unknown !== undefined)
    throw new Error(`unknown mutant ${JSON.stringify(unknown)}: expected one of ${mutants.map(({ name }) => name).join(', ')}`)
  const hunted = mutants.filter(({ name, area }) => (names.length === 0 || names.includes(name)) && (flags.area ?? area) === area)
  const waiting = hunted.values()
  const kills: Kill[] = []
  if (flags.report !== undefined) {
    if (flags.report !== 'json') throw new Error(`there is no report of kind ${JSON.stringify(flags.report)}: expected json`)
    mkdirSync(flags.out, { recursive: true })
  }
  const options = { seed, shrink: flags.report !== undefined, ...(flags.thorough !== true && { runs: flags.runs }) }
  const hunter = async (): Promise<void> => {
    for (const mutant of waiting) {
      const kill = await hunt(mutant, options)
      kills.push(kill)
      process.stdout.write(`${killLine(kill)}\n`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, hunter))
  const matrix = matrixOf(
    hunted.map(({ name }) => kills.find((kill) => kill.name === name) as Kill),
    seed,
  )
  if (flags.report !== undefined) writeFileSync(join(flags.out, 'mutants.json'), `${JSON.stringify(matrix, null, 2)}\n`)
  const survivors = kills.filter(({ killed }) => !killed).length
  const { programs, steps } = matrix.median
  const middle = `found after ${programs ?? '-'} programs in the median${steps === null ? '' : `, shrunk to ${steps} steps`}`
  process.stdout.write(`${hunted.length - survivors} of ${hunted.length} mutants killed, ${middle}; seed ${seed}\n`)
  return survivors === 0 ? exitCodes.passed : exitCodes.failed
}

function killLine(kill: Kill): string {
  const also = kill.also.length === 0 ? '' : ` (also ${kill.also.join(', ')})`
  const trouble = kill.couldNotJudge === undefined ? '' : `; ${kill.couldNotJudge}`
  return `${kill.killed ? 'killed  ' : 'SURVIVED'} ${kill.name}: expected ${kill.expected}${also}, caught by ${kill.caughtBy.join(', ') || 'nothing'}, after ${kill.programs ?? '-'} programs${kill.steps === null ? '' : `, ${kill.steps} steps`}${trouble}`
}

async function huntSet(name: string, seed: number): Promise<number> {
  const set = heldOutSet(name)
  const waiting = set.values()
  const kills: Kill[] = []
  const hunter = async (): Promise<void> => {
    for (const defect of waiting) {
      const kill = await huntHeldOut(defect, seed)
      kills.push(kill)
      process.stdout.write(`${killLine(kill)}\n`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, hunter))
  const killed = kills.filter((each) => each.killed).length
  process.stdout.write(`${killed} of ${set.length} held-out defects of the ${name} set found; seed ${seed}\n`)
  return killed === set.length ? exitCodes.passed : exitCodes.failed
}
