/** Cards of stores through the real command: the line that a card prints works, with the author's own module. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { conformStores } from '../../conformance/stores/index.ts'
import { type MapDefects, mapStores } from '../../conformance/stores/testing/map-stores.ts'
import { cardLines } from '../../reports/text/card.ts'
import { command } from '../testing/command.ts'

const maps = JSON.stringify(fileURLToPath(new URL('../../conformance/stores/testing/map-stores.ts', import.meta.url)))
const directory = mkdtempSync(join(tmpdir(), 'replay-stores-'))
const broken: MapDefects = { looksFirst: 'subscribe' }

/** Writes a module whose default export is stores with these defects. */
function moduleOf(name: string, defects: MapDefects): string {
  const file = join(directory, name)
  writeFileSync(file, `import { mapStores } from ${maps}\n\nexport default mapStores(${JSON.stringify(defects)})\n`)
  return file
}

/** The command that the card of the broken stores prints, without its first word. */
async function printed(reference?: string): Promise<string> {
  const out = mkdtempSync(join(directory, 'out-'))
  const lines: string[] = []
  await conformStores(mapStores(broken), {
    seed: 1,
    only: 'STORE-05',
    runs: 30,
    interleavings: 20,
    out,
    reference,
    onCard: (card, path) => lines.push(...cardLines(card, path)),
  })
  return /^ {2}replay {4}channel-conformance (replay .*)$/m.exec(lines.join('\n'))?.[1] ?? ''
}

test('with a reference the printed command fails again as it stands', { timeout: 60_000 }, async () => {
  const line = await printed(moduleOf('my-stores.ts', broken))
  const { code, stdout, stderr } = await command(line.split(' '))
  expect(stdout, stderr).toMatch(/STORE-05 \(must\) violated by "map"/)
  expect(stdout).toContain(`  replay    channel-conformance ${line}\n`)
  expect(code).toBe(1)
})

test('without one it says what to fill in, and then fails again', { timeout: 60_000 }, async () => {
  const line = await printed()
  expect(line).toMatch(/^replay \S+ --system <module of your stores>$/)
  const filled = line.replace('<module of your stores>', moduleOf('my-stores.ts', broken))
  const { code, stdout, stderr } = await command(filled.split(' '))
  expect(stdout, stderr).toMatch(/STORE-05 \(must\) violated by "map"/)
  expect(stdout).toContain(`  replay    channel-conformance ${filled}\n`)
  expect(code).toBe(1)
})

test('mended stores no longer fail', { timeout: 60_000 }, async () => {
  const line = await printed(moduleOf('my-stores.ts', broken))
  const { code, stdout } = await command([...line.split(' '), '--system', moduleOf('mended.ts', {})])
  expect(stdout).toBe('STORE-05 no longer fails on map: the program was run 20 times without a violation\n')
  expect(code).toBe(0)
})

test.each([
  ['a module of something else', fileURLToPath(new URL('../testing/no-system.ts', import.meta.url)), /it has no start function/],
  ['a system that has no stores', 'ws', /ws has no stores, and the program of this card runs on stores/],
])('%s is refused', { timeout: 60_000 }, async (_what, system, message) => {
  const line = await printed(moduleOf('my-stores.ts', broken))
  const { code, stderr } = await command([...line.split(' '), '--system', system])
  expect(stderr).toMatch(message)
  expect(code).toBe(2)
})

test('stores alone replay no card of another kind, and are no system to be run', { timeout: 60_000 }, async () => {
  const file = moduleOf('my-stores.ts', broken)
  const card = JSON.parse(readFileSync((await printed(file)).split(' ')[1] ?? '', 'utf8')) as { program: { stores?: unknown } }
  delete card.program.stores
  const other = join(directory, 'other.json')
  writeFileSync(other, JSON.stringify(card))
  for (const args of [
    ['replay', other, '--system', file],
    ['run', file],
  ]) {
    const { code, stdout, stderr } = await command(args)
    expect(`${stdout}${stderr}`).toMatch(/to be a system.*it has no start function/)
    expect(code).toBe(2)
  }
})
