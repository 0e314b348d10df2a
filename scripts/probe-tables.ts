/** The tables of docs/probe.md that are made from spec/probe: run to write them, imported to check that they are as written. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ProbeApi } from '../spec/probe/api.ts'
import { wiredChannels } from '../spec/probe/channels/index.ts'
import { shapedActions, shapeOutput } from '../spec/probe/channels/shaped.ts'
import type { ProbeHandlers } from '../spec/probe/handlers.ts'
import { strictSchemas } from '../spec/probe/strict-schemas.ts'
import { commonFields, traceFields } from '../spec/probe/trace-fields.ts'
import type { Json } from '../spec/values.ts'

export const page = new URL('../docs/probe.md', import.meta.url)

interface Made {
  is: string
  auth?: boolean
}
type Entry = Made | { func: Made; auth?: boolean }
interface Wired {
  auth?: boolean
  onConnect?: Made
  onDisconnect?: Made
  onMessage?: Entry
  onMessageWiring?: Record<string, Record<string, Entry>>
}

/** Handlers that are only their names. */
const names = {
  scripted: (handler: string) => handler,
  fence: 'fence',
  connect: 'onConnect',
  disconnect: 'onDisconnect',
  middleware: (which: string) => which,
} as unknown as ProbeHandlers

const make = (of: unknown): Made =>
  typeof of === 'object' && of !== null && 'func' in of ? { is: String(of.func), ...of } : { is: String(of) }

/** What a channel's wiring hands to `wireChannel`. */
function wiringOf(wire: (api: ProbeApi, handlers: ProbeHandlers) => void): Wired {
  let wired: Wired = {}
  const maker = { pikkuFunc: make, pikkuChannelFunc: make, pikkuChannelConnectionFunc: make, pikkuChannelDisconnectionFunc: make }
  wire({ ...maker, wireChannel: (of: Wired) => (wired = of) } as unknown as ProbeApi, names)
  return wired
}

const isEntry = (entry: Entry): entry is { func: Made; auth?: boolean } => 'func' in entry && !('is' in entry)

/** AUTH-02: the entry, then the function, then the channel, then true. */
function needsSession(entry: Entry, channel: boolean | undefined): boolean {
  const func = isEntry(entry) ? entry.func : entry
  return (isEntry(entry) ? entry.auth : undefined) ?? func.auth ?? channel ?? true
}

function handlersTable(): string {
  const rows = wiredChannels.map(({ channel, wire }) => {
    const { auth, onMessage, onMessageWiring = {} } = wiringOf(wire)
    const entries = Object.entries(onMessageWiring).flatMap(([key, actions]) =>
      Object.entries(actions).map(([action, entry]): [string, Entry] => [`${key}:${action}`, entry]),
    )
    const all: [string, Entry][] = [...(onMessage === undefined ? [] : [['onMessage', onMessage] as [string, Entry]]), ...entries]
    const listed = (guarded: boolean): string =>
      all.flatMap(([name, entry]) => (needsSession(entry, auth) === guarded ? [`\`${name}\``] : [])).join(', ')
    const says = auth === undefined ? '' : String(auth)
    return `| \`${channel.name}\` | ${says} | ${listed(false)} | ${listed(true)} |`
  })
  return ['| channel | its `auth` | public | session |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

const code = (value: unknown): string => `\`${JSON.stringify(value).replaceAll('|', '\\|')}\``

/** Data that shows what each schema of `strict` does. */
const given: Readonly<Record<string, Json[]>> = {
  shape: [
    { id: 's', ops: [], unknown: 1 },
    { id: 's', ops: [], count: '7', size: 3 },
    { id: 's', ops: [], count: 'seven' },
  ],
  picky: [
    '7',
    { id: 's', issues: [] },
    {
      id: 's',
      issues: [
        { path: ['a', 0], message: 'no' },
        { path: [{ key: 'b' }], message: 'nor this' },
      ],
    },
  ],
  seen: [{ id: 's', ops: [] }],
  becomes: [{ id: 's', ops: [], value: 'text' }],
}

function strictTable(): string {
  const rows = Object.entries(given).flatMap(([action, each]) =>
    each.map((data) => {
      const made = strictSchemas[action]?.(data) ?? { throws: 'error' }
      const says =
        'value' in made
          ? `gives ${code(made.value)}`
          : 'issues' in made
            ? `refuses with the issues ${code(made.issues)}`
            : 'throws'
      return `| \`${action}\` | ${code(data)} | ${says} |`
    }),
  )
  return ['| action | given | it |', '| --- | --- | --- |', ...rows].join('\n')
}

const outputs: Json[] = [{ m: 1, kept: 2, other: 3 }, { m: 1, bad: true }, 'text']

function shapedTable(): string {
  const rows = shapedActions.flatMap((action) =>
    outputs.map((value) => {
      const made = shapeOutput('shaped', `action:${action}`, value)
      const says = made === undefined ? '' : 'value' in made ? `gives ${code(made.value)}` : made.refused
      return `| \`${action}\` | ${code(value)} | ${says} |`
    }),
  )
  return ['| action | given | it |', '| --- | --- | --- |', ...rows].join('\n')
}

const kinds: Readonly<Record<string, string>> = { json: 'value', strings: 'list of strings', integer: 'whole number' }

function fieldsTable(): string {
  const listed = (fields: Readonly<Record<string, string>>): string =>
    Object.entries(fields)
      .map(([field, rule]) => {
        const kind = rule.replace('?', '')
        return `\`${field}\`${rule.endsWith('?') ? '?' : ''} ${kinds[kind] ?? kind}`
      })
      .join(', ')
  const rows = Object.entries(traceFields).map(([kind, fields]) => `| \`${kind}\` | ${listed(fields)} |`)
  return ['| event | fields |', '| --- | --- |', `| all | ${listed(commonFields)} |`, ...rows].join('\n')
}

/** Each table by its name in the page. */
export const tables: Readonly<Record<string, () => string>> = {
  handlers: handlersTable,
  strict: strictTable,
  shaped: shapedTable,
  fields: fieldsTable,
}

/** The page with every table as it is made now. @throws Error where the page has no place for one */
export function withTables(text: string): string {
  return Object.entries(tables).reduce((made, [name, table]) => {
    const place = new RegExp(`(<!-- ${name}: begin[^>]*-->\\n)[\\s\\S]*?(<!-- ${name}: end -->)`)
    if (!place.test(made)) throw new Error(`docs/probe.md has no place for the table ${name}`)
    return made.replace(place, (_all, begin: string, end: string) => `${begin}\n${table()}\n\n${end}`)
  }, text)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(page, withTables(readFileSync(page, 'utf8')))
