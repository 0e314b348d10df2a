/**
 * Which examples show at once whatever else a mutant breaks: few programs that decide every clause, found on the system it
 * is made from. The others would decide the same again, and a matrix has hundreds of mutants.
 */
import { conformHost } from '../../conformance/conform.ts'
import { Experience } from '../../conformance/experience.ts'
import type { Host } from '../../conformance/host.ts'
import { decidedIn } from '../../conformance/judge.ts'
import { stepsOf } from '../../conformance/program.ts'
import type { Family } from '../../conformance/programs/family.ts'
import { families } from '../../conformance/programs/index.ts'

/** In so many programs every clause is decided, where any example does: hundreds of hunts are to end within minutes. */
const enough = 1

/** The keys of the chosen examples by family: what processes tell one another, and each has the families. */
export type Cover = Readonly<Record<string, readonly string[]>>

/** Families without generated programs, and with no more of their examples than were chosen. */
export function coverFamilies(cover: Cover): Family[] {
  return families.flatMap((family) => {
    const chosen = cover[family.name]
    if (chosen === undefined) return []
    const examples = Object.entries(family.examples).filter(([key]) => chosen.includes(key))
    return [{ ...family, runs: 0, examples: Object.fromEntries(examples) }]
  })
}

/** The system whose cover serves for another: what an engine makes slow decides the same in memory. */
export const coveringFor = (base: string): string => (base === 'dynamodb-serverless' ? 'memory-serverless' : base)

const known = new Map<string, Promise<Cover>>()

/** The cover of a system, found out once in this process. */
export function coverOf(base: string, hosted: (reference: string) => Promise<Host>): Promise<Cover> {
  let found = known.get(base)
  if (found === undefined) {
    found = hosted(base).then(cover)
    known.set(base, found)
  }
  return found
}

/** Crowds take as long as all the rest: what is published to a thousand is looked at where a mutant is directed at it. */
function withoutCrowds(family: Family): Family {
  const examples = Object.entries(family.examples).filter(([, program]) => stepsOf(program).every((step) => step.do !== 'crowd'))
  return { ...family, runs: 0, examples: Object.fromEntries(examples) }
}

async function cover(host: Host): Promise<Cover> {
  const experience = new Experience()
  try {
    await conformHost(host, {
      seed: 1,
      families: families.filter(({ costly }) => costly !== true).map(withoutCrowds),
      shrink: false,
      onProgram: ({ program, decisions }, family) => {
        experience.add(family, program, decidedIn(decisions), { program, seed: 0, index: 0 })
      },
    })
  } finally {
    await host.end()
  }
  const chosen = experience.cover(() => enough)
  const keys = families.map(({ name, examples }) => {
    const texts = new Set(chosen.get(name)?.map(({ program }) => JSON.stringify(program)))
    return [name, Object.keys(examples).filter((key) => texts.has(JSON.stringify(examples[key])))] as const
  })
  return Object.fromEntries(keys.filter(([, { length }]) => length > 0))
}

/** The covers of several systems, each found once for all who hunt: finding one takes as long as many hunts. */
export class Covers {
  readonly #left: string[]
  readonly #found = new Map<string, Promise<Cover | undefined>>()

  constructor(bases: Iterable<string>) {
    this.#left = [...new Set(bases)]
  }

  /**
   * Finds those that nobody has begun to find, one after another; others may do so at the same time.
   * @param find undefined where it could not be found; must not reject
   */
  async find(find: (base: string) => Promise<Cover | undefined>): Promise<void> {
    for (let base = this.#left.shift(); base !== undefined; base = this.#left.shift()) {
      const finding = find(base)
      this.#found.set(base, finding)
      await finding
    }
  }

  /** The cover of a system, once it is found; undefined where it could not be, or nobody has asked for it. */
  async of(base: string): Promise<Cover | undefined> {
    return this.#found.get(base)
  }
}
