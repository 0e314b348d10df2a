import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { dockerPlaces, findDocker } from './docker.ts'
import { listening, nowhere } from './testing/listening.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const each of cleanups.splice(0).reverse()) await each()
})

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'docker-'))
  cleanups.push(() => rmSync(made, { recursive: true }))
  return made
}

/** An engine that answers its ping with this status, on a socket or a port. */
async function docker(status: number, path?: string): Promise<string> {
  const server = await listening((request, response) => {
    response.statusCode = request.url === '/_ping' ? status : 404
    response.end('OK')
  }, path)
  cleanups.push(() => server.close())
  return server.url
}

test('DOCKER_HOST alone is asked where it is set, else the usual sockets', () => {
  expect(dockerPlaces({ DOCKER_HOST: 'tcp://10.0.0.1:2375' })).toEqual(['tcp://10.0.0.1:2375'])
  const usual = dockerPlaces({ XDG_RUNTIME_DIR: '/run/user/7', DOCKER_HOST: '' }, '/home/someone')
  expect(usual.slice(0, 4)).toEqual([
    'unix:///var/run/docker.sock',
    'unix:///run/user/7/docker.sock',
    'unix:///home/someone/.docker/run/docker.sock',
    'unix:///home/someone/.docker/desktop/docker.sock',
  ])
})

test('an engine that answers at a socket or a port is found, the first that does', async () => {
  const socket = await docker(200, join(folder(), 'docker.sock'))
  const tcp = (await docker(200)).replace('http:', 'tcp:')
  expect(await findDocker([socket])).toEqual({ at: socket })
  expect(await findDocker([tcp])).toEqual({ at: tcp })
  expect(await findDocker([`unix://${folder()}/none.sock`, tcp, socket])).toEqual({ at: tcp })
})

test('without one the answer says for every place why', async () => {
  const stale = join(folder(), 'stale.sock')
  writeFileSync(stale, '')
  const failing = await docker(500)
  const closed = (await nowhere()).replace('http:', 'tcp:')
  expect(await findDocker(['unix:///nowhere/docker.sock', `unix://${stale}`, failing, closed, 'ssh://host', 'what?'])).toEqual({
    none: `no Docker engine answers (unix:///nowhere/docker.sock: not there; unix://${stale}: ECONNREFUSED; ${failing}: status 500; ${closed}: ECONNREFUSED; ssh://host: an address of kind ssh cannot be asked; what?: ERR_INVALID_URL)`,
  })
})

test('one that accepts and never answers is not waited for', async () => {
  const server = await listening(() => undefined)
  cleanups.push(() => server.close())
  expect(await findDocker([server.url], 50)).toEqual({
    none: `no Docker engine answers (${server.url}: no answer within 0.05 s)`,
  })
})
