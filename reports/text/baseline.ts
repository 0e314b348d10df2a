/** What is said of a baseline and its entries. */
import type { BaselineEntry } from '../../spec/baseline.ts'
import type { RequirementResult } from '../../spec/result.ts'

/** An entry that excuses what no longer fails. */
export const staleEntry = ({ signature }: BaselineEntry): string =>
  `the baseline's entry "${signature}" is stale: it was put to the test and no longer fails; remove it`

/** An entry past its date. */
export const expiredEntry = ({ signature, expires, reason }: BaselineEntry): string =>
  `the baseline's entry "${signature}" expired on ${expires} (${reason}): mend it, or give it a later date`

/** An entry of a system that nobody knows. */
export const unknownSystem = ({ system, signature }: BaselineEntry): string =>
  `the baseline's entry "${signature}" is of the system ${JSON.stringify(system)}, which is neither a bundled one nor part of this run`

/** What is said of a failure that is known. */
export const asInBaseline = ({ reason, expires }: NonNullable<RequirementResult['baseline']>): string =>
  `failed, as in the baseline (${reason}, until ${expires})`
