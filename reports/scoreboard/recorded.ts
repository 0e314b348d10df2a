/** What the pages are made from: the committed records, and what of the sources they are held against. */
import type { HeldOutRecord, KillMatrix } from '../../spec/records.ts'
import type { ConformanceResult } from '../../spec/result.ts'

/** A third party's result, and the name of its file. */
export interface Submission {
  file: string
  result: ConformanceResult
}

/** What a system came to in a campaign against false alarms, with the same sources. */
export interface CampaignSystem {
  system: string
  engines: string[]
  programs: number
  timeouts: number
  violations: { requirement: string; clause: string; observed: string }[]
  /** Slices that were not judged to the end, why. */
  broken: string[]
  /** Clauses that no slice decided. */
  unexercised: string[]
  /** Processes that kept cores busy meanwhile: every number there was. */
  busy: number[]
  nodes: string[]
}

/** Slices of one campaign that were run with the same sources. */
export interface Campaign {
  sources: string
  /** Folders of sources that have changed since; undefined where that is not known. */
  changed: string[] | undefined
  systems: CampaignSystem[]
}

/** A set of held-out defects; without a record it has not been hunted, or nobody has kept what came of it. */
export interface HeldOutSet {
  set: string
  record?: HeldOutRecord
  /** What was done about survivors, by the name of the defect. */
  answers: Readonly<Record<string, string>>
}

/** Clauses of a requirement that no mutant breaks, and why. */
export interface Uncovered {
  id: string
  clauses: readonly string[]
  reason: string
}

/** All of it. */
export interface Recorded {
  /** The version of the contract that the sources hold. */
  contract: string
  conformance?: ConformanceResult
  submissions: readonly Submission[]
  /** The last campaign first. */
  campaigns: readonly Campaign[]
  /** One for each seed. */
  matrices: readonly KillMatrix[]
  /** Every mutant there is, and the mistake it stands for. */
  mutants: readonly { name: string; standsFor: string }[]
  /** Clauses of MUST requirements that no matrix shows as broken, by id. */
  unbroken: Readonly<Record<string, readonly string[]>>
  uncovered: readonly Uncovered[]
  heldOut: readonly HeldOutSet[]
}
