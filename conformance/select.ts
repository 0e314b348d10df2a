/** Chooses what a run covers: requirements by id, area or clause words, and the families that go with them. */
import type { Capability } from '../spec/capabilities.ts'
import { areas, type Requirement } from '../spec/requirement.ts'
import { floors } from './health.ts'
import type { Family } from './programs/family.ts'

/** What was asked for that does not exist. */
export class SelectionError extends Error {
  override name = 'SelectionError'
}

/** Splits `LIFE-15,publishing`. */
function words(names: Names): string[] {
  return [names]
    .flat()
    .flatMap((text) => text.split(','))
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

function matches(requirement: Requirement, word: string): boolean {
  return requirement.id.toLowerCase() === word.toLowerCase() || requirement.area === word.toLowerCase()
}

/** An id to show how they look: one that begins with `word` where there is one, since that is what was meant. */
function idLike(all: readonly Requirement[], word: string): string | undefined {
  return (all.find(({ id }) => id.startsWith(`${word.toUpperCase()}-`)) ?? all[0])?.id
}

/** Ids and areas: by comma, or as a list. */
export type Names = string | readonly string[]

/** The requirements that `only` names (all by default) less those that `skip` names. @throws SelectionError */
export function selectRequirements(all: readonly Requirement[], only?: Names, skip?: Names): Requirement[] {
  for (const word of [...words(only ?? ''), ...words(skip ?? '')]) {
    if (!all.some((requirement) => matches(requirement, word))) {
      throw new SelectionError(
        `no requirement or area is called ${JSON.stringify(word)}: expected an area (${areas.join(', ')}) or an id such as ${idLike(all, word)}; \`channel-conformance list\` shows them all`,
      )
    }
  }
  const wanted = only === undefined ? all : all.filter((requirement) => words(only).some((word) => matches(requirement, word)))
  return wanted.filter((requirement) => !words(skip ?? '').some((word) => matches(requirement, word)))
}

/** The families of the areas these requirements belong to, and those of other areas that have an example for one of them. */
export function selectFamilies(families: readonly Family[], requirements: readonly Requirement[]): Family[] {
  const areas = new Set(requirements.map((requirement) => requirement.area))
  const ids = new Set(requirements.map(({ id }) => id))
  const shows = ({ examples }: Family): boolean => Object.keys(examples).some((name) => ids.has(name.split(' ')[0] ?? ''))
  return families.filter((family) => areas.has(family.area) || shows(family))
}

/** The families that show anything on a system with these capabilities. */
export function familiesFor(families: readonly Family[], capabilities: readonly Capability[]): Family[] {
  return families.filter((family) => family.capabilities?.every((name) => capabilities.includes(name)) ?? true)
}

/** The families with `total` generated programs among them, shared out as their own numbers are. */
export function scaleFamilies(families: readonly Family[], total: number): Family[] {
  const sum = families.reduce((runs, family) => runs + family.runs, 0)
  return families.map((family) => ({ ...family, runs: Math.max(1, Math.round((total * family.runs) / Math.max(1, sum))) }))
}

/** What says how much is run. */
export interface Extent {
  runs?: number
  enough?: number
  time?: number
  shard?: string
}

/**
 * In how many programs a run has each clause decided: in its floor, unless it is said otherwise how much is to be run.
 * @throws SelectionError for a share of a run whose programs depend on one another
 */
export function enoughOf({ enough, runs, time, shard }: Extent): number | undefined {
  if (enough !== undefined && shard !== undefined)
    throw new SelectionError('enough and shard exclude each other: what is run next depends on all that was run before')
  return enough ?? (runs === undefined && time === undefined && shard === undefined ? floors.clause : undefined)
}

/** One of `of` shares of a run; examples belong to every share. */
export interface Shard {
  index: number
  of: number
}

/** Reads `1/4`. @throws SelectionError */
export function parseShard(text: string): Shard {
  const match = /^(\d+)\/(\d+)$/.exec(text)
  const [index, of] = [Number(match?.[1]), Number(match?.[2])]
  if (match === null || index < 1 || index > of)
    throw new SelectionError(`--shard takes a share such as 1/4, not ${JSON.stringify(text)}`)
  return { index, of }
}
