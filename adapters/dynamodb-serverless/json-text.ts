/** JSON values as text. Attributes of DynamoDB's own types would lose exact numbers and nest 32 levels at most. */

/** The text of a JSON value, however deep it is. */
export function toJsonText(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch (error) {
    // JSON.stringify recurses, and gives up at some thousand levels; JSON.parse takes any.
    if (error instanceof RangeError) return writeIteratively(value)
    throw error
  }
}

/** What is still to be written of an array or object: its values, and their keys where it has any. */
interface Open {
  readonly keys: readonly string[] | undefined
  readonly values: readonly unknown[]
  next: number
}

function writeIteratively(root: unknown): string {
  const parts: string[] = []
  const stack: Open[] = []
  const begin = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) {
      parts.push(JSON.stringify(value))
      return
    }
    const keys = Array.isArray(value) ? undefined : Object.keys(value)
    parts.push(keys === undefined ? '[' : '{')
    stack.push({ keys, values: Array.isArray(value) ? value : Object.values(value), next: 0 })
  }
  begin(root)
  for (let open = stack.at(-1); open !== undefined; open = stack.at(-1)) {
    const { keys, values, next } = open
    if (next === values.length) {
      parts.push(keys === undefined ? ']' : '}')
      stack.pop()
      continue
    }
    open.next = next + 1
    if (next > 0) parts.push(',')
    if (keys !== undefined) parts.push(JSON.stringify(keys[next]), ':')
    begin(values[next])
  }
  return parts.join('')
}
