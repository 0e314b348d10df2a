/** Standard Schemas at work: input, output and opening data. */
import type { MaybePromise, SchemaIssue, SchemaResult, StandardSchema } from '../../spec/application.ts'
import { type ReplyIssue, ValidationError } from '../../spec/errors.ts'
import { isPromise, tolerate } from './promises.ts'

/**
 * Gives what `schema` made of `value`, awaiting only a schema that is asynchronous (VALID-03).
 * @throws ValidationError where the schema refuses, and whatever the schema throws
 */
export function validate(schema: StandardSchema, value: unknown): MaybePromise<unknown> {
  const result = schema['~standard'].validate(value)
  return isPromise(result) ? result.then(accepted) : accepted(result)
}

/**
 * Gives what `schema` made of what is to be sent, at once: values are encoded when they are sent (SEND-06, SEND-13).
 * @throws TypeError where the schema refuses or answers with a promise. Not a public error: it tells of data that the
 * client must not see.
 */
export function validateOutput(schema: StandardSchema, value: unknown): unknown {
  const result = schema['~standard'].validate(value)
  if (isPromise(result)) {
    void tolerate(result)
    throw new TypeError('an output schema must not be asynchronous')
  }
  if (result.issues === undefined) return result.value
  throw new TypeError(`the output schema refuses the value: ${result.issues.map(replyIssue).map(showIssue).join('; ')}`)
}

function accepted(result: SchemaResult<unknown>): unknown {
  if (result.issues === undefined) return result.value
  throw new ValidationError(result.issues.map(replyIssue))
}

function showIssue({ path, message }: ReplyIssue): string {
  return path.length === 0 ? message : `${path.join('.')}: ${message}`
}

function replyIssue(issue: SchemaIssue): ReplyIssue {
  return { path: (issue.path ?? []).map(pathKey), message: String(issue.message) }
}

function pathKey(segment: PropertyKey | { readonly key: PropertyKey }): string | number {
  const key = typeof segment === 'object' ? segment.key : segment
  return typeof key === 'symbol' ? String(key) : key
}
