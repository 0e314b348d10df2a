import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startDynalite } from './dynalite.ts'
import { listTables, speaksDynamoDB } from './endpoint.ts'

/** Resolves once nothing answers at `endpoint` any more. */
async function goneFrom(endpoint: string): Promise<void> {
  for (;;) {
    try {
      await listTables(endpoint, 5_000)
    } catch {
      return
    }
  }
}

test('it speaks DynamoDB until it is stopped, and two do not meet', async () => {
  const [one, two] = await Promise.all([startDynalite(), startDynalite()])
  expect(one.name).toBe('dynalite')
  expect(one.version).toMatch(/^\d+\.\d+\.\d+/)
  expect(one.endpoint).not.toBe(two.endpoint)
  expect(speaksDynamoDB(await listTables(one.endpoint, 5_000))).toBe(true)
  await one.stop()
  await one.stop()
  await expect(listTables(one.endpoint, 5_000)).rejects.toThrow('ECONNREFUSED')
  expect(speaksDynamoDB(await listTables(two.endpoint, 5_000))).toBe(true)
  await two.stop()
})

test.each(['killed', 'ended'])('it ends with its parent, and keeps none alive: a parent %s', async (how) => {
  const parent = fork(fileURLToPath(new URL('./testing/parent.ts', import.meta.url)), [], {
    execArgv: ['--import', import.meta.resolve('tsx')],
  })
  const exited = once(parent, 'exit')
  const [endpoint] = (await once(parent, 'message')) as [string]
  expect(speaksDynamoDB(await listTables(endpoint, 5_000))).toBe(true)
  if (how === 'killed') parent.kill('SIGKILL')
  else parent.send('let go')
  expect(await exited).toEqual(how === 'killed' ? [null, 'SIGKILL'] : [0, null])
  await goneFrom(endpoint)
})
