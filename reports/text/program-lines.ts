/** A program as a person reads it: clients, prefix, then each phase's lanes. */

interface Op {
  op: string
  ops?: readonly Op[]
  [field: string]: unknown
}

interface Client {
  channel: string
  late?: boolean
  [field: string]: unknown
}

interface Step {
  do: string
  [field: string]: unknown
}

/** What is done to stores; the operations of `together` side by side, their requests in the order that the choices give. */
interface StoreProgramText {
  page: number
  channels: readonly object[]
  prefix: readonly object[]
  together: readonly object[]
  after: readonly object[]
  early: boolean
  choices: readonly number[]
}

/** What the lines need of a program; its clients and steps are looked into field by field. */
export interface ProgramText {
  clients: readonly object[]
  prefix: readonly object[]
  phases: readonly { lanes: readonly (readonly object[])[] }[]
  stores?: StoreProgramText
  schedule?: readonly number[]
}

const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'undefined'
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

function fieldsText(fields: Record<string, unknown>): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}=${typeof value === 'string' ? value : show(value)}`)
    .join('')
}

function opText({ op, ops, ...fields }: Op): string {
  return `${op}${fieldsText(fields)}${ops === undefined ? '' : ` [${ops.map(opText).join('; ')}]`}`
}

function opsText(ops: unknown): string {
  return `[${(ops as Op[]).map(opText).join('; ')}]`
}

function stepText({ do: what, client, ops, wait, ...fields }: Step): string {
  const who = client === undefined ? '' : `c${client} `
  return `${who}${what}${fieldsText(fields)}${ops === undefined ? '' : ` ${opsText(ops)}`}${wait === false ? ' and goes on' : ''}`
}

function clientText({ channel, connect, disconnect, late, ...fields }: Client): string {
  const scripts = [
    connect === undefined ? '' : ` onConnect ${opsText(connect)}`,
    disconnect === undefined ? '' : ` onDisconnect ${opsText(disconnect)}`,
  ]
  return `${channel}${late === true ? ' (connects later)' : ''}${fieldsText(fields)}${scripts.join('')}`
}

/** A program in the parts in which it is read. */
export interface ProgramParts {
  /** Clients, or what the stores are told; a line each. */
  about: string[]
  /** Steps one after another, a line each; or lanes of such steps, side by side. A heading where something is to be said. */
  blocks: { heading?: string; lanes: string[][] }[]
  /** What the scheduler chose, where it had a choice. */
  scheduled?: string
}

/** The program in parts; steps are numbered as in the events. */
export function programParts(program: ProgramText): ProgramParts {
  if (program.stores !== undefined) return storeParts(program.stores)
  let number = 0
  const numbered = (step: object) => `step ${number++}  ${stepText(step as Step)}`
  const scheduled = (program.schedule ?? []).some((choice) => choice !== 0)
  return {
    about: program.clients.map((client, index) => `c${index} on ${clientText(client as Client)}`),
    blocks: [
      ...(program.prefix.length === 0 ? [] : [{ lanes: [program.prefix.map(numbered)] }]),
      ...program.phases.map(({ lanes }) => ({ lanes: lanes.map((lane) => lane.map(numbered)) })),
    ],
    ...(scheduled && { scheduled: `scheduled by the choices ${program.schedule?.join(' ')}` }),
  }
}

/** Operations are numbered as in the events; those of the looks in between have numbers too. */
function storeParts({ page, channels, prefix, together, after, early, choices }: StoreProgramText): ProgramParts {
  let number = 0
  const numbered = (step: object) => {
    const { op, ...fields } = step as Op
    return op === 'advance' ? `advance${fieldsText(fields)}` : `operation ${number++}  ${op}${fieldsText(fields)}`
  }
  const first = [...channels, ...prefix].map(numbered)
  const beside = together.map((step) => {
    // The clock's own lane has a number as well.
    const line = numbered(step)
    if ((step as Op).op === 'advance') number++
    return [line]
  })
  const heading = `side by side, ${early ? 'all begun at once, ' : ''}by the choices ${show(choices)}`
  return {
    about: [`pages of ${page}`],
    blocks: [
      ...(first.length === 0 ? [] : [{ lanes: [first] }]),
      ...(beside.length === 0 ? [] : [{ heading, lanes: beside }]),
      ...(after.length === 0
        ? []
        : [
            {
              heading: 'then a look at everything, and',
              lanes: [after.map((step) => numbered(step).replace(/operation \d+ /, ''))],
            },
          ]),
    ],
  }
}

/** The program, a line for each client, each step of the prefix and each lane's step. */
export function programLines(program: ProgramText): string[] {
  const { about, blocks, scheduled } = programParts(program)
  return [
    ...about,
    ...blocks.flatMap(({ heading, lanes }) => {
      if (heading !== undefined) return [heading, ...lanes.flat().map((line) => `  ${line}`)]
      if (lanes.length === 1) return lanes.flat()
      return lanes.flatMap((lane, index) => [`lane ${index + 1}, beside the others`, ...lane.map((line) => `  ${line}`)])
    }),
    ...(scheduled === undefined ? [] : [scheduled]),
  ]
}
