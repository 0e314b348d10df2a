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

/** The program, a line for each client, each step of the prefix and each lane's step; steps are numbered as in the events. */
export function programLines(program: ProgramText): string[] {
  if (program.stores !== undefined) return storeLines(program.stores)
  let number = 0
  const numbered = (indent: string) => (step: object) => `${indent}step ${number++}  ${stepText(step as Step)}`
  return [
    ...program.clients.map((client, index) => `c${index} on ${clientText(client as Client)}`),
    ...program.prefix.map(numbered('')),
    ...program.phases.flatMap(({ lanes }) =>
      lanes.length === 1
        ? (lanes[0] ?? []).map(numbered(''))
        : lanes.flatMap((lane, index) => [`lane ${index + 1}, beside the others`, ...lane.map(numbered('  '))]),
    ),
    ...((program.schedule ?? []).some((choice) => choice !== 0)
      ? [`scheduled by the choices ${program.schedule?.join(' ')}`]
      : []),
  ]
}

/** Operations are numbered as in the events; those of the looks in between have numbers too. */
function storeLines({ page, channels, prefix, together, after, early, choices }: StoreProgramText): string[] {
  let number = 0
  const numbered = (indent: string) => (step: object) => {
    const { op, ...fields } = step as Op
    return op === 'advance'
      ? `${indent}advance${fieldsText(fields)}`
      : `${indent}operation ${number++}  ${op}${fieldsText(fields)}`
  }
  const first = [...channels, ...prefix].map(numbered(''))
  const beside = together.map((step) => {
    // The clock's own lane has a number as well.
    const line = numbered('  ')(step)
    if ((step as Op).op === 'advance') number++
    return line
  })
  return [
    `pages of ${page}`,
    ...first,
    ...(together.length === 0
      ? []
      : [`side by side, ${early ? 'all begun at once, ' : ''}by the choices ${show(choices)}`, ...beside]),
    ...(after.length === 0
      ? []
      : ['then a look at everything, and', ...after.map((step) => numbered('  ')(step).replace(/operation \d+ /, ''))]),
  ]
}
