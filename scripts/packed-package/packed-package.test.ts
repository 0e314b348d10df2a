/**
 * What users get, tested as they get it: the example for the four test runners and a consumer of every declaration stand
 * on the packed package, each beside a copy with a defect that must show.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { publint } from 'publint'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compile, resolutions } from './compile.ts'
import { install, manifestIn, pack } from './install.ts'
import { run, runners } from './outcomes.ts'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'packed-')))
const own = 'node_modules/channel-conformance'
const only = 'PUB-01,PUB-02,PUB-04'
const names = Object.keys(runners)

/** Replaces what must be there, once. */
function plant(file: string, find: string, by: string): void {
  const text = readFileSync(file, 'utf8')
  expect(text.split(find), `${find} in ${file}`).toHaveLength(2)
  writeFileSync(file, text.replace(find, by))
}

const examples = fileURLToPath(new URL('../../examples/test-runners', import.meta.url))
const everything = fileURLToPath(new URL('consumer', import.meta.url))
let tarball: string
let sound: string
let broken: string

/** A copy of `from` with the package installed. */
function project(name: string, from: string): string {
  const copy = join(folder, name)
  cpSync(from, copy, { recursive: true, filter: (path) => basename(path) !== 'node_modules' })
  install(tarball, copy)
  return copy
}

beforeAll(() => {
  tarball = pack(folder)
  sound = project('sound', examples)
  broken = project('broken', examples)
  plant(join(broken, 'server.js'), 'if (id !== excludeId) peer', 'peer')
  // A mark in the copy: a runner that took the package from anywhere else would not show it.
  plant(join(broken, own, 'dist/conformance/doors/runner.js'), '`channel contract: ', '`the copy: ')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the package is found where it was unpacked, and so is its command', () => {
  const script =
    "console.log(['', '/vitest', '/runtime'].map((path) => import.meta.resolve(`channel-conformance${path}`)).join('\\n'))"
  const found = execFileSync('node', ['--input-type=module', '-e', script], { cwd: sound, encoding: 'utf8' })
  const dist = join(sound, own, 'dist')
  const entries = ['conformance/index.js', 'conformance/doors/vitest.js', 'adapters/runtime/index.js']
  expect(found.trim().split('\n')).toEqual(entries.map((path) => pathToFileURL(join(dist, path)).href))
  expect(realpathSync(dist)).toBe(dist)
  const command = join(sound, 'node_modules/.bin/channel-conformance')
  const explained = execFileSync(command, ['explain', 'PUB-02'], { cwd: sound, encoding: 'utf8' })
  expect(explained).toMatch(/^PUB-02/)
})

test('the example has a script and a test file for each runner, of about a dozen lines', () => {
  const { scripts } = JSON.parse(readFileSync(join(sound, 'package.json'), 'utf8'))
  expect(Object.keys(scripts).sort()).toEqual(names.map((name) => `test:${name}`).sort())
  for (const name of names) {
    const lines = readFileSync(join(sound, `${name}.test.js`), 'utf8')
      .trim()
      .split('\n')
    expect(lines.length, name).toBeLessThanOrEqual(12)
  }
})

test.for(names)(
  '%s: every test passes, and a hub that excludes nobody fails that test alone, with its card',
  async (name, { signal }) => {
    const [kept, failed] = await Promise.all([run(name, sound, only, signal), run(name, broken, only, signal)])
    expect(kept).toEqual({
      code: 0,
      suite: 'channel contract: channels on crossws',
      tests: { 'PUB-01': 'passed', 'PUB-02': 'passed', 'PUB-04': 'passed' },
      messages: [],
    })
    expect(failed.code).toBe(1)
    expect(failed.suite).toBe('the copy: channels on crossws')
    expect(failed.tests).toEqual({ 'PUB-01': 'passed', 'PUB-02': 'failed', 'PUB-04': 'passed' })
    const [message] = failed.messages
    expect(message).toMatch(/PUB-02 \(must\) violated by "channels on crossws", program of \d+ steps/)
    expect(message).toMatch(/observed +c\d+ received it/)
  },
)

test('every entry point leads to a packed file', async () => {
  const { buffer, byteOffset, byteLength } = readFileSync(tarball)
  const bytes = buffer.slice(byteOffset, byteOffset + byteLength)
  expect((await publint({ pack: { tarball: bytes as ArrayBuffer }, level: 'suggestion' })).messages).toEqual([])
  const misled = join(project('misled', everything), own)
  plant(join(misled, 'package.json'), './dist/adapters/ws/index.js', './dist/adapters/ws/gone.js')
  const { messages } = await publint({ pkgDir: misled, pack: false })
  expect(messages.map(({ code, path }) => [code, path])).toEqual([['FILE_DOES_NOT_EXIST', ['exports', './ws', 'default']]])
})

test('the consumer uses every entry point there is', () => {
  const consumer = project('using', everything)
  const entries = Object.entries(manifestIn(join(consumer, own)).exports).filter(([, target]) => typeof target !== 'string')
  expect(entries.length).toBeGreaterThan(10)
  const source = readFileSync(join(consumer, 'consumer.ts'), 'utf8')
  const unused = entries.filter(([entry]) => !source.includes(` from 'channel-conformance${entry.slice(1)}'`))
  expect(unused).toEqual([])
})

test.for(resolutions)('its declarations hold: module %s, moduleResolution %s', async (resolution) => {
  const consumer = project(resolution.join('-'), everything)
  const lines = await compile(consumer, resolution)
  expect(lines.filter((line) => !line.startsWith('/'))).toEqual([])
  const declarations = lines.filter((line) => line.startsWith(join(consumer, own, 'dist/')))
  expect(declarations.length).toBeGreaterThan(50)
  // Whatever else was read belongs to the consumer or to an installed package, and none of it is this one's source.
  expect(lines.filter((line) => !line.startsWith(consumer) && !line.includes('/node_modules/'))).toEqual([])
})

test('a declaration that leads nowhere is found, and so is one that has come to nothing', async () => {
  const consumer = project('worn', everything)
  plant(join(consumer, own, 'dist/adapters/ws/index.d.ts'), "'./hub.ts'", "'./gone.ts'")
  plant(join(consumer, own, 'dist/conformance/doors/vitest.d.ts'), 'options?: RunnerOptions', 'options?: any')
  const errors = (await compile(consumer, resolutions[1])).filter((line) => line.includes(' error '))
  const found = (file: string, code: string): string | undefined =>
    errors.find((line) => line.includes(file) && line.includes(`error ${code}:`))
  expect(found('ws/index.d.ts', 'TS2307')).toContain('./gone.ts')
  expect(found('consumer.ts', 'TS2578')).toContain("Unused '@ts-expect-error' directive")
})
