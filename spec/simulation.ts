/**
 * What a simulation gives to the system it runs: whatever would happen in a time of its own (a request, an event's
 * arrival, deferred work, a wait) is a task, and the simulation chooses which of those that are waiting happens next.
 */

/** How a task stands to the others. */
export interface TaskOptions {
  /** Whose it is, such as an invocation: a schedule without a choice of its own goes on with the same. */
  by?: string
  /** How many milliseconds of the simulation's time it waits at the most: as long as a request may be under way. */
  patience?: number
}

/** The scheduler and the clock of one simulated program. Times in milliseconds. */
export interface Simulation {
  now(): number
  /** Calls `make` when the task's turn has come, and gives what it gives. `name` is for people. */
  task<T>(name: string, make: () => T | Promise<T>, options?: TaskOptions): Promise<T>
  /** Resolves when time has come so far. Time passes while nothing else can happen, or where the schedule says so. */
  wait(milliseconds: number, name: string, by?: string): Promise<void>
  /** Lets so much time pass; whoever waits wakes in turn. */
  advance(milliseconds: number): Promise<void>
}
