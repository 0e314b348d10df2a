/** A child that hosts one system after another: to start one takes longer than most of what is then asked of it. */
import { type Host, HostError } from '../../conformance/host.ts'
import { hostOn } from './child.ts'
import { Child } from './child-process.ts'
import type { Loaded } from './messages.ts'

/** Keeps a child from host to host, as long as it lives and all that was started in it has been stopped. */
export class ReusedChild {
  #kept: Child | undefined
  /** Where what this one hosts is hosted once more. */
  #beside: ReusedChild | undefined

  /** Hosts the system `reference` names. @throws HostError where it cannot be loaded or gives no sign of life */
  async host(reference: string): Promise<Host> {
    const kept = this.#kept
    this.#kept = undefined
    const child = kept?.atRest === true ? kept : new Child(reference)
    const loading = child === kept ? loadedInstead(child, reference) : child.loaded
    const end = async (): Promise<void> => {
      // What still runs, or hangs, is ended the only way that ends it.
      if (child.atRest && this.#kept === undefined) this.#kept = child
      else await child.end()
    }
    const host = await hostOn(child, reference, loading, end)
    const afresh = (): Promise<Host> => {
      this.#beside ??= new ReusedChild()
      return this.#beside.host(reference)
    }
    return { ...host, afresh }
  }

  /** Ends the children that are kept. */
  async end(): Promise<void> {
    await this.#beside?.end()
    await this.#kept?.end()
    this.#kept = undefined
  }
}

/** Has a child load another system. @throws HostError where it cannot; the child has been ended then */
async function loadedInstead(child: Child, reference: string): Promise<Loaded['loaded']> {
  try {
    return (await child.ask({ ask: 'load', reference })) as Loaded['loaded']
  } catch (error) {
    await child.end()
    throw new HostError((error as Error).message)
  }
}
