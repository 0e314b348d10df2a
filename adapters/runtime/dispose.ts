/** Disposing of what `createSessionServices` made for one event (LIFE-24). */
import { isPromise } from './promises.ts'

const methods = [Symbol.asyncDispose, Symbol.dispose, 'dispose', 'close'] as const

/**
 * Disposes of `made` if it can be disposed of as a whole, else of each service in it, last made first. Services that
 * are the application's singletons (`createSessionServices` may spread them) are left alone.
 * @param failed is told of each disposal that throws; the others still happen
 */
export async function disposeServices(made: object, singletons: object, failed: (error: unknown) => void): Promise<void> {
  const keep = new Set<unknown>(Object.values(singletons))
  const targets = disposer(made) !== undefined ? [made] : [...new Set(Object.values(made))].reverse()
  for (const target of targets) {
    if (keep.has(target)) continue
    try {
      const ended = disposer(target)?.call(target)
      if (isPromise(ended)) await ended
    } catch (error) {
      failed(error)
    }
  }
}

/** Whether disposing of `made` may do anything: events whose services need none are not held up. */
export function isDisposable(made: object): boolean {
  return disposer(made) !== undefined || Object.values(made).some((service) => disposer(service) !== undefined)
}

function disposer(target: unknown): (() => unknown) | undefined {
  if (typeof target !== 'object' || target === null) return undefined
  for (const method of methods) {
    const found = (target as Record<PropertyKey, unknown>)[method]
    if (typeof found === 'function') return found as () => unknown
  }
  return undefined
}
