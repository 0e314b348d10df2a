/** The fields of each trace event that a host of the probe emits: what a host elsewhere is checked by, and the page says. */

/** What a field holds; `?` behind it: it may be absent. */
export type FieldKind = 'string' | 'integer' | 'json' | 'strings' | 'wire' | 'error' | 'outcome' | 'middleware'
export type FieldRule = FieldKind | `${FieldKind}?`

/** Of every event, beside `seq`, `at` and `kind`. */
export const commonFields: Readonly<Record<string, FieldRule>> = { conn: 'string?', step: 'string?', process: 'string?' }

/** Further fields of the events of each kind. */
export const traceFields: Readonly<Record<string, Readonly<Record<string, FieldRule>>>> = {
  enter: {
    call: 'integer',
    handler: 'string',
    wired: 'string?',
    channelId: 'string',
    data: 'json',
    openingData: 'json',
    state: 'string',
    session: 'json',
    service: 'json',
    middleware: 'middleware?',
  },
  begin: { call: 'integer', channelId: 'string', op: 'integer', name: 'string', args: 'json' },
  end: {
    call: 'integer',
    channelId: 'string',
    op: 'integer',
    name: 'string',
    state: 'string',
    outcome: 'outcome',
    value: 'json?',
    error: 'error?',
  },
  leave: {
    call: 'integer',
    handler: 'string',
    channelId: 'string',
    state: 'string',
    outcome: 'outcome',
    value: 'json?',
    error: 'error?',
  },
  settled: { call: 'integer', handler: 'string', channelId: 'string' },
  services: { call: 'integer', channelId: 'string', event: 'string', session: 'json', ways: 'strings?', beside: 'json?' },
  disposed: { call: 'integer', channelId: 'string', by: 'strings', beside: 'json?' },
  custom: { id: 'string', data: 'wire' },
  passed: { id: 'string', gate: 'string' },
  waits: { gate: 'string' },
  log: { level: 'string', message: 'string', details: 'json' },
  fault: { what: 'string', message: 'string' },
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const holds: Readonly<Record<FieldKind, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: (value) => Number.isSafeInteger(value),
  json: () => true,
  strings: (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
  wire: (value) => isObject(value) && (typeof value.text === 'string' || typeof value.hex === 'string'),
  error: (value) =>
    isObject(value) &&
    typeof value.name === 'string' &&
    typeof value.message === 'string' &&
    typeof value.typeError === 'boolean',
  outcome: (value) => value === 'ok' || value === 'rejected',
  middleware: (value) => isObject(value) && typeof value.which === 'string' && typeof value.kind === 'string',
}

/** What is wrong with an event as its host wrote it, in a few words; undefined where nothing is. */
export function faultOfEvent(event: unknown): string | undefined {
  if (!isObject(event)) return 'it is no object'
  if (!Number.isSafeInteger(event.seq)) return 'its seq is no whole number'
  if (event.at !== 'server') return 'its at is not "server"'
  const fields = typeof event.kind === 'string' && Object.hasOwn(traceFields, event.kind) ? traceFields[event.kind] : undefined
  if (fields === undefined) return `its kind is none of ${Object.keys(traceFields).join(', ')}`
  for (const [field, rule] of Object.entries({ ...commonFields, ...fields })) {
    const kind = rule.replace('?', '') as FieldKind
    if (!Object.hasOwn(event, field)) {
      if (rule.endsWith('?')) continue
      return `it has no ${field}`
    }
    if (!holds[kind](event[field])) return `its ${field} is not of the kind ${kind}`
  }
  return event.outcome === 'rejected' && event.error === undefined ? 'it is rejected and has no error' : undefined
}
