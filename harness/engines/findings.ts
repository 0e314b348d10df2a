/** What `openEngine` would find here and choose, without starting anything. */
import { containerSettings } from './container.ts'
import { dockerPlaces, findDocker } from './docker.ts'
import { dynaliteVersion } from './dynalite.ts'
import { engineAt } from './endpoint.ts'
import { engineName } from './engine.ts'
import type { Choice } from './open.ts'

/** One thing looked for, and what was found. */
export interface EngineFinding {
  what: string
  found: string
}

/** What decides on the engine, in the order in which it does, and the choice as the last. Never rejects. */
export async function engineFindings({ env = process.env, ...choice }: Choice = {}): Promise<EngineFinding[]> {
  const told = env.DYNAMODB_ENDPOINT ?? ''
  const endpoint = told === '' ? undefined : await engineAt(told, env.DYNAMODB_ENGINE).catch((error: Error) => error)
  const docker = await (choice.findDocker ?? findDocker)(dockerPlaces(env))
  const image = `${containerSettings.image}:${containerSettings.tag}`
  const version = dynaliteVersion()
  const embedded = version === undefined ? 'none: npm install --save-dev dynalite' : `dynalite ${version}`
  return [
    { what: 'DYNAMODB_ENDPOINT', found: told === '' ? 'not set' : told },
    { what: 'docker', found: 'at' in docker ? `answers at ${docker.at}` : docker.none },
    { what: 'dynalite', found: version ?? 'not found' },
    { what: 'engine', found: endpoint === undefined ? ('at' in docker ? `a container of ${image}` : embedded) : said(endpoint) },
  ]
}

const said = (found: Parameters<typeof engineName>[0] | Error): string =>
  found instanceof Error ? `none: ${found.message}` : engineName(found)
