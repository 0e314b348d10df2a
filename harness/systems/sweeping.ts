/** Tells the requests that a sweep makes from others, for stores whose reads are counted (STORE-10). */
import { AsyncLocalStorage } from 'node:async_hooks'

const within = new AsyncLocalStorage<true>()

/** Whether a sweep is what runs now. */
export const sweeping = (): boolean => within.getStore() === true

/** The same pages, each asked for as a part of a sweep. */
export async function* asSweep<T>(pages: AsyncIterable<T>): AsyncIterable<T> {
  const iterator = pages[Symbol.asyncIterator]()
  for (;;) {
    const { done, value } = await within.run(true, () => iterator.next())
    if (done === true) return
    yield value
  }
}
