/** `channel-conformance mutants`: the kill matrix. */
import { randomInt } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Card, writeCard } from '../../conformance/card.ts'
import { huntAll } from '../mutants/hunters.ts'
import { mutants } from '../mutants/index.ts'
import type { Kill } from '../mutants/kill.ts'
import { matrixOf, stampOf } from '../mutants/matrix.ts'
import { exitCodes } from './exit-codes.ts'
import { huntHeldOut } from './held-out.ts'

/** The flags of `mutants`. */
export interface MutantFlags {
  seed?: number
  area?: string
  runs: number
  /** All that a run of the suite runs, in place of `runs` programs directed at the expected id. */
  thorough?: boolean
  /** A set of held-out defects in place of the mutants. */
  heldOut?: string
  /** `json`: shrinks, and writes `mutants.json` and a card of each mutant into `out`; of held-out defects `held-out-SET.json`. */
  report?: string
  out: string
}

/** Hunts the named mutants (all by default); 1 where one survives or another id is blamed. @throws Error for an unknown name */
export async function huntMutants(names: readonly string[], flags: MutantFlags): Promise<number> {
  if (!import.meta.url.endsWith('.ts')) throw new Error('mutants are edits of the sources: they need a clone of the repository')
  const { seed = randomInt(2 ** 31), out, report, area, heldOut } = flags
  const tell = (kill: Kill): void => void process.stdout.write(`${killLine(kill)}\n`)
  if (report !== undefined) {
    if (report !== 'json') throw new Error(`there is no report of kind ${JSON.stringify(report)}: expected json`)
    mkdirSync(out, { recursive: true })
  }
  const write = (file: string, record: object): void => writeFileSync(join(out, file), `${JSON.stringify(record, null, 2)}\n`)
  if (heldOut !== undefined) {
    if (names.length > 0 && report !== undefined)
      throw new Error('a record is of a whole set: name no defects of it, or ask for no report')
    const record = await huntHeldOut(heldOut, names, seed, tell)
    if (report !== undefined) write(`held-out-${heldOut}.json`, record)
    const { length: of } = record.defects
    const found = record.defects.filter(({ killed }) => killed).length
    process.stdout.write(`${found} of ${of} held-out defects of the ${heldOut} set found; seed ${seed}\n`)
    return found === of ? exitCodes.passed : exitCodes.failed
  }
  const unknown = names.find((name) => !mutants.some((mutant) => mutant.name === name))
  if (unknown !== undefined)
    throw new Error(`unknown mutant ${JSON.stringify(unknown)}: expected one of ${mutants.map(({ name }) => name).join(', ')}`)
  const hunted = mutants.filter(
    (mutant) => (names.length === 0 || names.includes(mutant.name)) && (area ?? mutant.area) === mutant.area,
  )
  const onCard = async (card: Card): Promise<void> => void (await writeCard(card, join(out, 'cards')))
  const directed = flags.thorough === true ? {} : { runs: flags.runs }
  const options = { seed, ...(report !== undefined && { onCard }), ...directed }
  const kills = await huntAll(hunted, options, tell)
  const matrix = matrixOf(kills, { ...stampOf(seed), ...directed })
  if (report !== undefined) write('mutants.json', matrix)
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
