/**
 * A mutant's system as one file: its edits are applied while the sources are bundled, and what no mutant changes is left
 * outside, where it is loaded already. To copy the sources and to load a hundred modules takes longer than most hunts do.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { System } from '../../spec/system.ts'
import { bundler } from '../gateway/invokers/bundle.ts'
import { applyEdit } from './edit.ts'
import type { Mutant } from './mutant.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** What a mutant has of its own: the adapters, and what stands on them, but for the storage that there is to be one of. */
const own = /^(?:adapters|harness\/(?:systems|serverless(?!\/context\.ts$)))\//

/** As much of a build as a plugin uses. */
interface Build {
  onResolve(
    of: { filter: RegExp },
    resolved: (args: { path: string; importer: string; kind: string }) => { path: string; external?: boolean },
  ): void
  onLoad(of: { filter: RegExp }, loaded: (args: { path: string }) => Promise<{ contents: string; loader: 'ts' }>): void
}

/** The system of a mutant in one file, imported. @throws Error where an edit is of a file that the system does not load */
export async function bundledMutant(mutant: Mutant): Promise<System> {
  const applied = new Set<string>()
  const setup = (build: Build): void => {
    build.onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
      if (kind === 'entry-point') return { path }
      if (!path.startsWith('.')) return { path: import.meta.resolve(path), external: true }
      const found = resolve(dirname(importer), path)
      return own.test(relative(root, found)) ? { path: found } : { path: pathToFileURL(found).href, external: true }
    })
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const file = relative(root, path)
      const edits = mutant.edits.filter((edit) => edit.file === file)
      if (edits.length > 0) applied.add(file)
      return { contents: edits.reduce(applyEdit, await readFile(path, 'utf8')), loader: 'ts' }
    })
  }
  const { outputFiles } = await bundler().build({
    ...{ entryPoints: [join(root, `harness/systems/${mutant.base}.ts`)], bundle: true, write: false },
    ...{ platform: 'node', format: 'esm', target: 'node20', keepNames: true, logLevel: 'silent' },
    plugins: [{ name: 'mutant', setup }],
  })
  const missed = mutant.edits.find(({ file }) => !applied.has(file))
  if (missed !== undefined) throw new Error(`${missed.file}: ${mutant.base} does not load it; mend the mutant ${mutant.name}`)
  const folder = await mkdtemp(join(tmpdir(), 'mutant-'))
  try {
    const file = join(folder, `${mutant.name.replace('/', '-')}.mjs`)
    await writeFile(file, outputFiles[0]?.text ?? '')
    return ((await import(pathToFileURL(file).href)) as { default: System }).default
  } finally {
    // It has been loaded by now.
    await rm(folder, { recursive: true, force: true })
  }
}
