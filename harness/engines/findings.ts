/** What `openEngine` would find here and choose, without starting anything. */
import { containerSettings, testcontainersInstalled } from './container.ts'
import { dockerPlaces, findDocker } from './docker.ts'
import { dynaliteVersion, noDynalite } from './dynalite.ts'
import { engineAt } from './endpoint.ts'
import { engineName } from './engine.ts'
import type { Choice } from './open.ts'

/** One thing looked for, and what was found. */
export interface EngineFinding {
  what: string
  found: string
}

/** What was found, and what it comes to. */
export interface EngineFindings {
  /** What decides on the engine, in the order in which it does, and the choice as the last. */
  findings: EngineFinding[]
  /** Why there is none, and what to do; undefined where there is one. */
  none: string | undefined
}

/** Where it is looked; tests bring their own. */
export interface Looks extends Pick<Choice, 'env' | 'findDocker'> {
  dynalite?: () => string | undefined
  testcontainers?: () => boolean
}

/** Looks for an engine. Never rejects. */
export async function engineFindings(looks: Looks = {}): Promise<EngineFindings> {
  const { env = process.env, dynalite = dynaliteVersion, testcontainers = testcontainersInstalled } = looks
  const told = env.DYNAMODB_ENDPOINT ?? ''
  const endpoint = told === '' ? undefined : await engineAt(told, env.DYNAMODB_ENGINE).catch((error: Error) => error)
  const docker = await (looks.findDocker ?? findDocker)(dockerPlaces(env))
  const image = `${containerSettings.image}:${containerSettings.tag}`
  const version = dynalite()
  const container = 'at' in docker && testcontainers()
  const embedded = version === undefined ? new Error(noDynalite) : `dynalite ${version}`
  const found = endpoint ?? (container ? `a container of ${image}` : embedded)
  const none = found instanceof Error ? found.message : undefined
  const withoutTestcontainers = 'at' in docker && !container ? ', but testcontainers is not installed' : ''
  const findings = [
    { what: 'DYNAMODB_ENDPOINT', found: told === '' ? 'not set' : told },
    { what: 'docker', found: 'at' in docker ? `answers at ${docker.at}${withoutTestcontainers}` : docker.none },
    { what: 'dynalite', found: version ?? 'not found' },
    { what: 'engine', found: said(found) },
  ]
  return { findings, none }
}

const said = (found: Parameters<typeof engineName>[0] | Error | string): string => {
  if (found instanceof Error) return `none: ${found.message}`
  return typeof found === 'string' ? found : engineName(found)
}
