/** What a whole run of the suite found out: data only; sentences about it are written in `reports/`. */
import type { Capability } from './capabilities.ts'

/** Every requirement gets one of these in every result. */
export type Verdict = 'passed' | 'failed' | 'not-exercised' | 'not-applicable' | 'not-observable'

/** How often a clause was put to a decision. */
export interface ClauseCount {
  /** Decisions (kept or broken), over all programs. */
  exercised: number
  /** Different programs with at least one decision. */
  programs: number
  /** Times the contract left it open. */
  undecided: number
  heavy?: boolean
}

/** A violation as reported: events as lines, the card's file where one was written. */
export interface ReportedViolation {
  requirement: string
  clause: string
  /** Names the failure, not the run: the same for the same defect whatever the seed. */
  signature: string
  expected: string
  observed: string
  events: string[]
  card?: string
}

/** One requirement's outcome for one system. */
export interface RequirementResult {
  id: string
  level: 'must' | 'should'
  verdict: Verdict
  exercised: number
  programs: number
  clauses: Record<string, ClauseCount>
  /** Why clauses that would bind the system could not be observed there, where that is known: a sentence for each. The verdict says nothing of them. */
  unseen?: Record<string, string>
  /** One of each signature. Of those that are in no baseline, the one that was shrunk stands first and has the card. */
  violations: ReportedViolation[]
  /** It failed, and every signature is known: why, and until when. It does not fail the run. */
  baseline?: { reason: string; expires: string }
  /** What is wrong with its entries in the baseline, as sentences; these fail the run. */
  baselineErrors?: string[]
}

/** One system's outcome. */
export interface SystemResult {
  name: string
  capabilities: Capability[]
  /** What it ran on, where it can run on several: an engine and its version. */
  engine?: string
  /** Why it could not run here; one that was asked for by name could not be judged either. */
  skipped?: string
  /** Why it could not be judged: did not start, died, gave no answer. */
  couldNotJudge?: string
  /** Programs run, steps in them, waits that ran into the last-resort deadline. */
  programs: number
  steps: number
  timeouts: number
  /** The simulated tier, where the system offers it: its programs, and how many of them hit each race. Its verdicts are among the others. */
  simulated?: { programs: number; races: Record<string, number> }
  requirements: RequirementResult[]
}

/** A run of the suite. */
export interface ConformanceResult {
  schemaVersion: 1
  contractVersion: string
  packageVersion: string
  nodeVersion: string
  date: string
  seed: number
  timeoutsHit: number
  systems: SystemResult[]
}
