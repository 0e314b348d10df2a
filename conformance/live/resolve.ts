/** Turns a program's operations into those that are sent: own topics, channel ids in place of clients, payloads that name their origin. */
import type { ConnectionScript, MiddlewareScript, Op, Unlike, Who } from '../../spec/probe/ops.ts'
import type { Json } from '../../spec/values.ts'

/** What a program's names stand for. */
export interface Names {
  program: string
  /** The channel id of a client; undefined where none is known (it then stands for an id nobody has). */
  channelId(client: number): string | undefined
  /** Topics that are not the program's own, by the name it has for them: those of crowds, which outlast it. */
  shared?: ReadonlyMap<string, string>
}

/** The topic a program's topic stands for: `=text` is that very text. */
export function topicOf(topic: string, names: Names): string {
  return topic.startsWith('=') ? topic.slice(1) : (names.shared?.get(topic) ?? `${names.program}:${topic}`)
}

/** A gate's name in this program. */
export function gateOf(gate: string, names: Names): string {
  return `${names.program}:${gate}`
}

/**
 * The id of a subscriber that the program registers: ids are in use until they are given back, so each program has its
 * own. `@0` is that of client 0's channel, which is in use as well.
 */
export function customOf(id: string, names: Names): string {
  const client = /^@(\d)$/.exec(id)?.[1]
  const channelId = client === undefined ? undefined : names.channelId(Number(client))
  if (channelId !== undefined) return channelId
  return `${names.program}:${id}`
}

/** The subscriber a program means. */
export function whoOf(who: Who, names: Names): 'self' | { id: string } {
  if (who === 'self' || 'id' in who) return who
  if ('custom' in who) return { id: customOf(who.custom, names) }
  const id = names.channelId(who.client) ?? `unknown-${names.program}-${who.client}`
  return { id: who.unlike === undefined ? id : unlike(id, who.unlike) }
}

/** Never the id itself: one that has no letters has none in upper case. */
function unlike(id: string, how: Unlike): string {
  switch (how) {
    case 'cut':
      return id.slice(0, -1)
    case 'longer':
      return `${id}0`
    case 'upper case':
      return id.toUpperCase() === id ? `${id}U` : id.toUpperCase()
    case 'a space behind':
      return `${id} `
  }
}

/** The payload of an operation that names none. */
export function marked(step: string, index: number | string): Json {
  return { m: `${step}.${index}` }
}

/** A value with every `*` in its strings replaced by the mark of its operation, so that it names where it came from. */
export function fill(value: Json, mark: string): Json {
  if (typeof value === 'string') return value.replaceAll('*', mark)
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((each) => fill(each, mark))
  const made: { [key: string]: Json } = {}
  for (const [key, each] of Object.entries(value)) {
    Object.defineProperty(made, key, { value: fill(each, mark), enumerable: true, writable: true, configurable: true })
  }
  return made
}

/** Makes a step's operations ready to send. */
export function resolveOps(ops: readonly Op[], step: string, names: Names, at = ''): Op[] {
  return ops.map((op, index) => {
    const made = { ...op } as Record<string, unknown>
    if ('topic' in op) made.topic = topicOf(op.topic, names)
    if (op.op === 'register' || op.op === 'unregister') made.id = customOf(op.id, names)
    if ('topics' in op) made.topics = op.topics.map((topic) => topicOf(topic, names))
    if ('gate' in op && op.gate !== undefined) made.gate = gateOf(op.gate, names)
    if ('opens' in op && op.opens !== undefined) made.opens = gateOf(op.opens, names)
    if ('who' in op && op.who !== undefined) made.who = whoOf(op.who, names)
    if ('exclude' in op && op.exclude !== null) made.exclude = whoOf(op.exclude, names)
    if ((op.op === 'send' || op.op === 'publish' || op.op === 'return' || op.op === 'session.set') && op.value === undefined)
      made.value = marked(step, `${at}${index}`)
    else if ('value' in op && op.value !== undefined) made.value = fill(op.value, `${step}.${at}${index}`)
    if (op.op === 'arm') made.ops = resolveOps(op.ops, step, names, `${at}${index}.`)
    return made as unknown as Op
  })
}

/** Makes the scripts of a connection's middleware ready to send. */
export function resolveMiddleware(
  of: NonNullable<ConnectionScript['middleware']>,
  step: string,
  names: Names,
): ConnectionScript['middleware'] {
  const made: NonNullable<ConnectionScript['middleware']> = {}
  for (const which of ['outer', 'inner'] as const) {
    const script = of[which]
    if (script === undefined) continue
    const resolved: MiddlewareScript = { ...script }
    if (script.before !== undefined) resolved.before = resolveOps(script.before, `${step}.${which}`, names)
    if (script.after !== undefined) resolved.after = resolveOps(script.after, `${step}.${which}`, names, 'a')
    made[which] = resolved
  }
  return made
}
