/** One question to the control interface of a host elsewhere, over HTTP. */
import { alarm } from '../../../conformance/deadlines.ts'
import { HostError } from '../../../conformance/host.ts'

/** A question, and the statuses that may answer it. */
export interface Question {
  method: 'GET' | 'POST'
  path: string
  body?: unknown
  expected: number
}

/** What an answer that is not as expected is shown to at most. */
const shown = 120

/** Asks one host. */
export class Asker {
  readonly #base: string
  readonly #patience: number
  readonly #underWay = new Set<AbortController>()

  /** @param patience milliseconds within which every question is answered */
  constructor(base: string, patience: number) {
    this.#base = base
    this.#patience = patience
  }

  /** The text of the answer. @throws HostError in one line: what was asked, what came, what was expected */
  async ask(question: Question): Promise<string> {
    const { method, path, body, expected } = question
    const asked = `${method} ${this.#base}${path}`
    const late = alarm(this.#patience)
    const controller = new AbortController()
    this.#underWay.add(controller)
    const answering = this.#answer(question, controller.signal)
    answering.catch(() => undefined)
    try {
      const answer = await Promise.race([answering, late.late])
      if (answer === 'late') {
        controller.abort()
        throw new HostError(`no answer to ${asked} within ${this.#patience / 1000} s: expected one with status ${expected}`)
      }
      if (answer.status === expected) return answer.text
      const sent = body === undefined ? '' : ` with ${cut(JSON.stringify(body))}`
      throw new HostError(
        `${asked}${sent} was answered with status ${answer.status}${answer.text === '' ? '' : ` and ${cut(answer.text)}`}: expected ${expected}`,
      )
    } catch (error) {
      if (error instanceof HostError) throw error
      throw new HostError(`no answer to ${asked}: ${reasonOf(error)}; expected one with status ${expected}`)
    } finally {
      late.cancel()
      this.#underWay.delete(controller)
    }
  }

  /** The JSON of the answer. @throws HostError */
  async askJson(question: Question): Promise<unknown> {
    const text = await this.ask(question)
    try {
      return JSON.parse(text)
    } catch {
      throw new HostError(`${question.method} ${this.#base}${question.path} was answered with ${cut(text)}: expected JSON`)
    }
  }

  /** Gives up on every question that is under way. */
  end(): void {
    for (const controller of this.#underWay) controller.abort()
  }

  async #answer({ method, path, body }: Question, signal: AbortSignal): Promise<{ status: number; text: string }> {
    const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    const response = await fetch(`${this.#base}${path}`, { method, signal, ...(body === undefined ? {} : json) })
    return { status: response.status, text: await response.text() }
  }
}

/** The beginning of a text, quoted. */
export const cut = (text: string): string => JSON.stringify(text.length > shown ? `${text.slice(0, shown)}…` : text)

/** `fetch` says no more than that it failed; why is in the cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error
  const why = cause instanceof Error && cause.message !== '' ? cause.message : (cause as { code?: string } | undefined)?.code
  return why ?? message
}
