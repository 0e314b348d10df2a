/** A platform with handlers that record what they are given, and clients that record what they see. */
import type { UnnumberedTraceEvent } from '../../../spec/history.ts'
import { type ConnectionScript, packScript } from '../../../spec/probe/ops.ts'
import type { ClientEnd } from '../connection.ts'
import type { Invocation, InvokeAnswer } from '../invocation.ts'
import { type Handle, inProcess } from '../invokers/in-process.ts'
import { Platform, type PlatformOptions } from '../platform.ts'
import type { RequestGuard } from '../request-guard.ts'

/** What a test's handler does with an event; undefined answers 200. */
export type Behaviour = (
  invocation: Invocation,
  guard: RequestGuard,
) => Promise<InvokeAnswer | undefined> | InvokeAnswer | undefined

/** A client without a socket. */
export class FakeClient implements ClientEnd {
  readonly seen: string[] = []
  leaving = false
  opened(protocol: string | undefined): void {
    this.seen.push(protocol === undefined ? 'open' : `open ${protocol}`)
  }
  send(text: string): void | false {
    if (this.leaving) return false
    this.seen.push(text)
  }
  close(code: number): void {
    this.seen.push(`close ${code}`)
  }
}

/** A platform under test. */
export class World {
  readonly trace: UnnumberedTraceEvent[] = []
  readonly given: Invocation[] = []
  readonly platform: Platform
  behave: Behaviour
  now = 1_600_000_000_000
  readonly #handle: Handle = async (invocation, guard) => {
    this.given.push(invocation)
    return (await this.behave(invocation, guard)) ?? { outcome: 'ok', status: 200 }
  }

  constructor(behave: Behaviour = () => undefined, options: Partial<PlatformOptions> = {}) {
    this.behave = behave
    this.platform = new Platform({
      routes: ['/a', '/b'],
      invoker: inProcess((invocation, guard) => this.#handle(invocation, guard)),
      channelIdOf: ({ apiId, stage, connectionId }) => `${apiId}/${stage}/${connectionId}`,
      note: (event) => this.trace.push(event),
      clock: {
        now: () => this.now,
        advance: (milliseconds) => {
          this.now += milliseconds
        },
      },
      ...options,
    })
  }

  /** What happened, a word each: `+connect`, `-connect`, `+disconnect again`… */
  get events(): string[] {
    return this.trace.flatMap((event) => {
      if (event.kind === 'invoked') return [`+${event.event}${event.repeat ? ' again' : ''}`]
      return event.kind === 'returned' ? [`-${event.event}${event.outcome === 'ok' ? '' : ` ${event.outcome}`}`] : []
    })
  }

  /** Connects a client, by its script's name. */
  async connect(
    conn = 'c0',
    route = '/a',
    client = new FakeClient(),
  ): Promise<{ client: FakeClient; status: number; channelId: string }> {
    const { status } = await this.platform.connect({ route, query: queryOf({ conn, step: `${conn} opens` }), client })
    return { client, status, channelId: this.channelOf(conn) }
  }

  /** The channel of the latest connection of this name; empty where it never got as far. */
  channelOf(conn: string): string {
    const found = this.trace.findLast((event) => event.kind === 'invoked' && event.conn === conn)
    return found?.kind === 'invoked' ? (found.channelId ?? '') : ''
  }

  /** Posts, or without a text closes; the HTTP status. */
  post(channelId: string, text?: string): number {
    const at = this.platform.addressOf(channelId)
    if (at === undefined) return 410
    const { management } = this.platform
    return text === undefined
      ? management.close(at.connectionId, at.endpoint, { channelId })
      : management.post(at.connectionId, at.endpoint, text, { channelId })
  }
}

/** A query that carries a script. */
export function queryOf(script: ConnectionScript): string {
  return `s=${packScript(script)}`
}

/** A promise and what resolves it. */
export function signal(): { given: Promise<void>; give: () => void } {
  let give!: () => void
  const given = new Promise<void>((resolve) => {
    give = resolve
  })
  return { given, give }
}
