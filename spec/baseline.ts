/** Known failures of a system, as a file holds them: a run fails for others only. */
export interface BaselineEntry {
  /** The name of the system, as it gives it itself. */
  system: string
  requirement: string
  /** Which failure of the requirement, as a card and a result name it. */
  signature: string
  /** Why it is known and not mended, in a sentence. */
  reason: string
  /** The last day on which it is excused, YYYY-MM-DD. */
  expires: string
}

/** A baseline; `schemaVersion` is that of its form. */
export interface Baseline {
  schemaVersion: 1
  entries: BaselineEntry[]
}
