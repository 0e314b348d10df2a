/** Options that a caller without types may have left out or misspelt: told when the handlers are made, not by the first event. */

/** An option is missing or of the wrong kind; the message names it, what was given, and what is expected. */
export class OptionsError extends TypeError {
  override name = 'OptionsError'
}

/** What an option has to be, in words and as a check. */
interface Expected {
  readonly expected: string
  readonly fits: (value: unknown) => boolean
  readonly required?: true
}

const has =
  (...methods: readonly string[]) =>
  (value: unknown): boolean =>
    methods.every((method) => typeof (value as Record<string, unknown> | null)?.[method] === 'function')
const isFunction = (value: unknown): boolean => typeof value === 'function'
const isText = (value: unknown): boolean => typeof value === 'string'

const handlers: Readonly<Record<string, Expected>> = {
  table: {
    expected: 'the name of a table that createTable or the template has made',
    fits: (value) => isText(value) && value !== '',
    required: true,
  },
  application: { expected: 'what createApplication gives', fits: has('match', 'named', 'channels') },
  dynamodb: { expected: 'a DynamoDBClient', fits: has('send') },
  gateway: { expected: 'a gateway, { post, close }', fits: has('post', 'close') },
  defer: { expected: 'a function of a channel id', fits: isFunction },
  functionName: { expected: 'the name of a Lambda function', fits: isText },
  clock: { expected: 'a clock, { now, wait }', fits: has('now', 'wait') },
  token: { expected: 'a function that gives a new token', fits: isFunction },
}

const lambda: Readonly<Record<string, Expected>> = {
  ...handlers,
  route: {
    expected: 'the route that is served, such as "/chat", or a function that gives it for the context of an event',
    fits: (value) => isFunction(value) || (isText(value) && (value as string).startsWith('/')),
    required: true,
  },
  endpoint: {
    expected: 'an address, or a function that gives it for the context of an event',
    fits: (value) => isText(value) || isFunction(value),
  },
}

/** Checks what `createDynamoDBServerless` is given. @throws OptionsError */
export const checkOptions = (options: unknown): void => check(options, handlers)

/** Checks what `createLambdaHandler` is given. @throws OptionsError */
export const checkLambdaOptions = (options: unknown): void => check(options, lambda)

function check(options: unknown, known: Readonly<Record<string, Expected>>): void {
  if (typeof options !== 'object' || options === null) {
    const required = Object.keys(known).filter((name) => known[name]?.required)
    throw new OptionsError(`options: expected an object with ${required.join(' and ')}, not ${shown(options)}`)
  }
  for (const [name, { expected, fits, required }] of Object.entries(known)) {
    const value = (options as Record<string, unknown>)[name]
    if (value === undefined ? required : !fits(value))
      throw new OptionsError(`${name}: expected ${expected}, not ${shown(value)}`)
  }
}

/** A value of any kind in a few words, for messages. */
export function shown(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  if (value instanceof Object && !Array.isArray(value))
    return `an object with ${Object.keys(value).slice(0, 8).join(', ') || 'nothing'}`
  try {
    const text = JSON.stringify(value) ?? String(value)
    return text.length > 100 ? `${text.slice(0, 100)}…` : text
  } catch {
    // A bigint, or a list that holds itself.
    return String(value)
  }
}
