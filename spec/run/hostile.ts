/** Texts no program should send (VALID-07): JSON that tries a parser, and what only looks like JSON. */
import { parseJson } from '../wire.ts'

/** How a text is hostile. */
export type Hostility = 'deep' | 'huge number' | 'duplicate key' | 'lone surrogate' | 'broken'

/** Nesting beyond which a text is hostile; traces write down no more either. */
const deepest = 64
const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g

/**
 * What makes `text` hostile, undefined for what any program might send. Such texts are judged by VALID-07 alone (but
 * 'broken' ones, which are plain strings to ROUTE-07): another language's parser may read them in its own way.
 */
export function hostility(text: string): Hostility | undefined {
  const depth = deepestIn(text)
  if (depth > deepest) return 'deep'
  if (parseJson(text) === undefined) return /^\s*[{["]/.test(text) ? 'broken' : undefined
  return inTokens(text.match(token) ?? [])
}

function deepestIn(text: string): number {
  let depth = 0
  let most = 0
  for (const part of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (part[0] === '{' || part[0] === '[') most = Math.max(most, ++depth)
    else if (part[0] === '}' || part[0] === ']') depth--
  }
  return most
}

function inTokens(tokens: readonly string[]): Hostility | undefined {
  const keys: Set<string>[] = []
  for (const [index, part] of tokens.entries()) {
    if (part === '{' || part === '[') keys.push(new Set())
    else if (part === '}' || part === ']') keys.pop()
    else if (part.startsWith('"')) {
      const value = JSON.parse(part) as string
      if (!value.isWellFormed()) return 'lone surrogate'
      if (tokens[index + 1] !== ':') continue
      if (keys.at(-1)?.has(value) === true) return 'duplicate key'
      keys.at(-1)?.add(value)
    } else if (isHuge(part)) return 'huge number'
  }
  return undefined
}

/** More digits than a double keeps, or an exponent near its limits. */
function isHuge(part: string): boolean {
  const [mantissa = '', exponent = '0'] = part.split(/[eE]/)
  return mantissa.replace(/\D/g, '').length > 15 || Math.abs(Number(exponent)) > 290
}
