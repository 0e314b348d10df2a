/** What the log holds, and what it must not (SEND-15). */
import { broken, decide, kept, requirement } from '../../requirement.ts'
import { fenceAfter } from '../../run/fences.ts'
import type { Connection, Run } from '../../run/run.ts'
import type { Json } from '../../values.ts'
import { publicThrows } from './error-replies.ts'
import { logsAfter, logsOf, textOf } from './logs.ts'
import { hasMiddleware } from './marks.ts'

/** Everything that begins like this, in whatever a program sends, is a secret. */
const secretPattern = /secret[-\w.~]*/g

export const send15 = requirement({
  id: 'SEND-15',
  title:
    'At its default level the log holds the masked errors and refusals, with channel and reason, and no session, token or message contents',
  level: 'must',
  area: 'sending',
  since: '1.0',
  clauses: {
    'masked errors': {
      promise: 'a masked error is logged with its message and its channel',
      needs: ['trace'],
    },
    refusals: {
      promise: 'a message that is refused is logged with its channel and the reason',
      needs: ['trace'],
    },
    'no secrets': {
      promise: 'no session, token or message content is logged',
      needs: ['trace'],
    },
  },
  source: {
    decision: 'who masks an error for the client owes it to the operator, and logs are read by more people than messages',
  },
  *judge(run) {
    yield* errors(run)
    yield* refusals(run)
    yield* secrets(run)
  },
})

function* errors(run: Run) {
  for (const connection of run.connections) {
    if (hasMiddleware(connection)) continue
    for (const call of connection.calls) {
      const thrown = call.ops.find((op) => op.name === 'throw')
      const { leave } = call
      if (thrown === undefined || call.message === undefined || leave?.outcome !== 'rejected' || leave.error === undefined)
        continue
      // A value that is no error has no message; public errors are answers, and need not be logged with theirs.
      if (publicThrows.includes(thrown.args.error as string) || leave.error.name === '') continue
      const proof = call.settled && fenceAfter(run, connection, call.settled)
      if (proof === undefined) continue
      const { message } = leave.error
      const log = logsAfter(run, thrown.begin).find((each) => says(textOf(each), message) && names(textOf(each), connection))
      yield decide('masked errors', log !== undefined, {
        events: [thrown.begin, log, proof],
        expected: `a line in the log with the error of step ${call.step}, "${message}", and the channel of ${connection.name}`,
        observed: log === undefined ? 'none' : '',
      })
    }
  }
}

/** Whether the text holds the message, and not merely one that begins with it. */
function says(text: string, message: string): boolean {
  const inJson = JSON.stringify(message).slice(1, -1)
  return [message, inJson].some((form) =>
    text
      .split(form)
      .slice(1)
      .some((rest) => !/^[\w]/.test(rest)),
  )
}

/** Whether the text tells a connection's channel: its id, or its name where it is called one. */
function names(text: string, { channel, channelId }: Connection): boolean {
  if (channelId !== undefined && text.includes(channelId)) return true
  const name = channel.replaceAll(/[^\w-]/g, '\\$&')
  return new RegExp(`channel\\w*\\W{1,4}(name\\W{1,4})?${name}(?![\\w-])`, 'i').test(text)
}

/** Refused by the runtime itself: no handler ran, and the client was told. */
function* refusals(run: Run) {
  for (const connection of run.connections) {
    if (hasMiddleware(connection)) continue
    const judged = new Set<unknown>()
    for (const { answers, event, json } of connection.received) {
      const message = answers?.kind === 'error' ? answers.message : undefined
      if (message === undefined || message.fence || message.calls.length > 0 || judged.has(json?.errorName)) continue
      const proof = fenceAfter(run, connection, event)
      if (proof === undefined) continue
      // No handler ran that would tell the step of a line: one that is not certain to be older may be this refusal's.
      const log = logsOf(run).find(
        (each) =>
          run.before(each, message.event) !== 'yes' && names(textOf(each), connection) && tellsReason(textOf(each), json ?? {}),
      )
      if (log === undefined && !run.complete) continue
      judged.add(json?.errorName)
      yield decide('refusals', log !== undefined, {
        events: [message.event, event, log, proof],
        expected: `a line in the log with the channel of ${connection.name} and why its message was refused: ${json?.errorName}`,
        observed: 'none',
      })
    }
  }
}

/**
 * Whether the text says why: in the name of the error, in its words, or as the client was told. What is masked has a
 * reason that the client is not told.
 */
function tellsReason(text: string, { errorName, error, issues }: { [key: string]: Json }): boolean {
  if (typeof errorName !== 'string' || errorName === 'InternalError') return true
  const words = errorName.replace(/Error$/, '').split(/(?=[A-Z])/)
  if (new RegExp(words.join('\\W?'), 'i').test(text)) return true
  const told = [error, ...(Array.isArray(issues) ? issues : []).map((issue) => (issue as { message?: Json } | null)?.message)]
  return told.some((each) => typeof each === 'string' && each !== '' && text.includes(each))
}

/** Secrets in what clients sent and handlers did, their own errors and log lines apart. */
function secretsOf(run: Run): Set<string> {
  const found = new Set<string>()
  const collect = (value: unknown): void => {
    for (const secret of JSON.stringify(value ?? null).match(secretPattern) ?? []) found.add(secret)
  }
  for (const connection of run.connections) {
    collect(connection.spec.query)
    for (const message of connection.messages) collect(saysItself(message.json) ? withoutOwnWords(message.json) : message.wire)
    for (const receipt of connection.received) if (receipt.answers?.kind !== 'error') collect(receipt.wire)
  }
  for (const call of run.calls) for (const op of call.ops) if (!ownWords.includes(op.name)) collect(op.args.value)
  return found
}

/** What the application says itself is its own affair. */
const ownWords = ['throw', 'log']

const isOwnWord = (op: Json): boolean => ownWords.includes((op as { op?: string } | null)?.op ?? '')

/** Whether a message has the application say something; any other is looked through as it was sent, however deep it is. */
function saysItself(json: { [key: string]: Json } | undefined): json is { ops: Json[] } {
  return Array.isArray(json?.ops) && json.ops.some(isOwnWord)
}

function withoutOwnWords(json: { ops: Json[] }): Json {
  return { ...json, ops: json.ops.filter((op) => !isOwnWord(op)) }
}

function* secrets(run: Run) {
  const logs = logsOf(run)
  const held = secretsOf(run)
  if (held.size === 0) return
  for (const log of logs) {
    const text = textOf(log)
    const told = [...held].find((secret) => text.includes(secret))
    if (told !== undefined) {
      yield broken('no secrets', {
        events: [log],
        expected: 'no session, token or message content in the log',
        observed: `"${told}" in ${text.slice(0, 300)}`,
      })
      return
    }
  }
  // Nothing was logged, nothing could have been told.
  if (logs.length > 0) yield kept('no secrets', ...logs.slice(0, 3))
}
