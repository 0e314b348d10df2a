/**
 * One file of a worker and all it needs. Workers are killed often, and what takes a process its time at start is to find,
 * translate and load hundreds of files.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** As much of esbuild as is used. */
export interface Bundler {
  build(options: object): Promise<{ outputFiles: { text: string }[] }>
}

/** The bundler that tsx brings. */
export const bundler = (): Bundler => createRequire(fileURLToPath(import.meta.resolve('tsx')))('esbuild') as Bundler

const bundles = new Map<string, Promise<string>>()

/** The path of the file for a module with its URL; made once in a process. @throws Error where it cannot be made */
export function bundleOf(module: string): Promise<string> {
  const known = bundles.get(module)
  if (known !== undefined) return known
  const made = bundle(module)
  bundles.set(module, made)
  return made
}

async function bundle(module: string): Promise<string> {
  const main = fileURLToPath(new URL(`./worker-main${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url))
  const contents = `import module from ${JSON.stringify(fileURLToPath(module))}
import { serve } from ${JSON.stringify(main)}
serve(module)`
  const { outputFiles } = await bundler().build({
    ...{ stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) }, write: false, bundle: true },
    ...{ platform: 'node', format: 'esm', target: 'node20', keepNames: true, logLevel: 'silent' },
    external: ['uWebSockets.js', '*.node'],
    // Packages that are not modules ask for the platform's own in their way.
    banner: { js: "import { createRequire as $require } from 'node:module'; const require = $require(import.meta.url);" },
  })
  return kept(outputFiles[0]?.text ?? '')
}

/** Keeps a file by its content: processes that are killed could remove none of their own. */
function kept(text: string): string {
  const folder = join(tmpdir(), `channel-conformance-${process.getuid?.() ?? 'workers'}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, `worker-${createHash('sha256').update(text).digest('hex').slice(0, 16)}.mjs`)
  // Whole at once, since other processes may be making the same.
  writeFileSync(`${file}.${process.pid}`, text)
  renameSync(`${file}.${process.pid}`, file)
  return file
}
