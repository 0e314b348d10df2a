/** Tells which of many generated programs are most like those that have decided a clause: running costs more than generating. */
import type { Program } from './program.ts'

/** A text longer than this differs from program to program, and tells nothing. */
const longestText = 24

/** What a program has, by which it can be told from others: its fields with their values, and what follows on what. */
export function traitsOf(program: Program): ReadonlySet<string> {
  const traits = new Set<string>()
  collect(program, '', traits)
  return traits
}

function collect(value: unknown, path: string, traits: Set<string>): void {
  if (Array.isArray(value)) {
    const kinds = value.map(kindOf)
    for (const [index, kind] of kinds.entries()) {
      if (kind !== undefined) traits.add(`${path}: ${kind}, then ${kinds[index + 1] ?? 'no more'}`)
      collect(value[index], path, traits)
    }
    traits.add(`${path}: ${Math.min(value.length, 4)} or more`)
  } else if (typeof value === 'object' && value !== null) {
    const own = kindOf(value) ?? ''
    for (const [key, each] of Object.entries(value)) collect(each, `${own}.${key}`, traits)
  } else if (typeof value !== 'string' || value.length <= longestText) traits.add(`${path} = ${value}`)
}

/** A step's or an operation's name, with those of the operations that an action performs. */
function kindOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if ('op' in value) return String(value.op)
  if (!('do' in value)) return undefined
  const ops = 'ops' in value && Array.isArray(value.ops) ? value.ops.map(kindOf).join(' ') : ''
  return ops === '' ? String(value.do) : `${value.do} ${ops}`
}

/** What the programs of one family decided, and what they were like. */
export class Likeness {
  #programs = 0
  readonly #traits = new Map<string, number>()
  readonly #decided = new Map<string, { programs: number; traits: Map<string, number> }>()

  /** @param clauses names of the clauses it decided */
  add(program: Program, clauses: Iterable<string>): void {
    const traits = traitsOf(program)
    this.#programs++
    count(this.#traits, traits)
    for (const clause of clauses) {
      const deciding = this.#decided.get(clause) ?? { programs: 0, traits: new Map<string, number>() }
      this.#decided.set(clause, deciding)
      deciding.programs++
      count(deciding.traits, traits)
    }
  }

  /** The share of the programs so far that decided the clause. */
  rate(clause: string): number {
    return this.#programs === 0 ? 0 : (this.#decided.get(clause)?.programs ?? 0) / this.#programs
  }

  /** Those that are most like the programs that decided the clause, the likest first. */
  likest<T extends { program: Program }>(candidates: readonly T[], clause: string, most: number): T[] {
    return candidates
      .map((candidate) => ({ candidate, score: this.#score(candidate.program, clause) }))
      .toSorted((a, b) => b.score - a.score)
      .slice(0, most)
      .map(({ candidate }) => candidate)
  }

  /** Naive Bayes over traits: each counts by how much commoner it is among the deciding than among all. */
  #score(program: Program, clause: string): number {
    const deciding = this.#decided.get(clause)
    if (deciding === undefined) return 0
    let score = 0
    for (const trait of traitsOf(program)) {
      const common = ((this.#traits.get(trait) ?? 0) + 1) / (this.#programs + 2)
      const having = deciding.traits.get(trait) ?? 0
      const weight = Math.log((having + common) / (deciding.programs + 1) / common)
      // What few of the deciding have may be chance; what few programs have at all is not missed.
      score += weight * (weight > 0 ? having / deciding.programs : common) ** 2
    }
    return score
  }
}

function count(counts: Map<string, number>, traits: ReadonlySet<string>): void {
  for (const trait of traits) counts.set(trait, (counts.get(trait) ?? 0) + 1)
}
