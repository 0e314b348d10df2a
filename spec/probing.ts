/** What was found out about one capability of a system, beside what the system declares. */
import type { Capability } from './capabilities.ts'

export interface CapabilityFinding {
  capability: Capability
  declared: boolean
  /** `cannot be probed`: nothing that can be seen from outside would tell. */
  found: 'yes' | 'no' | 'cannot be probed'
  /** What was seen, or why nothing can be. */
  evidence: string
  /** By how many more requirements it would be judged, were it declared. */
  more: number
}
