import { expect, test } from 'vitest'
import { dynaliteVersion } from './dynalite.ts'
import { engineFindings } from './findings.ts'
import { nowhere } from './testing/listening.ts'

const none = { none: 'no Docker engine answers (unix:///var/run/docker.sock: not there)' }
const named = async (...[choice]: Parameters<typeof engineFindings>) =>
  Object.fromEntries((await engineFindings(choice)).findings.map(({ what, found }) => [what, found]))

test('with nothing set and no Docker engine it is dynalite', async () => {
  expect(await named({ env: {}, findDocker: async () => none })).toEqual({
    DYNAMODB_ENDPOINT: 'not set',
    docker: none.none,
    dynalite: dynaliteVersion(),
    engine: `dynalite ${dynaliteVersion()}`,
  })
})

test('with a Docker engine it is a container', async () => {
  expect(await named({ env: {}, findDocker: async () => ({ at: 'tcp://10.0.0.1:2375' }) })).toMatchObject({
    docker: 'answers at tcp://10.0.0.1:2375',
    engine: expect.stringMatching(/^a container of amazon\/dynamodb-local:\d/),
  })
})

test('an address at which nothing answers leaves none, whatever else there is', async () => {
  const endpoint = await nowhere()
  expect(await named({ env: { DYNAMODB_ENDPOINT: endpoint }, findDocker: async () => none })).toMatchObject({
    DYNAMODB_ENDPOINT: endpoint,
    engine: expect.stringMatching(/^none: DYNAMODB_ENDPOINT is .* nothing answers there/),
  })
})

test('where nothing is installed there is none, and it is said what to install', async () => {
  const nothing = { env: {}, dynalite: () => undefined, testcontainers: () => false }
  const remedy =
    'no DynamoDB engine: dynalite is not installed; npm install --save-dev dynalite, or set DYNAMODB_ENDPOINT to the address of an engine, or start Docker with testcontainers installed'
  const { findings, none: why } = await engineFindings({ ...nothing, findDocker: async () => none })
  expect(why).toBe(remedy)
  expect(findings.at(-1)).toEqual({ what: 'engine', found: `none: ${remedy}` })
})

test('a Docker engine is of no use without testcontainers', async () => {
  const looks = { env: {}, findDocker: async () => ({ at: 'tcp://10.0.0.1:2375' }), testcontainers: () => false }
  expect(await named({ ...looks, dynalite: () => '4.0.0' })).toMatchObject({
    docker: 'answers at tcp://10.0.0.1:2375, but testcontainers is not installed',
    engine: 'dynalite 4.0.0',
  })
  expect((await engineFindings({ ...looks, dynalite: () => undefined })).none).toMatch(/npm install --save-dev dynalite/)
})
