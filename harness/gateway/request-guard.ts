/** Counts what one invocation asks of its stores and its gateway, and ends it where it is to end. */
import type { Invocation } from './invocation.ts'

/** An invocation's requests. Whoever hosts its handler makes each of them through `request`. */
export class RequestGuard {
  /** Resolves once the invocation has ended as if its process had been killed. */
  readonly struck: Promise<void>
  readonly #invocation: Pick<Invocation, 'kill' | 'pause' | 'reached'>
  #strike!: () => void
  #dead = false
  #count = 0

  /** @param strike called when the invocation is to end, before `struck` resolves */
  constructor(invocation: Pick<Invocation, 'kill' | 'pause' | 'reached'>, strike?: () => void) {
    this.#invocation = invocation
    this.struck = new Promise((resolve) => {
      this.#strike = () => {
        this.#dead = true
        strike?.()
        resolve()
      }
    })
  }

  /** Makes a request and gives its outcome; once the invocation has been killed nothing is made, and nothing is ever seen. */
  async request<T>(_name: string, make: () => Promise<T>): Promise<T> {
    const number = ++this.#count
    const { kill, pause, reached } = this.#invocation
    if (kill?.request === number && kill.when === 'before') this.#strike()
    if (this.#dead) return never()
    try {
      return await make()
    } finally {
      if (kill?.request === number && kill.when === 'after') this.#strike()
      if (!this.#dead && pause === number) await reached?.()
      // Another request of this invocation may have struck while this one was under way.
      if (this.#dead) await never()
    }
  }
}

function never<T>(): Promise<T> {
  return new Promise(() => {})
}
