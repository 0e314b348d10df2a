/** The stop deadlines, in milliseconds, with which programs start a system, and what may be expected of them (LIFE-18). */

/** One that no program outlives: handlers have all the time they want. */
export const generous = 60_000

/** One that every stalled program has outlived: handlers have next to none. */
export const short = 1_000
