/** What the platform told of its invocations, and of the posts and closes that came to its management interface. */
import type { HistoryEvent, ServerEventOf, Wire } from '../history.ts'
import type { PlatformEvent } from '../platform.ts'
import type { Call, Publish, Run } from './run.ts'

/** One post, or one close. */
export interface Post {
  number: number
  channelId: string
  endpoint: string
  /** Undefined: it is a close. */
  data: Wire | undefined
  /** The invocation that made it, where the platform could tell. */
  invocation: number | undefined
  begin: ServerEventOf<'post'>
  /** Undefined: its answer was not told. */
  answer?: ServerEventOf<'posted'>
}

/** One event given to the system. */
export interface Invocation {
  number: number
  event: PlatformEvent
  channelId: string | undefined
  begin: ServerEventOf<'invoked'>
  /** Undefined: it has not returned. */
  end?: ServerEventOf<'returned'>
  /** What is known to have been posted by it. */
  posts: Post[]
}

interface Platform {
  invocations: readonly Invocation[]
  posts: readonly Post[]
}

const known = new WeakMap<Run, Platform>()

/** Invocations and posts of a run, each in the order in which they began; empty for a system without a platform. */
export function platformOf(run: Run): Platform {
  let made = known.get(run)
  if (made === undefined) {
    made = collect(run)
    known.set(run, made)
  }
  return made
}

function collect(run: Run): Platform {
  const posts = new Map<number, Post>()
  for (const begin of run.of('post')) {
    const { post: number, channelId, endpoint, data, invocation } = begin
    posts.set(number, { number, channelId, endpoint, data, invocation, begin })
  }
  for (const answer of run.of('posted')) {
    const post = posts.get(answer.post)
    if (post !== undefined) post.answer ??= answer
  }
  const invocations = new Map<number, Invocation>()
  for (const begin of run.of('invoked')) {
    const { invocation: number, event, channelId } = begin
    invocations.set(number, { number, event, channelId, begin, posts: [] })
  }
  for (const end of run.of('returned')) {
    const invocation = invocations.get(end.invocation)
    if (invocation !== undefined) invocation.end ??= end
  }
  for (const post of posts.values()) if (post.invocation !== undefined) invocations.get(post.invocation)?.posts.push(post)
  return { invocations: [...invocations.values()], posts: [...posts.values()] }
}

/** Invocations of one channel for these events. */
export function invocationsOf(run: Run, channelId: string | undefined, ...events: PlatformEvent[]): Invocation[] {
  if (channelId === undefined) return []
  return platformOf(run).invocations.filter(
    (each) => each.channelId === channelId && (events.length === 0 || events.includes(each.event)),
  )
}

/** What a handler runs for; onDisconnect may run in any event in which its channel is found to be gone. */
const eventOf = (call: Call): PlatformEvent | undefined =>
  call.handler === 'onConnect' || call.enter.middleware?.kind === 'connect'
    ? 'connect'
    : call.handler === 'onDisconnect' || call.enter.middleware?.kind === 'disconnect'
      ? undefined
      : 'message'

/** The invocation in which a handler certainly ran: the only one under way that can have started it. */
export function invocationOf(run: Run, call: Call): Invocation | undefined {
  const event = eventOf(call)
  const all = platformOf(run).invocations
  const own = event === undefined ? all : all.filter((each) => each.event === event && each.channelId === call.channelId)
  const candidates = own.filter((each) => mayHold(run, each, call.enter))
  // A publish of the host's own runs onDisconnect in no invocation.
  const byHost = event === undefined && run.publishes.some((each) => each.op === undefined && mayHold(run, each, call.enter))
  if (byHost) return undefined
  return candidates.length === 1 ? candidates[0] : undefined
}

/** Whether something may have happened while an invocation, or a publish, was under way. */
function mayHold(run: Run, { begin, end }: Pick<Publish, 'begin' | 'end'>, event: HistoryEvent): boolean {
  return run.before(event, begin) !== 'yes' && run.before(end, event) !== 'yes'
}

/** Whether the client was given it: the platform said so, and said that it has. */
export const accepted = ({ answer }: Post): boolean => answer?.delivered === true && answer.status < 300

/** Whether the platform answered that there is no such connection. */
export const answeredGone = ({ answer }: Post): boolean => answer?.status === 410
