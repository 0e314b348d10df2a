import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { relativeLinks, strayLinks } from './packed-links.ts'

const root = new URL('../', import.meta.url)

/** What npm itself would pack, but for what a build makes. */
function packedFiles(): string[] {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts']
  const output = execFileSync('npm', args, { cwd: fileURLToPath(root), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const [{ files }] = JSON.parse(output) as [{ files: { path: string }[] }]
  return files.map(({ path }) => path).filter((path) => !path.startsWith('dist/'))
}

test('planted links out of the package are found', () => {
  const packed = ['README.md', 'docs/a.md', 'docs/b.md']
  expect(strayLinks('docs/a.md', '[b](b.md#c) [up](../README.md) [web](https://x.example/y) [here](#z)', packed)).toEqual([])
  expect(strayLinks('docs/a.md', 'see [spec](../spec/x.ts).', packed)).toEqual([
    'docs/a.md links to spec/x.ts, which is not in the package: name it in plain text, or add it to "files"',
  ])
  expect(strayLinks('README.md', '[docs](docs) and\n[ref]: docs/c.md', packed)).toHaveLength(2)
  expect(relativeLinks('README.md', '`[a](b.md)`\n```md\n[a](b.md)\n```\n[![badge](c.svg)](d%20e.md)')).toEqual([
    'c.svg',
    'd e.md',
  ])
})

test('every relative link of the packed documents leads to a packed file', () => {
  const packed = packedFiles()
  const documents = packed.filter((path) => path.endsWith('.md'))
  expect(documents).toContain('README.md')
  expect(documents).toContain('docs/probe.md')
  expect(documents.flatMap((file) => strayLinks(file, readFileSync(new URL(file, root), 'utf8'), packed))).toEqual([])
})
