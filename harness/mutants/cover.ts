/**
 * Which examples show at once whatever else a mutant breaks: few programs that decide every clause, found on the system it
 * is made from. The others would decide the same again, and a matrix has hundreds of mutants.
 */
import { conformHost } from '../../conformance/conform.ts'
import { Experience } from '../../conformance/experience.ts'
import type { Host } from '../../conformance/host.ts'
import { decidedIn } from '../../conformance/judge.ts'
import type { Family } from '../../conformance/programs/family.ts'
import { families } from '../../conformance/programs/index.ts'

/** In so many programs every clause is decided, where any example does. */
const enough = 2

const known = new Map<string, Promise<Family[]>>()

/** Families without generated programs, and with no more of their examples than it takes; found out once for each system. */
export function coverOf(base: string, hosted: (reference: string) => Promise<Host>): Promise<Family[]> {
  let found = known.get(base)
  if (found === undefined) {
    found = hosted(base).then(cover)
    known.set(base, found)
  }
  return found
}

async function cover(host: Host): Promise<Family[]> {
  const experience = new Experience()
  try {
    await conformHost(host, {
      seed: 1,
      families: families.map((family) => ({ ...family, runs: 0 })),
      shrink: false,
      onProgram: ({ program, decisions }, family) => {
        experience.add(family, program, decidedIn(decisions), { program, seed: 0, index: 0 })
      },
    })
  } finally {
    await host.end()
  }
  const chosen = experience.cover(() => enough)
  return families.flatMap((family) => {
    const texts = new Set((chosen.get(family.name) ?? []).map(({ program }) => JSON.stringify(program)))
    const examples = Object.entries(family.examples).filter(([, program]) => texts.has(JSON.stringify(program)))
    return examples.length === 0 ? [] : [{ ...family, runs: 0, examples: Object.fromEntries(examples) }]
  })
}
