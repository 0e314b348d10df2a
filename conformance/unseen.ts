/** What cannot be observed of a system that somebody else has started, and why. */
import type { Observation, Requirement } from '../spec/requirement.ts'
import { type Able, unableElsewhere } from './able.ts'
import type { Program } from './program.ts'
import type { Family } from './programs/family.ts'

/** Why a system elsewhere does not show what clauses need. */
const reasons: Partial<Record<Observation, string>> = {
  stop: 'a server that was started elsewhere is not stopped by the kit',
  start: 'a server that was started elsewhere cannot be started with another wiring',
  hub: 'its host offers no hub outside handlers',
  residue: 'its host does not tell what hub and stores still hold',
  idle: 'its host does not tell when every invocation has returned',
  platform: 'no platform beneath it can be asked for anything',
  stores: 'its stores cannot be reached from outside',
}

/**
 * A sentence for each clause, by `id clause`, that needs what the host does not let be observed, or of which every example
 * is a program that it cannot run. Empty for systems that the kit starts itself.
 */
export function unseenClauses(
  host: Able,
  requirements: readonly Requirement[],
  families: readonly Family[],
  observes: ReadonlySet<Observation>,
): Map<string, string> {
  const unseen = new Map<string, string>()
  if (host.startedElsewhere === undefined) return unseen
  const examples = families.flatMap((family) => Object.entries(family.examples))
  for (const { id, clauses } of requirements) {
    for (const [name, { needs = [] }] of Object.entries(clauses)) {
      const clause = `${id} ${name}`
      const need = needs.find((each) => !observes.has(each))
      const why =
        need === undefined ? ofExamples(host, clause, examples) : (reasons[need] ?? `its host does not show its ${need}`)
      if (why !== undefined) unseen.set(clause, why)
    }
  }
  return unseen
}

/** Why no example of a clause can be run; undefined where one can, or there is none. */
function ofExamples(host: Able, clause: string, examples: readonly [string, Program][]): string | undefined {
  const own = examples.filter(([name]) => name === clause || name.startsWith(`${clause}:`))
  const whys = own.map(([, program]) => unableElsewhere(host, program))
  return whys.includes(undefined) ? undefined : whys[0]
}
