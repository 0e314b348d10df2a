/** What a mutant is: one named defect over a reference adapter, as data. */
import type { Area } from '../../spec/requirement.ts'

/** One change of one source file; `find` must occur in it exactly once, so that a stale mutant is noticed. */
export interface Edit {
  /** Path from the repository's root. */
  file: string
  find: string
  replace: string
}

/**
 * What shows a defect. `live`: real sockets and processes. `simulated`: programs whose every request is chosen, with
 * crashes and lost answers. `interleaved`: stores alone, in every order of the requests of up to three operations.
 */
export type Tier = 'live' | 'simulated' | 'interleaved'

/** A deliberately broken reference adapter. */
export interface Mutant {
  /** Kebab-case; `mutant:NAME` names its system on the command line. */
  name: string
  area: Area
  /** The bundled system it is made from. */
  base: string
  /** Where it shows; `live` where absent, as most do. */
  tier?: Tier
  /** The id it must be found to violate. */
  expected: string
  /** Further ids the defect entails, each with the reason; at most six (decision 0102). Nothing else may be violated. */
  also: Readonly<Record<string, string>>
  /** The real mistake it stands for. */
  standsFor: string
  edits: readonly Edit[]
}
