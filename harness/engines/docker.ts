/** Whether a Docker engine answers, found out without its client and without hanging. */
import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'
import { engineDeadlines } from '../../conformance/deadlines.ts'
import { ask, type Place } from './ask.ts'

/** What was found: an engine that answers at a place, or why there is none. */
export type DockerFound = { at: string } | { none: string }

/** Where a Docker engine may listen, in the order in which testcontainers looks: what DOCKER_HOST says, or the usual sockets. */
export function dockerPlaces(env: NodeJS.ProcessEnv, home = homedir()): string[] {
  if (env.DOCKER_HOST !== undefined && env.DOCKER_HOST !== '') return [env.DOCKER_HOST]
  const sockets = ['/var/run/docker.sock']
  if (env.XDG_RUNTIME_DIR !== undefined) sockets.push(join(env.XDG_RUNTIME_DIR, 'docker.sock'))
  sockets.push(
    join(home, '.docker', 'run', 'docker.sock'),
    join(home, '.docker', 'desktop', 'docker.sock'),
    join('/run', 'user', `${userInfo().uid}`, 'docker.sock'),
  )
  return sockets.map((socket) => `unix://${socket}`)
}

/** Asks each place in turn whether a Docker engine answers there. Never rejects. */
export async function findDocker(places: readonly string[], patience = engineDeadlines.docker): Promise<DockerFound> {
  const reasons: string[] = []
  for (const at of places) {
    try {
      const { status } = await ask(pingOf(at), patience)
      if (status === 200) return { at }
      reasons.push(`${at}: status ${status}`)
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      reasons.push(`${at}: ${code === 'ENOENT' ? 'not there' : (code ?? message)}`)
    }
  }
  return { none: `no Docker engine answers (${reasons.join('; ')})` }
}

/** @throws Error for an address of a kind that cannot be asked */
function pingOf(at: string): Place {
  const { protocol, pathname, host } = new URL(at)
  if (protocol === 'unix:') return { socketPath: pathname, path: '/_ping' }
  if (protocol === 'tcp:' || protocol === 'http:') return { url: new URL(`http://${host}/_ping`) }
  if (protocol === 'npipe:') return { socketPath: pathname.replaceAll('/', '\\'), path: '/_ping' }
  throw new Error(`an address of kind ${protocol.slice(0, -1)} cannot be asked`)
}
