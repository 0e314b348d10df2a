/** Fetches what a host elsewhere traces, as it traces it. */
import { HostError, type TraceSink } from '../../../conformance/host.ts'
import type { TraceEvent } from '../../../spec/history.ts'
import { faultOfEvent } from '../../../spec/probe/trace-fields.ts'
import { type Asker, cut } from './ask.ts'

/** The events of one host from a number on, each told once and in order. */
export class TraceFeed {
  readonly #asker: Asker
  readonly #sink: TraceSink
  #last: number
  #ended = false

  /** @param last the number of the last event that is not wanted any more */
  constructor(asker: Asker, last: number, sink: TraceSink) {
    this.#asker = asker
    this.#last = last
    this.#sink = sink
  }

  /** Asks again and again, each answer coming as soon as there is something to tell, until ended. @throws HostError */
  async follow(): Promise<void> {
    while (!this.#ended) await this.#fetch('')
  }

  /** Resolves once everything traced before the call has been told. @throws HostError */
  flush(): Promise<void> {
    return this.#ended ? Promise.resolve() : this.#fetch('&wait=0')
  }

  /** Tells nothing more. */
  end(): void {
    this.#ended = true
  }

  async #fetch(wait: string): Promise<void> {
    const path = `/conformance/trace?after=${this.#last}${wait}`
    const text = await this.#asker.ask({ method: 'GET', path, expected: 200 })
    if (this.#ended) return
    for (const line of text.split('\n')) if (line !== '') this.#tell(path, line)
  }

  /** Two answers may be under way at once: what one of them has told the other does not tell again. */
  #tell(path: string, line: string): void {
    const event = parsed(line)
    const fault = event === undefined ? 'it is no JSON' : faultOfEvent(event)
    if (fault !== undefined)
      throw new HostError(
        `GET ${path} was answered with the line ${cut(line)}, and ${fault}: expected a trace event of docs/probe.md on each line`,
      )
    const { process = 'host', ...traced } = event as TraceEvent & { process?: string }
    if (traced.seq <= this.#last) return
    if (traced.seq !== this.#last + 1)
      throw new HostError(`GET ${path} was answered with the event ${traced.seq}: expected ${this.#last + 1}, the next number`)
    this.#last = traced.seq
    this.#sink(process, traced as TraceEvent)
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
