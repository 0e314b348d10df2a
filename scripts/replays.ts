/**
 * Runs the replay command of every card in a folder: what failed every time when the card was made must fail in 30 of 30
 * runs, and what failed now and then in 50 as often as the card states, within its 95 % interval:
 * `npm run mutants -- --report json --out DIR && npm run replays -- DIR/cards`. Exits 1 where a card does not hold.
 */
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pLimit from 'p-limit'
import { type Card, readCard } from '../conformance/card.ts'
import { intervalOf } from '../reports/text/rate.ts'

const [directory = '.channel-conformance/cards'] = process.argv.slice(2)
const main = fileURLToPath(new URL('../harness/cli/main.ts', import.meta.url))

/** How often the program of a card failed, as the command itself says. */
function replayed(file: string, times: number): Promise<number> {
  return new Promise((resolve) => {
    execFile('node', ['--import', 'tsx', main, 'replay', file, '--times', String(times)], (_error, stdout) => {
      resolve(Number(/^failed in (\d+) of \d+ runs/m.exec(stdout)?.[1] ?? 0))
    })
  })
}

/** What is wrong with a card; undefined where it holds. */
async function shortcoming(file: string, { system, requirement, reproduced }: Card): Promise<string | undefined> {
  const steady = reproduced.times === reproduced.of
  const of = steady ? 30 : 50
  const times = await replayed(file, of)
  const { low, high } = intervalOf(reproduced)
  const holds = steady ? times === of : times / of >= low && times / of <= high
  if (!steady || !holds) {
    const stated = `${reproduced.times} of ${reproduced.of}`
    process.stdout.write(
      `${holds ? 'holds' : 'FAILS'}  ${system} ${requirement}: states ${stated}, failed in ${times} of ${of} replays\n`,
    )
  }
  return holds ? undefined : file
}

/** What stalls is waited for: many at a time take hardly anything from the others. */
const atOnce = { stalls: pLimit(16), runs: pLimit(cpus().length) }
const limitOf = ({ history }: Card) => (history.some((line) => line.includes('nothing came for')) ? atOnce.stalls : atOnce.runs)

const files = readdirSync(directory).filter((name) => name.endsWith('.json'))
const cards = await Promise.all(
  files.map(async (name) => ({ file: join(directory, name), card: await readCard(join(directory, name)) })),
)
const wrong = await Promise.all(cards.map(({ file, card }) => limitOf(card)(() => shortcoming(file, card))))
const racy = cards.filter(({ card: { reproduced } }) => reproduced.times < reproduced.of).length
const failed = wrong.filter((each) => each !== undefined).length
process.stdout.write(
  `${cards.length} cards, ${racy} of them of failures that are not steady: ${cards.length - failed} hold, ${failed} do not\n`,
)
process.exitCode = failed === 0 && cards.length > 0 ? 0 : 1
