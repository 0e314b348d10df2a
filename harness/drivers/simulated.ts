/** The simulated tier in child processes, each with a share of the programs: they wait for nothing but each other's cores. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Card } from '../../conformance/card.ts'
import { mergeResults } from '../../conformance/merge.ts'
import type { Shard } from '../../conformance/select.ts'
import type { SimulatedRun } from '../../conformance/simulated/conform.ts'
import type { Race } from '../../conformance/simulated/races.ts'

/** What a child is asked to do. */
export interface SimulatedTask {
  reference: string
  seed: number
  runs?: number
  only?: string
  skip?: string
  shard?: Shard
  bail?: boolean
  known?: readonly string[]
  /** Run before anything else, by the first share. */
  regressions?: Card[]
}

/** What it says. `none`: the system offers no simulation. */
export type SimulatedReply =
  | { programs: number; violated: number }
  | { card: Card }
  | { run: SimulatedRun }
  | { none: true }
  | { failed: string }

/** Told of while it runs. */
export interface Watching {
  onProgress(programs: number, violated: number): void
  onCard(card: Card): Promise<void>
}

/** Resolved from here: the working directory may be a project that has no tsx of its own at hand. */
const tsx = import.meta.resolve('tsx')

/**
 * Runs the simulated tier on `atOnce` processes; undefined where the system offers no simulation.
 * @throws Error that says why it could not be run
 */
export async function simulate(
  task: Omit<SimulatedTask, 'shard'>,
  atOnce: number,
  watching: Watching,
): Promise<SimulatedRun | undefined> {
  const done = Array.from({ length: atOnce }, () => ({ programs: 0, violated: 0 }))
  const runs = await Promise.all(
    done.map((share, index) =>
      inChild(
        { ...task, shard: { index: index + 1, of: atOnce } },
        {
          onProgress(programs, violated) {
            Object.assign(share, { programs, violated })
            watching.onProgress(
              done.reduce((sum, each) => sum + each.programs, 0),
              Math.max(...done.map((each) => each.violated)),
            )
          },
          onCard: (card) => watching.onCard(card),
        },
      ),
    ),
  )
  return runs.reduce((a, b) => (a === undefined || b === undefined ? undefined : merged(a, b)))
}

function merged(a: SimulatedRun, b: SimulatedRun): SimulatedRun {
  const races = { ...a.races }
  for (const race of Object.keys(races) as Race[]) races[race] += b.races[race]
  return { result: mergeResults(a.result, b.result), races }
}

function inChild(task: SimulatedTask, watching: Watching): Promise<SimulatedRun | undefined> {
  const main = new URL(import.meta.url.endsWith('.ts') ? './simulated-main.ts' : './simulated-main.js', import.meta.url)
  const child = fork(fileURLToPath(main), [], { execArgv: ['--import', tsx] })
  const cards: Promise<void>[] = []
  return new Promise((resolve, reject) => {
    child.on('message', (reply: SimulatedReply) => {
      if ('programs' in reply) watching.onProgress(reply.programs, reply.violated)
      else if ('card' in reply) cards.push(watching.onCard(reply.card))
      else if ('run' in reply) Promise.all(cards).then(() => resolve(reply.run), reject)
      else if ('none' in reply) resolve(undefined)
      else reject(new Error(reply.failed))
    })
    child.on('error', reject)
    child.on('exit', (code, signal) =>
      reject(new Error(`the simulation of ${task.reference} ended by itself with ${signal ?? `exit code ${code}`}`)),
    )
    child.send(task)
  })
}
