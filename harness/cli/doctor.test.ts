import { afterEach, expect, test, vi } from 'vitest'
import { nowhere } from '../engines/testing/listening.ts'
import { doctor } from './doctor.ts'

afterEach(() => vi.restoreAllMocks())

/** What `doctor` says of a system. */
async function saidOf(system: string, looks: Parameters<typeof doctor>[0]): Promise<string | undefined> {
  const written: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0)
  expect(await doctor(looks)).toBe(0)
  vi.restoreAllMocks()
  const line = written
    .join('')
    .split('\n')
    .find((each) => each.startsWith(`system ${system} `))
  return line?.replace(`system ${system}`, '').trim()
}

const noDocker = async () => ({ none: 'no Docker engine answers' })

test('with an engine the system that needs one can run', async () => {
  expect(await saidOf('dynamodb-serverless', { env: {}, findDocker: noDocker, dynalite: () => '4.0.0' })).toBe('can run here')
})

test('without one it cannot, and doctor says why and what to install', async () => {
  const looks = { env: {}, findDocker: noDocker, dynalite: () => undefined }
  expect(await saidOf('dynamodb-serverless', looks)).toBe(
    'cannot run here: no DynamoDB engine: dynalite is not installed; npm install --save-dev dynalite, or set DYNAMODB_ENDPOINT to the address of an engine, or start Docker with testcontainers installed',
  )
  expect(await saidOf('memory-serverless', looks)).toBe('can run here')
})

test('nor can it where nothing answers at the address it is told', async () => {
  const endpoint = await nowhere()
  expect(await saidOf('dynamodb-serverless', { env: { DYNAMODB_ENDPOINT: endpoint }, findDocker: noDocker })).toMatch(
    `cannot run here: DYNAMODB_ENDPOINT is ${endpoint}, and nothing answers there`,
  )
})
