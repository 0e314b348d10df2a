/** What hunts for broken adapters came to, as files that are kept: data only; sentences about it are written in `reports/`. */

/** What a record was made with. */
export interface Stamp {
  seed: number
  /** The version of the contract, of this package, of Node. */
  contract: string
  package: string
  node: string
  date: string
}

/** What came of the hunt for one mutant. */
export interface RecordedKill {
  name: string
  expected: string
  also: string[]
  caughtBy: string[]
  /** Clauses that were found broken, of `expected` and of `also`, such as `PUB-02 not the excluded one`. */
  clauses: string[]
  /** Programs run until `expected` was first violated; null where it never was. */
  programs: number | null
  /** Steps of the shrunk program that violates `expected`; null where none was shrunk. */
  steps: number | null
  /** In how many runs of that program it showed. */
  reproduced?: { times: number; of: number }
  /** Programs directed at its id did not show it: others of its area were run too. */
  rare?: true
  couldNotJudge?: string
}

/** The file `mutants.json`: the kill matrix of one seed. */
export interface KillMatrix extends Stamp {
  /** Generated programs directed at each mutant's id; absent where all that a run of the suite runs was run. */
  runs?: number
  mutants: RecordedKill[]
  /** Clauses of MUST requirements that no mutant was found to break. */
  unbroken: Record<string, string[]>
  median: { programs: number | null; steps: number | null }
}

/** What came of the hunt for one held-out defect. */
export interface HeldOutKill {
  name: string
  expected: string
  /** Ids that its author thinks as fair a verdict. */
  alternatives: string[]
  standsFor: string
  caughtBy: string[]
  /** Programs run until `expected` was first violated; null where it never was. */
  programs: number | null
  /** `expected` or one of the alternatives was violated. */
  killed: boolean
  couldNotJudge?: string
}

/** The file `held-out-SET.json`. */
export interface HeldOutRecord extends Stamp {
  set: string
  defects: HeldOutKill[]
}
