/** How often something showed. */
export interface Rate {
  times: number
  of: number
}

/** The normal distribution's quantile that leaves 2.5 % on either side. */
const z = 1.959_964

/**
 * Between which shares the true one lies with a confidence of 95 %: E. B. Wilson's score interval (1927), which holds for few
 * repetitions and for rates of all and nothing.
 */
export function intervalOf({ times, of }: Rate): { low: number; high: number } {
  const share = times / of
  const middle = (share + z ** 2 / (2 * of)) / (1 + z ** 2 / of)
  const half = (z / (1 + z ** 2 / of)) * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2))
  // Of all and of nothing the bound is exact; rounding would leave it out.
  return { low: times === 0 ? 0 : middle - half, high: times === of ? 1 : middle + half }
}
