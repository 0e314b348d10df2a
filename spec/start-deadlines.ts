/** The deadlines, in milliseconds, for stops and handlers with which programs start a system, and what may be expected of them (LIFE-18, LIFE-11). */

/** One that no program outlives: handlers have all the time they want. */
export const generous = 60_000

/** One that every stalled program has outlived, the shortest stall there is being 300 ms: handlers have next to none. */
export const short = 100
