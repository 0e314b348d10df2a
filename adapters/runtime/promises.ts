/**
 * Small helpers for code that must not wait where nothing is pending: a call answers with a value or a promise, and
 * only a promise is awaited.
 */
import type { MaybePromise } from '../../spec/application.ts'

/** The promise of calls that are already done; shared, since nobody can tell two of them apart. */
export const done: Promise<void> = Promise.resolve()

const ignore = (): void => {}

/** Whether `value` has to be awaited. */
export function isPromise<T>(value: MaybePromise<T>): value is Promise<T> {
  return (
    value !== null &&
    (typeof value === 'object' || typeof value === 'function') &&
    typeof (value as { then?: unknown }).then === 'function'
  )
}

/** Marks a rejection as seen, so that a promise nobody awaits never brings the process down (SEND-09). */
export function tolerate<T>(promise: Promise<T>): Promise<T> {
  promise.catch(ignore)
  return promise
}

/** A rejected promise that may be left unawaited. */
export function rejected(error: unknown): Promise<never> {
  return tolerate(Promise.reject(error)) as Promise<never>
}

/** The longest wait a timer takes; a longer one, infinity included, would be taken for none. */
const longestWait = 2 ** 31 - 1

/** A wait of `milliseconds` as timers take it. */
export function timerWait(milliseconds: number): number {
  return Math.min(milliseconds, longestWait)
}
