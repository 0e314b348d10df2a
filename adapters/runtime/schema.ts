/** Standard Schemas at work: input, output and opening data. */
import type { MaybePromise, SchemaIssue, SchemaResult, StandardSchema } from '../../spec/application.ts'
import { type ReplyIssue, ValidationError } from '../../spec/errors.ts'
import { isPromise } from './promises.ts'

/**
 * Gives what `schema` made of `value`, awaiting only a schema that is asynchronous (VALID-03).
 * @throws ValidationError where the schema refuses, and whatever the schema throws
 */
export function validate(schema: StandardSchema, value: unknown): MaybePromise<unknown> {
  const result = schema['~standard'].validate(value)
  return isPromise(result) ? result.then(accepted) : accepted(result)
}

/**
 * Gives what `schema` made of `value`, at once: values are encoded when they are sent (SEND-06, SEND-13).
 * @throws ValidationError where the schema refuses, TypeError where it answers with a promise
 */
export function validateNow(schema: StandardSchema, value: unknown): unknown {
  const result = schema['~standard'].validate(value)
  if (!isPromise(result)) return accepted(result)
  result.catch(() => {})
  throw new TypeError('an output schema must not be asynchronous')
}

function accepted(result: SchemaResult<unknown>): unknown {
  if (result.issues === undefined) return result.value
  throw new ValidationError(result.issues.map(replyIssue))
}

function replyIssue(issue: SchemaIssue): ReplyIssue {
  return { path: (issue.path ?? []).map(pathKey), message: String(issue.message) }
}

function pathKey(segment: PropertyKey | { readonly key: PropertyKey }): string | number {
  const key = typeof segment === 'object' ? segment.key : segment
  return typeof key === 'symbol' ? String(key) : key
}
