/** A failure card: everything needed to understand a failure and to see it again. Plain JSON. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SequenceEvent } from '../reports/text/sequence.ts'
import type { Capability } from '../spec/capabilities.ts'
import { opNames } from '../spec/probe/ops.ts'
import { requirementById } from '../spec/requirements/index.ts'
import { opsOf, type Program, stepNames, stepsOf } from './program.ts'
import { storeStepNames, storeSteps } from './stores/program.ts'

/** The one version of the card's form this kit writes and reads. */
export const cardVersion = 1

/** A shrunk counterexample with what it shows. */
export interface Card {
  card: typeof cardVersion
  contract: string
  package: string
  system: string
  /** What answered beneath it, such as `dynalite 4.0.0`. */
  engine?: string
  /** How the command line called the system: a bundled name or a module's path. */
  reference?: string
  /** What the system was judged by in place of what it declares. */
  capabilities?: Capability[]
  requirement: string
  clause: string
  /** Names the failure, not the run; cards of earlier versions have none. */
  signature?: string
  title: string
  source?: string
  level: 'must' | 'should'
  program: Program
  /** Steps other than connects, after and before shrinking. */
  size: number
  shrunkFrom: number
  /** How often the violation showed in how many repetitions of the minimal program. */
  reproduced: { times: number; of: number }
  expected: string
  observed: string
  /** The events it rests on, and the whole history, one line each. */
  events: string[]
  history: string[]
  /** The history as lines of a sequence diagram; cards of earlier versions have none. */
  sequence?: SequenceEvent[]
  /** Where it came from; not needed to replay it. */
  provenance: { seed: number; family: string; program: number }
}

/** The name of a card's file. A run may find a requirement violated live and simulated: neither card takes the other's place. */
export function cardName({ system, requirement, program }: Pick<Card, 'system' | 'requirement' | 'program'>): string {
  const tier = program.schedule === undefined ? '' : '-simulated'
  return `${system.replaceAll(/[^\w.-]+/g, '_')}-${requirement}${tier}.json`
}

/** Writes a card into `directory` and gives back its path. */
export async function writeCard(card: Card, directory: string): Promise<string> {
  await mkdir(directory, { recursive: true })
  const path = join(directory, cardName(card))
  await writeFile(path, `${JSON.stringify(card, null, 2)}\n`)
  return path
}

/** Reads a card. @throws Error with one line that says what was expected */
export async function readCard(path: string): Promise<Card> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new Error(`cannot read the card ${path}: ${error.message}`)
  })
  let card: Partial<Card>
  try {
    card = JSON.parse(text) as Partial<Card>
  } catch {
    throw new Error(`${path} is not a card: expected the JSON that a failed run wrote`)
  }
  if (card === null || typeof card !== 'object' || card.card !== cardVersion || !isProgram(card.program)) {
    throw new Error(`${path} is not a card of version ${cardVersion}: expected the JSON that a failed run wrote`)
  }
  return understood(card as Card, path)
}

/**
 * Checks that a card still means something to this version of the kit.
 * @throws Error naming what it does not know, so that no card passes for being misunderstood
 */
function understood(card: Card, path: string): Card {
  const requirement = requirementById(card.requirement)
  if (requirement === undefined)
    throw new Error(`${path} names the requirement ${card.requirement}, which this version does not have`)
  if (!Object.hasOwn(requirement.clauses, card.clause))
    throw new Error(
      `${path} names the clause ${JSON.stringify(card.clause)} of ${requirement.id}, which this version does not have`,
    )
  for (const step of stepsOf(card.program)) {
    if (!stepNames.includes(step.do))
      throw new Error(`${path} holds the step ${JSON.stringify(step.do)}, which this version does not know`)
    if ('ops' in step && !Array.isArray(step.ops)) throw new Error(`${path} holds a step whose ops are not a list`)
  }
  const { clients, prefix, phases } = card.program
  for (const [, client] of JSON.stringify([prefix, phases]).matchAll(/"client":(-?\d+)/g)) {
    if (clients[Number(client)] === undefined)
      throw new Error(`${path} names client ${client}, and the program has ${clients.length}: expected one from 0`)
  }
  for (const { op } of card.program.stores === undefined ? [] : storeSteps(card.program.stores)) {
    if (!storeStepNames.includes(op))
      throw new Error(`${path} holds the store operation ${JSON.stringify(op)}, which this version does not know`)
  }
  const scripts = card.program.clients.flatMap(({ connect, disconnect }) => [...(connect ?? []), ...(disconnect ?? [])])
  for (const { op } of [...stepsOf(card.program).flatMap(opsOf), ...scripts]) {
    if (!opNames.includes(op))
      throw new Error(`${path} holds the operation ${JSON.stringify(op)}, which this version does not know`)
  }
  return card
}

function isProgram(program: unknown): boolean {
  const { clients, prefix, phases } = (program ?? {}) as Partial<Program>
  return Array.isArray(clients) && Array.isArray(prefix) && Array.isArray(phases)
}
