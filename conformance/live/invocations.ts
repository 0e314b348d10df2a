/** What the platform has told of a program's connections: which events it gave, which invocations have returned, what it delivered. */
import type { HistoryEvent } from '../../spec/history.ts'
import type { Client } from '../client.ts'
import type { Field } from './field.ts'

/** One connection as its platform tells of it. */
interface Told {
  /** Messages its client sent, and those that became an invocation, repeated ones apart. */
  sent: number
  taken: number
  /** Invocations that have not returned. */
  open: number
  /** Disconnect events whose invocation has returned. */
  ends: number
  /** Closes that the platform carried out. */
  closes: number
  /** Texts given to the client. */
  delivered: string[]
}

/** Reads a program's history as it grows. */
export class Invocations {
  readonly #events: () => readonly HistoryEvent[]
  #read = 0
  readonly #byConn = new Map<string, Told>()
  readonly #open = new Map<string, Told>()
  readonly #posts = new Map<string, { told: Told; text: string | undefined }>()
  readonly #conns = new Map<string, string>()
  #killed = false

  constructor(events: () => readonly HistoryEvent[]) {
    this.#events = events
  }

  /** What is known of a connection by now. */
  of(conn: string): Readonly<Told> {
    this.#catchUp()
    return this.#told(conn)
  }

  /** Whether an invocation of this program was ended from outside: handlers of it never settle. */
  get killed(): boolean {
    this.#catchUp()
    return this.#killed
  }

  #catchUp(): void {
    const events = this.#events()
    for (; this.#read < events.length; this.#read++) this.#see(events[this.#read] as HistoryEvent)
  }

  #told(conn: string): Told {
    const told = this.#byConn.get(conn) ?? { sent: 0, taken: 0, open: 0, ends: 0, closes: 0, delivered: [] }
    this.#byConn.set(conn, told)
    return told
  }

  #see(event: HistoryEvent): void {
    if ('channelId' in event && event.channelId !== undefined && event.conn !== undefined)
      this.#conns.set(event.channelId, event.conn)
    const channelId = 'channelId' in event ? (event.channelId ?? '') : ''
    const conn = event.conn ?? this.#conns.get(channelId) ?? `?${channelId}`
    switch (event.kind) {
      case 'message':
        if ('text' in event.data) this.#told(conn).sent++
        break
      case 'invoked': {
        const told = this.#told(conn)
        if (event.event === 'message' && event.repeat !== true) told.taken++
        told.open++
        this.#open.set(`${event.process}/${event.invocation}`, told)
        break
      }
      case 'returned': {
        if (event.outcome === 'killed') this.#killed = true
        // One that began in an earlier program, or between two.
        const told = this.#open.get(`${event.process}/${event.invocation}`)
        if (told === undefined) break
        this.#open.delete(`${event.process}/${event.invocation}`)
        told.open--
        if (event.event === 'disconnect') told.ends++
        break
      }
      case 'post': {
        const text = event.data === undefined ? undefined : 'text' in event.data ? event.data.text : event.data.hex
        this.#posts.set(`${event.process}/${event.post}`, { told: this.#told(conn), text })
        break
      }
      case 'posted': {
        const post = this.#posts.get(`${event.process}/${event.post}`)
        if (post === undefined || !event.delivered) break
        if (post.text === undefined) post.told.closes++
        else post.told.delivered.push(post.text)
        break
      }
      default:
    }
  }
}

/** Whether messages of one connection overlap there: a reply then says nothing of the messages before it. */
export function overlaps(field: Field): boolean {
  return !field.session.host.capabilities.includes('ordered')
}

/** Whether the system's invocations can be seen: then nothing has to be waited for that no invocation is left to do. */
export function seesInvocations(field: Field): boolean {
  return field.session.hosted.platform !== undefined
}

/** Whether all that a client sent has become an invocation. */
export function takenUp(field: Field, client: Client): boolean {
  const told = field.invocations.of(field.recorder.aliases.get(client.physical) ?? '')
  return client.state !== 'open' || told.taken >= told.sent
}

/** Whether every message of a client has been handled: each became an invocation, and no more than `but` have not returned. */
export function handled(field: Field, client: Client, but = 0): boolean {
  const told = field.invocations.of(field.recorder.aliases.get(client.physical) ?? '')
  return told.open <= but && takenUp(field, client)
}

const deeds: ReadonlySet<HistoryEvent['kind']> = new Set(['invoke', 'message', 'gate', 'open', 'closed', 'refused', 'invoked'])

/** Whether nothing has been done or begun since every invocation was last known to have returned. */
export function atRest(field: Field): boolean {
  const last = field.recorder.events.findLast(({ kind }) => kind === 'idle' || deeds.has(kind))
  return last?.kind === 'idle'
}

/**
 * Resolves once every message sent has been taken up and every invocation has returned; recorded, since what they did is
 * then done (STATELESS-13). Nothing on systems that handle messages in order: there a fence says all.
 */
export async function idle(field: Field): Promise<void> {
  const { recorder, session } = field
  const { idle: asked } = session.hosted
  if (asked === undefined || recorder.hung) return
  // A socket may still hold what a client sent: asked now, the system would know nothing of it.
  if (seesInvocations(field))
    await recorder.until('every message to be taken up', undefined, () =>
      field.clients.every((client) => client === undefined || takenUp(field, client)),
    )
  let over = false
  const done = asked().then(
    () => {
      over = true
      recorder.emit({ at: 'client', kind: 'idle' })
    },
    (error: unknown) => field.lose(error),
  )
  await recorder.until('every invocation to return', undefined, () => over)
  void done
}
