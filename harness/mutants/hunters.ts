/** Hunts many mutants in a few processes. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Card } from '../../conformance/card.ts'
import { alarm, huntDeadline } from '../../conformance/deadlines.ts'
import { type Cover, Covers, coveringFor } from './cover.ts'
import { type HuntOptions, hunt, type Kill } from './kill.ts'
import type { Mutant } from './mutant.ts'
import { waiting } from './waiting.ts'

/** What a hunting process is asked: to hunt a mutant, or to find the cover of a system. */
export type Task = { cover: string } | Hunt

/** A mutant to be hunted. */
export interface Hunt {
  name: string
  seed: number
  runs?: number
  /** Of what it is made from; absent: the process finds it. */
  known?: Cover
  cards: boolean
}

/** What it answers to a hunt; to the question for a cover it is that. */
export interface Answer {
  kill: Kill
  cards: Card[]
}

/** What was imported for a mutant stays in its process; but one that has hunted many is twice as fast as a new one. */
const mostForOne = 150

/**
 * Hunts them, a few at a time, and gives each to `onKill` as it ends.
 * @returns in the order in which they were given
 */
export async function huntAll(mutants: readonly Mutant[], options: HuntOptions, onKill: (kill: Kill) => void): Promise<Kill[]> {
  const covers = new Covers(options.runs === undefined ? [] : mutants.filter(isLive).map(({ base }) => coveringFor(base)))
  const kills = new Map<string, Kill>()
  const work = async (hunted: Iterable<Mutant>): Promise<void> => {
    const hunter = new Hunter()
    await covers.find((base) => hunter.cover(base))
    for (const mutant of hunted) {
      const cover = isLive(mutant) ? await covers.of(coveringFor(mutant.base)) : undefined
      const kill = await hunter.hunt(mutant, { ...options, ...(cover !== undefined && { cover }) })
      kills.set(mutant.name, kill)
      onKill(kill)
    }
    hunter.end()
  }
  const shared = lanesOf(mutants).flatMap(({ mutants: own, processes }) => {
    const left = own.values()
    return Array.from({ length: Math.min(processes, own.length) }, () => work(left))
  })
  await Promise.all(shared)
  return mutants.flatMap(({ name }) => kills.get(name) ?? [])
}

const isLive = ({ tier = 'live' }: Mutant): boolean => tier === 'live'

/** Mutants that share some processes. */
interface Lane {
  mutants: readonly Mutant[]
  processes: number
}

/**
 * What needs an engine is hunted by one process, which starts it, and what is mostly waited for by many, which hardly come
 * in the way. All the others are hunted by few, since each is slow until it has hunted some: the longest hunts, those of
 * stateless systems, first, since at the end nobody is to be waited for.
 */
function lanesOf(all: readonly Mutant[]): Lane[] {
  const cores = cpus().length
  const onEngine = all.filter(({ base }) => base === 'dynamodb-serverless')
  const others = all.filter((mutant) => !onEngine.includes(mutant))
  const idle = others.filter(({ name }) => waiting.has(name))
  const busy = others.filter(({ name }) => !waiting.has(name)).toSorted((a, b) => weight(b) - weight(a))
  return [
    { mutants: onEngine, processes: 1 },
    { mutants: idle, processes: 6 * cores },
    { mutants: busy, processes: cores + 1 },
  ]
}

const weight = ({ area }: Mutant): number => (area === 'stateless' ? 1 : 0)

/** A hunting process, replaced when it has been lost or used enough. */
class Hunter {
  #process: ChildProcess | undefined
  #hunted = 0

  /** Only a kill counts at once: what survived, or ended its process, is hunted again in one where nothing was before. */
  async hunt(mutant: Mutant, options: HuntOptions): Promise<Kill> {
    const { seed, runs, cover, onCard } = options
    const answer = await this.#ask<Answer>({
      name: mutant.name,
      seed,
      ...(runs !== undefined && { runs }),
      ...(cover !== undefined && { known: cover }),
      cards: onCard !== undefined,
    })
    if (answer?.kill.killed !== true) return hunt(mutant, options)
    for (const card of answer.cards) await onCard?.(card)
    return answer.kill
  }

  /** Undefined where it could not be found. */
  cover(base: string): Promise<Cover | undefined> {
    return this.#ask<Cover>({ cover: base })
  }

  /** Undefined where there is no answer. */
  async #ask<A>(task: Task): Promise<A | undefined> {
    if (this.#hunted++ % mostForOne === 0) this.end()
    this.#process ??= fork(fileURLToPath(new URL('./hunter-main.ts', import.meta.url)), {
      execArgv: ['--import', import.meta.resolve('tsx')],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    const hunting = this.#process
    const { late, cancel } = alarm(huntDeadline)
    const given = new AbortController()
    const heard = (event: string) =>
      once(hunting, event, given).then(
        ([value]) => value as A,
        () => undefined,
      )
    hunting.send(task, () => {})
    // Whoever has exited sends nothing more, and what it had sent is heard first.
    const answer = await Promise.race([heard('message'), heard('exit').then(() => undefined), late])
    cancel()
    given.abort()
    if (answer !== undefined && answer !== 'late') return answer
    this.end()
    return undefined
  }

  end(): void {
    this.#process?.kill('SIGKILL')
    this.#process = undefined
  }
}
