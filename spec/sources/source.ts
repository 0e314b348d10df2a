/** What an entry of `spec/sources/` is: a sentence or sample of a page, with the ids it became or why it became none. */

/** One sentence, heading or sample; the entries of a page stand in its order and cover it whole. */
export type SourceEntry = {
  /** Verbatim, as one line of the page or part of it. */
  quote: string
  /** For a sample or a list: the verbatim end of what the entry covers; else it covers its quote. */
  to?: string
} & ({ ids: readonly string[] } | { excluded: string })

/** Ids that the type tests hold: no run can show them, so they are not in the catalogue. */
export const typeIds: readonly string[] = ['TYPE-01', 'TYPE-02', 'TYPE-03', 'TYPE-04', 'TYPE-05', 'TYPE-06']

/** Areas of the contract that later versions of the catalogue will hold. */
export const laterAreas: readonly string[] = ['LIMIT', 'SSE']

/** Single requirements of landed areas that a later version of the catalogue will hold. */
export const laterIds: readonly string[] = []
