/** Questions to a host, each with an end: a host that does not answer, or answers with an error, cannot be judged. */
import { alarm } from '../deadlines.ts'
import { HostError, type Hosted } from '../host.ts'

/**
 * The same host with bounds: `residue`, `flush` and `stores` give a HostError where they take longer than `patience()`
 * milliseconds or fail, and `stop` is asked of the system only once, however often it is called.
 */
export function bounded(hosted: Hosted, name: string, patience: () => number): Hosted {
  const { residue, flush, stores } = hosted
  let stopping: Promise<void> | undefined
  return {
    ...hosted,
    ...(residue === undefined ? {} : { residue: () => inTime(residue(), `${name} for what it still holds`, patience()) }),
    ...(flush === undefined ? {} : { flush: () => inTime(flush(), `${name} for a sign of life`, patience()) }),
    // It ends by itself where an operation hangs; only a host that does nothing at all is late.
    ...(stores === undefined
      ? {}
      : {
          stores: (program, limit) => inTime(stores(program, limit), `${name} for a program on its stores`, limit + patience()),
        }),
    stop: () => {
      stopping ??= hosted.stop()
      return stopping
    },
  }
}

/** @throws HostError where the answer is late, or an error */
export async function inTime<T>(answer: Promise<T>, asked: string, patience: number): Promise<T> {
  const { late, cancel } = alarm(patience)
  try {
    const first = await Promise.race([answer, late])
    if (first === 'late') throw new HostError(`no answer within ${patience / 1000} s when asking ${asked}`)
    return first as T
  } catch (error) {
    if (error instanceof HostError) throw error
    const { name, message } = error instanceof Error ? error : { name: 'a value', message: String(error) }
    throw new HostError(`an error when asking ${asked}: ${name}: ${message}`)
  } finally {
    cancel()
  }
}
