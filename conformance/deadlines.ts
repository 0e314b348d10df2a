/**
 * Every time limit of the kit, in milliseconds. They are last resorts for systems that hang: generous, injected, and
 * never the means by which a pass is decided. This file and the printed list of the lint rule are the only places with
 * timers.
 */

/** What the kit waits for at most. */
export interface Deadlines {
  /** Without a sign of the awaited event for this long, held gates are opened and the wait is noted as a stall. */
  stall: number
  /** Without it for this long after a stall, the program is given up and counted as a time-out. */
  hang: number
  /** Without it for this long after a stall, something promised of a connection's end is noted as absent, and the program goes on. */
  absent: number
  /** For a host to start or stop a system. */
  start: number
}

/** The limits of an ordinary run. */
export const deadlines: Deadlines = { stall: 5_000, hang: 10_000, absent: 5_000, start: 20_000 }

/** Limits for a run that waits `patience` milliseconds for a sign of life in all. */
export function patienceOf(patience: number): Deadlines {
  return { stall: patience / 3, hang: (2 * patience) / 3, absent: patience / 3, start: Math.max(patience, deadlines.start) }
}

/** While a failure that hangs is being shrunk; the minimum is confirmed with the ordinary limits. */
export const shrinkingDeadlines: Deadlines = { stall: 300, hang: 700, absent: 300, start: 20_000 }

/**
 * What systems are started with. A handler may be held up for as long as a stall lasts and more; a deadline that passed
 * meanwhile would allow what is otherwise forbidden (LIFE-11).
 */
export const systemDeadlines = { handler: 600_000 }

/** For an engine to answer: a Docker engine and one at a given address at once, a container once its image is there. */
export const engineDeadlines = { docker: 1_000, endpoint: 5_000, container: 15_000 }

/** For the hunt of one mutant; what hangs waits for some limits of a run, and is shrunk. */
export const huntDeadline = 480_000

/** For a server to have read what was sent before a gate is opened. */
export const readDeadline = 250

/** `late` resolves to `'late'` after so many milliseconds, unless it was cancelled before. */
export type Alarm = (milliseconds: number) => { late: Promise<'late'>; cancel(): void }

/** By the machine's time; `cancel` lets the process end earlier. */
export const alarm: Alarm = (milliseconds) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), milliseconds)
  })
  return { late, cancel: () => clearTimeout(timer) }
}
