/** Time that a program can move on. */

/** Real time plus what it was moved on by. Milliseconds. */
export class SteppedClock {
  #offset: number
  readonly #waits = new Set<Wait>()
  #stopped = false

  /** @param offset how far it is ahead of real time, as a clock in another process may be */
  constructor(offset = 0) {
    this.#offset = offset
  }

  /** Milliseconds since 1970. */
  now(): number {
    return Date.now() + this.#offset
  }

  /** How far it has been moved on. */
  get offset(): number {
    return this.#offset
  }

  /** Resolves when so much time has passed, in truth or by `advance`; never once the clock has stopped. */
  wait(milliseconds: number): Promise<void> {
    if (this.#stopped) return new Promise(() => {})
    return new Promise((resolve) => {
      const wait: Wait = { until: this.now() + milliseconds, resolve, timer: undefined }
      this.#waits.add(wait)
      this.#arm(wait)
    })
  }

  /** Moves time on; whose wait is over wakes, in the order of their ends. */
  advance(milliseconds: number): void {
    this.#offset += milliseconds
    const now = this.now()
    for (const wait of [...this.#waits].toSorted((a, b) => a.until - b.until)) {
      if (wait.until <= now) this.#end(wait)
      else this.#arm(wait)
    }
  }

  /** Ends every wait without waking whoever waits. */
  stop(): void {
    this.#stopped = true
    for (const { timer } of this.#waits) clearTimeout(timer)
    this.#waits.clear()
  }

  #arm(wait: Wait): void {
    clearTimeout(wait.timer)
    // Longer than a timer can be: it looks again then.
    const left = Math.min(Math.max(wait.until - this.now(), 0), 2 ** 31 - 1)
    wait.timer = setTimeout(() => (wait.until <= this.now() ? this.#end(wait) : this.#arm(wait)), left)
  }

  #end(wait: Wait): void {
    clearTimeout(wait.timer)
    this.#waits.delete(wait)
    wait.resolve()
  }
}

interface Wait {
  until: number
  resolve: () => void
  timer: ReturnType<typeof setTimeout> | undefined
}
