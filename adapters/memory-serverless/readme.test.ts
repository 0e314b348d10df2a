/** The README's server: type-checked as it stands, and run with real clients. */
import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const root = here('../../')
const folder = mkdtempSync(join(tmpdir(), 'dev-server-'))
const file = join(folder, 'dev-server.ts')

beforeAll(() => {
  const code = /```ts\n(\/\/ dev-server\.ts[\s\S]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[1] ?? ''
  const entry = (name: string): string => JSON.stringify(here(`../${name}/index.ts`))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(
    file,
    code.replace(/'channel-conformance\/([a-z-]+)'/g, (_all, name: string) => entry(name)),
  )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('it type-checks', { timeout: 60_000 }, async () => {
  const options = {
    extends: join(root, 'tsconfig.json'),
    include: [file],
    // The sources are named by their own files, as nobody outside does.
    compilerOptions: { typeRoots: [join(root, 'node_modules/@types')], rewriteRelativeImportExtensions: false },
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(options))
  const checked = promisify(execFile)(join(root, 'node_modules/.bin/tsc'), ['--noEmit', '-p', folder])
  expect(await checked.catch(({ stdout }) => ({ stdout }))).toMatchObject({ stdout: '' })
})

test('it serves: what onConnect returns, a publish to everybody, a refused route, an end', { timeout: 60_000 }, async () => {
  const told = join(folder, 'told.ts')
  writeFileSync(told, `${readFileSync(file, 'utf8')}\nserver.on('listening', () => process.send?.(server.address()))\n`)
  const child = fork(told, { execArgv: ['--import', import.meta.resolve('tsx')], env: { ...process.env, PORT: '0' } })
  try {
    const [{ port }] = (await once(child, 'message')) as [{ port: number }]
    const client = async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/chat`)
      const messages: unknown[] = []
      const received = (count: number): Promise<unknown[]> =>
        new Promise((resolve) => {
          const look = (): void => void (messages.length >= count && resolve(messages))
          socket.on('message', look)
          look()
        })
      socket.on('message', (data) => messages.push(JSON.parse(String(data))))
      expect(await received(1)).toEqual([{ welcome: expect.any(String) }])
      return { socket, received }
    }
    const [a, b] = [await client(), await client()]
    a.socket.send('{"text":"hello"}')
    for (const { received } of [a, b]) expect((await received(2))[1]).toEqual({ text: 'hello' })
    b.socket.close()
    await once(b.socket, 'close')
    a.socket.send('{"text":"again"}')
    expect((await a.received(3))[2]).toEqual({ text: 'again' })
    const nowhere = new WebSocket(`ws://127.0.0.1:${port}/nowhere`)
    const [error] = (await once(nowhere, 'error').catch((refused: unknown) => [refused])) as [Error]
    expect(error.message).toContain('404')
    a.socket.close()
  } finally {
    child.kill()
  }
})
