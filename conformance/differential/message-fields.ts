/** What is certain of what handlers were given: per message in the order sent, and per run of a handler. */

import { lastedAfter } from '../../spec/run/fences.ts'
import type { Call, Connection, Message } from '../../spec/run/run.ts'
import type { Json } from '../../spec/values.ts'
import type { Field } from './fields.ts'
import { ofMessage, untilEnding, type View } from './view.ts'

/** The fields of every message but the kit's own fences. */
export function* messageFields(view: View): Generator<Field> {
  for (const connection of view.calm) {
    for (const message of connection.messages) if (isNamed(message)) yield* ofOne(view, connection, message)
    yield* strays(view, connection)
    for (const call of connection.calls) yield* given(view, connection, call)
  }
}

const isNamed = ({ fence, json }: Message): boolean => !fence && typeof json?.id === 'string'

function* ofOne(view: View, connection: Connection, message: Message): Generator<Field> {
  const { run, names } = view
  if (lastedAfter(run, connection, message.event) === undefined) return
  const name = `${connection.name} step ${names.step(message.step)}`
  const middleware = message.middleware.map(({ enter }) => `${enter.middleware?.which} middleware`)
  yield { kind: 'handlers', name, value: [...middleware, ...message.calls.map(({ handler }) => handler)] }
  yield { kind: 'replies', name, value: message.replies.map(({ json, wire }) => shown(view, message, json, names.wire(wire))) }
}

/** An error reply less the words that nobody but its system chose, its issues in one order. */
function shown({ names }: View, message: Message, json: { [key: string]: Json } | undefined, wire: Json): Json {
  if (typeof json?.errorName !== 'string') return wire
  const { error, issues, ...rest } = json
  const chosen = json.errorName === 'InternalError' || message.calls.length > 0
  return {
    ...(names.value(rest) as { [key: string]: Json }),
    ...(chosen && error !== undefined && { error: names.value(error) }),
    ...(issues !== undefined && { issues: Array.isArray(issues) ? inOneOrder(issues.map(names.value)) : issues }),
  }
}

const inOneOrder = (of: readonly Json[]): Json[] =>
  of
    .map((each) => JSON.stringify(each))
    .toSorted()
    .map((each) => JSON.parse(each) as Json)

/** Messages without an id are known by their data alone: which handlers they came to is compared for all of them together. */
function* strays(view: View, connection: Connection): Generator<Field> {
  const { run, names } = view
  const last = connection.messages.findLast((message) => !message.fence)
  if (last === undefined || connection.messages.every((message) => message.fence || isNamed(message))) return
  if (lastedAfter(run, connection, last.event) === undefined) return
  const calls = connection.calls.filter((call) => call.step === undefined && ofMessage(call) && call.handler !== 'middleware')
  const value = inOneOrder(calls.map(({ handler, enter }) => [handler, names.value(enter.data)]))
  yield { kind: 'strays', name: connection.name, value }
}

/** What a handler was given. Middleware has no session of its own. */
function* given(view: View, connection: Connection, call: Call): Generator<Field> {
  const { names } = view
  if (call.step === undefined || !ofMessage(call) || !untilEnding(view, connection, call.enter)) return
  const name = names.call(call)
  const { data, session, openingData, state } = call.enter
  yield { kind: 'data', name, value: names.value(data) }
  yield { kind: 'opening data', name, value: names.openingData(openingData) }
  yield { kind: 'state', name, value: state }
  if (call.handler !== 'middleware') yield { kind: 'session', name, value: names.value(session) }
}
