/**
 * Counts races in a history: two things done to one channel by different invocations, of which one made a request while
 * the other was under way. What is under way lasts from its first request to its last; requests are the stores' (`request`)
 * and the gateway's (`post`, `posted`), as simulated systems tell them.
 */
import type { HistoryEvent, ServerEventOf } from '../../spec/history.ts'

/** What races with what. */
export type Race = 'subscribe/close' | 'close/gone' | 'connect/disconnect' | 'deliver/message' | 'publish/remove'

/** What each race is made of, as `Doing`s of one channel. */
const races: Readonly<Record<Race, readonly [DoingName, DoingName]>> = {
  'subscribe/close': ['subscribe', 'close'],
  'close/gone': ['close', 'gone'],
  'connect/disconnect': ['connect', 'disconnect'],
  'deliver/message': ['deliver', 'message'],
  'publish/remove': ['publish', 'remove'],
}

export const raceNames = Object.keys(races) as Race[]

/**
 * - `subscribe`: the entry and what the hub finds it by are written, and the channel is looked at again.
 * - `close`: the platform is asked to close, the mark written, subscriptions cleared: `close()` in a handler or a delivery.
 * - `gone`: a post was answered 410, and the channel is looked at, removed or left.
 * - `connect`, `disconnect`, `deliver`, `message`: all requests of such an invocation.
 * - `publish`: a topic's subscribers are read, the channel among them, until the channel was posted to.
 * - `remove`: the mark is written and subscriptions are cleared, whoever does it.
 */
type DoingName = 'subscribe' | 'close' | 'gone' | 'connect' | 'disconnect' | 'deliver' | 'message' | 'publish' | 'remove'

/** One invocation's doing to one channel. */
interface Doing {
  what: DoingName
  channelId: string
  /** The host's publishes have none. */
  invocation: number | undefined
  from: number
  to: number
}

type Request = ServerEventOf<'request'>

/** How often each race was hit: pairs of doings that overlap. */
export function countRaces(events: readonly HistoryEvent[]): Record<Race, number> {
  const doings = doingsOf(events)
  const count = (race: Race): number => {
    const [one, other] = races[race]
    const others = doings.filter(({ what }) => what === other)
    return doings.filter(({ what }) => what === one).reduce((sum, a) => sum + others.filter((b) => overlap(a, b)).length, 0)
  }
  return Object.fromEntries(raceNames.map((race) => [race, count(race)])) as Record<Race, number>
}

/** Of one channel, by two invocations, and neither over before the other began. */
function overlap(a: Doing, b: Doing): boolean {
  return a.channelId === b.channelId && a.invocation !== b.invocation && a.from < b.to && b.from < a.to
}

function doingsOf(events: readonly HistoryEvent[]): Doing[] {
  const doings = new Doings()
  const posts = new Map<number, ServerEventOf<'post'>>()
  const kinds = new Map<number, ServerEventOf<'invoked'>>()
  for (const [at, event] of events.entries()) {
    switch (event.kind) {
      case 'invoked':
        kinds.set(event.invocation, event)
        break
      case 'request':
        doings.request(event, at, kinds.get(event.invocation ?? -1)?.event)
        break
      case 'post':
        posts.set(event.post, event)
        doings.post(event, at, kinds.get(event.invocation ?? -1))
        break
      case 'posted': {
        const post = posts.get(event.post)
        if (post !== undefined && event.status === 410) doings.gone(post, at)
      }
    }
  }
  return doings.all
}

const whole = new Set(['connect', 'disconnect', 'deliver', 'message'])

/** Doings as a history is read: each grows with every further request of its own. */
class Doings {
  readonly all: Doing[] = []
  readonly #open = new Map<string, Doing>()
  /** Who has read the subscribers of a topic, and when it last did. */
  readonly #listed = new Map<number | undefined, number>()

  request({ request, about, invocation }: Request, at: number, kind: string | undefined): void {
    if (kind !== undefined && whole.has(kind) && !request.startsWith('topics.subscribers'))
      this.#grow(kind as DoingName, about, invocation, at)
    if (request === 'topics.subscribers') this.#listed.set(invocation, at)
    if (request === 'topics.intend' || request === 'topics.enter') this.#grow('subscribe', about, invocation, at)
    // The look that ends a subscribe; a later one is another's.
    if (request === 'channels.find') this.#end('subscribe', about, invocation, at)
    if (request === 'channels.close') this.#grow('remove', about, invocation, at)
    for (const what of ['close', 'gone', 'remove'] as const) this.#goOn(what, about, invocation, at)
  }

  post({ channelId, invocation, data }: ServerEventOf<'post'>, at: number, by: ServerEventOf<'invoked'> | undefined): void {
    if (by !== undefined && whole.has(by.event)) this.#goOn(by.event as DoingName, channelId, invocation, at)
    if (data === undefined) {
      this.#grow('close', channelId, invocation, at)
      return
    }
    const listed = this.#listed.get(invocation)
    // What an invocation posts after it has read a topic is a publish's; to its own channel it may be a reply.
    if (listed !== undefined && by?.channelId !== channelId)
      this.all.push({ what: 'publish', channelId, invocation, from: listed, to: at })
  }

  gone({ channelId, invocation }: ServerEventOf<'post'>, at: number): void {
    this.#grow('gone', channelId, invocation, at)
  }

  #grow(what: DoingName, channelId: string, invocation: number | undefined, at: number): void {
    const key = keyOf(what, channelId, invocation)
    const open = this.#open.get(key)
    if (open !== undefined) {
      open.to = at
      return
    }
    const doing: Doing = { what, channelId, invocation, from: at, to: at }
    this.#open.set(key, doing)
    this.all.push(doing)
  }

  #goOn(what: DoingName, channelId: string, invocation: number | undefined, at: number): void {
    const open = this.#open.get(keyOf(what, channelId, invocation))
    if (open !== undefined) open.to = at
  }

  #end(what: DoingName, channelId: string, invocation: number | undefined, at: number): void {
    this.#goOn(what, channelId, invocation, at)
    this.#open.delete(keyOf(what, channelId, invocation))
  }
}

const keyOf = (what: DoingName, channelId: string, invocation: number | undefined): string =>
  `${what} ${channelId} ${invocation ?? 'host'}`
