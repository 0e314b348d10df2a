/** Opening data: the fields of a handshake's path and query (LIFE-04). */
import type { MaybePromise, StandardSchema } from '../../spec/application.ts'
import { jsonCopy, NotJsonError, setOwn } from './json.ts'
import { isPromise } from './promises.ts'
import { validate } from './schema.ts'

/** Collects the fields of `query` (with no question mark) and of the path, which win. Repeated fields are arrays. */
export function collectFields(query: string, parameters: Record<string, string>): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  if (query !== '') {
    for (const [name, value] of new URLSearchParams(query)) {
      const earlier = Object.hasOwn(fields, name) ? fields[name] : undefined
      if (earlier === undefined) setOwn(fields, name, value)
      else if (Array.isArray(earlier)) earlier.push(value)
      else setOwn(fields, name, [earlier, value])
    }
  }
  return withParameters(fields, parameters)
}

/**
 * Gives the opening data that `schema` makes of `fields`; path parameters it leaves out are added again (TYPE-05).
 * @throws ValidationError where the schema refuses, NotJsonError for what is not a JSON object (LIFE-22), and whatever
 * the schema throws
 */
export function checkFields(
  schema: StandardSchema | undefined,
  fields: Record<string, unknown>,
  parameters: Record<string, string>,
): MaybePromise<object> {
  if (schema === undefined) return fields
  const made = validate(schema, fields)
  return isPromise(made) ? made.then((value) => finish(value, parameters)) : finish(made, parameters)
}

function finish(value: unknown, parameters: Record<string, string>): object {
  const copy = jsonCopy(value)
  if (typeof copy !== 'object' || copy === null || Array.isArray(copy)) {
    throw new NotJsonError('opening data must be an object')
  }
  for (const name of Object.keys(parameters)) if (!Object.hasOwn(copy, name)) setOwn(copy, name, parameters[name])
  return copy
}

function withParameters(fields: Record<string, unknown>, parameters: Record<string, string>): Record<string, unknown> {
  for (const name of Object.keys(parameters)) setOwn(fields, name, parameters[name])
  return fields
}
