/** `shaped`: an action per temper of output schema, for SEND-13; onMessage has the stripping one, onConnect one that refuses as well. */
import { build, describe, type Tagged } from '../../values.ts'
import type { ProbeApi } from '../api.ts'
import { probeChannel } from '../channels.ts'
import type { ProbeHandlers } from '../handlers.ts'

export const shaped = probeChannel({
  name: 'shaped',
  route: '/shaped',
  keys: ['action'],
  fence: { key: 'action', action: 'fence' },
  onConnect: true,
  onDisconnect: true,
  onMessage: true,
})

/** What the refusing schema says: it must be found in the log, and never by a client. */
export const outputIssue = 'this output is refused by the probe'

type Result = { value: unknown } | { issues: { message: string; path: string[] }[] }
type Validate = (value: unknown) => Result | Promise<Result>

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function strip(value: unknown): Result {
  if (!isObject(value)) return { value }
  return {
    value: Object.fromEntries(Object.entries(value).filter(([key]) => key === 'm' || key === 'kept')),
  }
}

function refuse(value: unknown): Result {
  return isObject(value) && value.bad === true ? { issues: [{ message: outputIssue, path: ['bad'] }] } : { value }
}

/** What onConnect's makes of what it sends or returns. */
function greet(value: unknown): Result {
  const refused = refuse(value)
  return 'issues' in refused ? refused : strip(value)
}

/** The schemas by the action that has them. */
const schemas: Readonly<Record<string, Validate>> = {
  strip,
  refuse,
  add: (value) => ({
    value: isObject(value) ? { ...value, added: 'by the schema' } : value,
  }),
  empty: () => ({ value: null }),
  asynchronous: async (value) => {
    if (isObject(value) && value.bad === true) throw new Error('the asynchronous output schema rejects')
    return { value }
  },
  throwing: () => {
    throw new Error('the output schema threw')
  },
}

/** Those of the handlers that are no actions. */
const lone: Readonly<Record<string, Validate>> = { onConnect: greet, onMessage: strip }

/** The actions of `shaped`. */
export const shapedActions = Object.keys(schemas)

/** What an output schema makes of a value: what is then sent, or that it must not be sent. */
export type Shaped = { value: Tagged } | { refused: string; asynchronous?: boolean }

/** What the output schema of this handler, if it has one, makes of `tagged`. */
export function shapeOutput(channel: string | undefined, handler: string, tagged: Tagged): Shaped | undefined {
  if (channel !== shaped.name) return undefined
  const validate = lone[handler] ?? schemas[handler.slice('action:'.length)]
  if (validate === undefined) return undefined
  try {
    const result = validate(build(tagged))
    if (result instanceof Promise) {
      result.catch(() => undefined)
      return { refused: 'the schema is asynchronous', asynchronous: true }
    }
    return 'value' in result ? { value: describe(result.value) } : { refused: outputIssue }
  } catch {
    return { refused: 'the schema threw' }
  }
}

const schema = (validate: Validate) => ({
  '~standard': { version: 1, vendor: 'probe', validate },
})

export function wireShaped(api: ProbeApi, handlers: ProbeHandlers): void {
  const actions = Object.entries(schemas).map(([name, validate]) => [
    name,
    {
      // Plain functions have schemas, too (ROUTE-10).
      func: (name === 'add' ? api.pikkuFunc : api.pikkuChannelFunc)({
        func: handlers.scripted(`action:${name}`),
        auth: false,
        output: schema(validate),
      }),
    },
  ])
  api.wireChannel({
    name: shaped.name,
    route: shaped.route,
    auth: false,
    onConnect: api.pikkuChannelConnectionFunc({ func: handlers.connect, output: schema(greet) }),
    onDisconnect: api.pikkuChannelDisconnectionFunc(handlers.disconnect),
    onMessage: api.pikkuChannelFunc({
      func: handlers.scripted('onMessage'),
      auth: false,
      output: schema(strip),
    }),
    onMessageWiring: {
      action: {
        ...Object.fromEntries(actions),
        fence: {
          func: api.pikkuChannelFunc({ func: handlers.fence, auth: false }),
        },
      },
    },
  })
}
