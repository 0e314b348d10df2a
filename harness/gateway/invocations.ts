/** Gives events to the system, tells the trace of them, and knows when all is over. */
import type { UnnumberedTraceEvent } from '../../spec/history.ts'
import type { Connection } from './connection.ts'
import type { Invocation, InvokeAnswer, Invoker } from './invocation.ts'

/** An invocation before it has a number. */
export type Draft = Omit<Invocation, 'invocation' | 'channelId' | 'endpoint' | 'route' | 'worker'>

/** The invocations of one platform. */
export class Invocations {
  readonly #invoker: Invoker
  readonly #note: (event: UnnumberedTraceEvent) => void
  #count = 0
  #running = 0
  #waiting: (() => void)[] = []

  constructor(invoker: Invoker, note: (event: UnnumberedTraceEvent) => void) {
    this.#invoker = invoker
    this.#note = note
  }

  /**
   * One invocation; never rejects.
   * @param of the connection, or the id of a channel no connection is known of
   * @param ending called when it is over, and before the trace says so
   */
  async invoke(of: Connection | string | undefined, draft: Draft, ending?: () => void): Promise<InvokeAnswer> {
    const worker = this.#invoker.assign?.()
    const invocation: Invocation = { ...draft, invocation: ++this.#count, ...addressOf(of, draft), ...(worker && { worker }) }
    const { event, channelId, repeat } = invocation
    const told = {
      ...namesOf(of, event),
      at: 'server' as const,
      invocation: invocation.invocation,
      event,
      ...(channelId && { channelId }),
    }
    this.#note({ ...told, kind: 'invoked', ...(worker && { worker }), ...(repeat && { repeat }) })
    const answer = await this.#answered(invocation)
    ending?.()
    this.#note({ ...told, kind: 'returned', ...outcomeOf(answer) })
    return answer
  }

  async #answered(invocation: Invocation): Promise<InvokeAnswer> {
    try {
      return await this.#invoker.invoke(invocation)
    } catch (error) {
      return { outcome: 'failed', error: error instanceof Error ? error.message : String(error) }
    }
  }

  /** Counts `work` among what `idle` waits for. */
  async track<T>(work: () => Promise<T>): Promise<T> {
    this.#running += 1
    try {
      return await work()
    } finally {
      this.#running -= 1
      if (this.#running === 0) {
        const waiting = this.#waiting
        this.#waiting = []
        for (const resolve of waiting) resolve()
      }
    }
  }

  /** Resolves once nothing tracked is under way. */
  async idle(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }
}

function addressOf(of: Connection | string | undefined, { event }: Draft): Partial<Invocation> {
  if (of === undefined) return {}
  if (typeof of === 'string') return { channelId: of }
  const { channelId, api } = of
  return { channelId, endpoint: api.endpoint, ...(event === 'connect' ? { route: api.route } : {}) }
}

function namesOf(of: Connection | string | undefined, event: string): { conn?: string; step?: string } {
  if (typeof of !== 'object' || of.conn === undefined) return {}
  return { conn: of.conn, ...(event === 'connect' && of.step !== undefined ? { step: of.step } : {}) }
}

function outcomeOf(answer: InvokeAnswer) {
  if (answer.outcome === 'killed') return { outcome: answer.outcome }
  const requests = answer.requests === undefined ? {} : { requests: answer.requests }
  if (answer.outcome === 'failed') return { outcome: answer.outcome, ...requests }
  const { status = 200, body } = answer
  return { outcome: answer.outcome, status, ...(body ? { body: true } : {}), ...requests }
}
