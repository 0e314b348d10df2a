/** Literal histories of systems with a platform beneath. */
import type { ServerEventOf, Wire } from '../history.ts'
import type { PlatformEvent } from '../platform.ts'
import type { Json } from '../values.ts'
import { EndingLiteral } from './ending-literal.ts'

const endpoint = 'http://api'

/** A history with the platform's events. Every channel is `id-` and its connection's name, at one endpoint unless told otherwise. */
export class PlatformLiteral extends EndingLiteral {
  #invocations = 0
  #posts = 0
  #running = new Map<number, { event: PlatformEvent; channelId: string | undefined }>()

  /** An event is given to the system; gives back the invocation's number. */
  invoked(event: PlatformEvent, conn?: string, of: { repeat?: boolean } = {}): number {
    const invocation = this.#invocations++
    const channelId = conn === undefined ? undefined : `id-${conn}`
    this.#running.set(invocation, { event, channelId })
    this.server({ at: 'server', kind: 'invoked', invocation, event, ...(channelId === undefined ? {} : { channelId }), ...of })
    return invocation
  }

  /** An invocation is over: with status 200 and no body unless told otherwise. */
  returned(
    invocation: number,
    of: Partial<Pick<ServerEventOf<'returned'>, 'outcome' | 'status' | 'body' | 'requests'>> = {},
  ): this {
    const { event, channelId } = this.#running.get(invocation) ?? { event: 'message', channelId: undefined }
    return this.server({
      at: 'server',
      kind: 'returned',
      invocation,
      event,
      ...(channelId === undefined ? {} : { channelId }),
      outcome: 'ok',
      status: 200,
      body: false,
      ...of,
    })
  }

  /** A post (of null: a close) reaches the management interface; gives back its number. */
  post(conn: string, json: Json | Wire | null, of: { invocation?: number; endpoint?: string } = {}): number {
    const post = this.#posts++
    const data = json === null ? {} : { data: wireOf(json) }
    this.server({ at: 'server', kind: 'post', post, channelId: `id-${conn}`, endpoint, ...data, ...of })
    return post
  }

  /** A post is answered; delivered where the status says so, unless told otherwise. */
  posted(post: number, conn: string, status = 200, delivered = status === 200): this {
    return this.server({ at: 'server', kind: 'posted', post, channelId: `id-${conn}`, status, delivered })
  }

  /** A post and its answer; the client receives what was delivered. */
  posts(
    conn: string,
    json: Json | null,
    of: { invocation?: number; endpoint?: string; status?: number; delivered?: boolean } = {},
  ): this {
    const { status = 200, delivered = status === 200, ...from } = of
    this.posted(this.post(conn, json, from), conn, status, delivered)
    if (!delivered) return this
    return json === null ? this.closed(conn) : this.receive(conn, json)
  }

  /** Every invocation has returned. */
  idle(): this {
    return this.client({ at: 'client', kind: 'idle' })
  }

  /** A step that asks something of the platform, done. */
  asks(action: { [key: string]: Json }): this {
    const step = this.nextStep()
    this.client({ at: 'client', kind: 'invoke', step, action })
    return this.client({ at: 'client', kind: 'platform', step })
  }
}

const wireOf = (json: Json | Wire): Wire => {
  if (typeof json === 'object' && json !== null && !Array.isArray(json) && ('text' in json || 'hex' in json)) return json as Wire
  return { text: typeof json === 'string' ? json : JSON.stringify(json) }
}
