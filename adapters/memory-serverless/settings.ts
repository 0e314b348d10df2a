/** What memory stores are made with. */

/** One request to a store, as whoever stands between sees it. */
export interface StoreRequest {
  readonly kind: 'get' | 'query' | 'write'
  /** The operation it belongs to. */
  readonly name: string
  /** The key it is about. */
  readonly about: string
  readonly items: number
}

/** Settings of the stores. */
export interface MemorySettings {
  /** Milliseconds since 1970. */
  now(): number
  /**
   * Makes every request: here it can be delayed, counted, ordered among others, made twice as a client does whose answer
   * was lost, or never. `make` carries it out at one instant.
   */
  request<T>(request: StoreRequest, make: () => Promise<T>): Promise<T>
  /** How many subscribers one page lists; default 100. */
  page?: number
}
