/** Which engine a run gets: the one it is told, AWS's own in a container, or the embedded one, in this order. */
import { startContainer } from './container.ts'
import { dockerPlaces, findDocker } from './docker.ts'
import { startDynalite } from './dynalite.ts'
import { engineAt } from './endpoint.ts'
import type { Engine } from './engine.ts'

/** What the choice rests on; tests bring their own. */
export interface Choice {
  env?: NodeJS.ProcessEnv
  findDocker?: typeof findDocker
  startContainer?: () => Promise<Engine>
  startDynalite?: () => Promise<Engine>
}

/**
 * Opens an engine: at `DYNAMODB_ENDPOINT` where it is set; else `amazon/dynamodb-local` where a Docker engine answers;
 * else dynalite. A container that does not come up is passed over, and the engine's name says so.
 * @throws Error that says what to do where none can be had
 */
export async function openEngine(choice: Choice = {}): Promise<Engine> {
  const { env = process.env } = choice
  if (env.DYNAMODB_ENDPOINT !== undefined && env.DYNAMODB_ENDPOINT !== '')
    return engineAt(env.DYNAMODB_ENDPOINT, env.DYNAMODB_ENGINE)
  const docker = await (choice.findDocker ?? findDocker)(dockerPlaces(env))
  const embedded = choice.startDynalite ?? startDynalite
  if ('none' in docker) return embedded()
  try {
    return await (choice.startContainer ?? startContainer)()
  } catch (error) {
    return { ...(await embedded()), instead: (error as Error).message }
  }
}
