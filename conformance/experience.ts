/** What programs decided on one system: the next of its kind begins with the few that decide most. */
import type { Program } from './program.ts'

/** A generated program, with its place among those of a seed. */
export interface Placed {
  program: Program
  seed: number
  index: number
}

interface Known extends Placed {
  family: string
  clauses: readonly string[]
}

/** Grows while systems are run, and may be used at any time. */
export class Experience {
  readonly #known = new Map<string, Known>()
  /** In how many of the programs that are run anyhow a clause was decided, by what it was decided in. */
  readonly #examples = new Map<string, readonly string[]>()

  /** @param placed undefined for an example: it is run on every system */
  add(family: string, program: Program, clauses: readonly string[], placed?: Placed): void {
    const text = JSON.stringify(program)
    if (placed === undefined) this.#examples.set(text, clauses)
    else this.#known.set(text, { ...placed, family, clauses })
  }

  /**
   * Few programs, by family, that had every clause decided as often as any did, up to `enough`: each one chosen for how
   * much of what was lacking it decides (greedy set cover, which comes within a logarithm of the fewest).
   * @param enough in how many programs a clause is to be decided
   */
  cover(enough: (clause: string) => number): Map<string, Placed[]> {
    const lacking = new Map<string, number>()
    const lack = (clause: string): number => lacking.get(clause) ?? enough(clause)
    const take = (clauses: readonly string[]): void => {
      for (const clause of clauses) lacking.set(clause, Math.max(0, lack(clause) - 1))
    }
    for (const clauses of this.#examples.values()) take(clauses)
    // What a clause lacks counts by its share: the last few of a rare one are as dear as many of a common one.
    const gain = ({ clauses }: Known): number =>
      clauses.reduce((sum, clause) => sum + lack(clause) / Math.max(1, enough(clause)), 0)
    const chosen = new Map<string, Placed[]>()
    const queue = [...this.#known.values()].map((known) => ({ known, gain: gain(known) })).sort((a, b) => a.gain - b.gain)
    for (let last = queue.pop(); last !== undefined; last = queue.pop()) {
      last.gain = gain(last.known)
      if (last.gain === 0) continue
      // Gains only shrink: one that is still the largest after it was counted anew is the largest.
      if (last.gain >= (queue.at(-1)?.gain ?? 0)) {
        const { family, clauses, ...placed } = last.known
        chosen.set(family, [...(chosen.get(family) ?? []), placed])
        take(clauses)
      } else queue.splice(placeOf(queue, last.gain), 0, last)
    }
    return chosen
  }
}

/** Where one with this gain belongs among those of rising gain. */
function placeOf(queue: readonly { gain: number }[], gain: number): number {
  let [low, high] = [0, queue.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((queue[middle]?.gain ?? 0) < gain) low = middle + 1
    else high = middle
  }
  return low
}
