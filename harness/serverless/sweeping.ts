/** Tells the requests that a sweep makes from others, for stores whose reads are counted (STORE-10). */
import { context, within } from './context.ts'

/** Whether a sweep is what runs now. */
export const sweeping = (): boolean => context().sweeping === true

/** The same pages, each asked for as a part of a sweep. */
export async function* asSweep<T>(pages: AsyncIterable<T>): AsyncIterable<T> {
  const iterator = pages[Symbol.asyncIterator]()
  for (;;) {
    const { done, value } = await within({ sweeping: true }, () => iterator.next())
    if (done === true) return
    yield value
  }
}
