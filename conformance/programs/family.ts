/** A family of programs: one generator with a bias, and the directed examples that belong to it. */
import type fc from 'fast-check'
import type { Capability } from '../../spec/capabilities.ts'
import type { Area } from '../../spec/requirement.ts'
import type { Program } from '../program.ts'

/** Programs of one kind. Built from record, array, oneof and constantFrom alone, so that examples shrink too. */
export interface Family {
  /** `area` or `area/part`: unique, part of the seed. */
  name: string
  area: Area
  /** Run only on systems that declare all of these: on others its programs show nothing. */
  capabilities?: readonly Capability[]
  /** Each program takes as long as dozens of others: none is run for what others would show as well. */
  costly?: true
  arbitrary: fc.Arbitrary<Program>
  /** Generated programs of the default run, beside the examples. */
  runs: number
  /** A directed program per clause, by `ID clause`; each lies within what `arbitrary` can generate. */
  examples: Readonly<Record<string, Program>>
  /** Programs of which every order of requests can be tried, by what runs side by side in them. */
  exhaustive?: Readonly<Record<string, Program>>
}
