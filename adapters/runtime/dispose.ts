/** Disposing of what `createSessionServices` made for one event (LIFE-24). */
import { isPromise } from './promises.ts'

const methods = [Symbol.asyncDispose, Symbol.dispose, 'dispose', 'close'] as const

/**
 * Disposes of `made` if it can be disposed of as a whole, else of each service in it, last made first. Services that
 * are the application's singletons (`createSessionServices` may spread them) are left alone.
 * @param failed is told of each disposal that throws; the others still happen
 */
export async function disposeServices(made: object, singletons: object, failed: (error: unknown) => void): Promise<void> {
  for (const target of targets(made, singletons, failed)) {
    try {
      const ended = disposer(target)?.call(target)
      if (isPromise(ended)) await ended
    } catch (error) {
      failed(error)
    }
  }
}

function targets(made: object, singletons: object, failed: (error: unknown) => void): unknown[] {
  try {
    if (disposer(made) !== undefined) return [made]
    const keep = new Set<unknown>(Object.values(singletons))
    return [...new Set(Object.values(made))].filter((service) => !keep.has(service)).reverse()
  } catch (error) {
    // A property that throws when it is read: there is no telling what was made.
    failed(error)
    return []
  }
}

/** Whether disposing of `made` may do anything: events whose services need none are not held up. */
export function isDisposable(made: object): boolean {
  try {
    return disposer(made) !== undefined || Object.values(made).some((service) => disposer(service) !== undefined)
  } catch {
    return true
  }
}

function disposer(target: unknown): (() => unknown) | undefined {
  if (typeof target !== 'object' || target === null) return undefined
  for (const method of methods) {
    const found = (target as Record<PropertyKey, unknown>)[method]
    if (typeof found === 'function') return found as () => unknown
  }
  return undefined
}
