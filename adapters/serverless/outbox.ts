/** What one event sends: in the order of its calls to each connection, to many connections at once (SEND-07, STATELESS-16). */
import pLimit from 'p-limit'

/** Connections posted to at once by one event. */
const atOnce = 50

/** Tasks by connection: one at a time for each, at most fifty in all. */
export class Outbox {
  readonly #limit = pLimit(atOnce)
  readonly #tails = new Map<string, Promise<unknown>>()
  /** Publishes whose receivers are not all known yet: whatever is sent after them waits until they are. */
  #listing: Promise<unknown> | undefined

  /** Runs `task` behind all that was given to the connection before. */
  enqueue<T>(channelId: string, task: () => Promise<T>): Promise<T> {
    const listing = this.#listing
    return listing === undefined ? this.#chain(channelId, task) : listing.then(() => this.#chain(channelId, task))
  }

  /**
   * Runs `list`, which gives tasks to any number of connections by the function it is passed, behind earlier lists; what
   * is sent later stays behind these tasks. Resolves once `list` has, the tasks may still run.
   */
  list(list: (enqueue: <T>(channelId: string, task: () => Promise<T>) => Promise<T>) => Promise<void>): Promise<void> {
    const run = (): Promise<void> => list((channelId, task) => this.#chain(channelId, task))
    const listed = this.#listing === undefined ? run() : this.#listing.then(run)
    // A list that fails is its caller's to know of; what comes after it goes on.
    const over = listed
      .catch(() => undefined)
      .then(() => {
        if (this.#listing === over) this.#listing = undefined
      })
    this.#listing = over
    return listed
  }

  #chain<T>(channelId: string, task: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(channelId)
    // A task takes one of the fifty places only when it is its turn on its connection, so that none waits holding a place.
    const run = (): Promise<T> => this.#limit(task)
    const result = before === undefined ? run() : before.then(run)
    const tail = result
      .catch(() => undefined)
      .then(() => {
        if (this.#tails.get(channelId) === tail) this.#tails.delete(channelId)
      })
    this.#tails.set(channelId, tail)
    return result
  }
}
