/** Makes a mutant's system: its edits applied to the sources, and imported from there. */
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { System } from '../../spec/system.ts'
import { bundledMutant } from './bundled.ts'
import { applyEdit } from './edit.ts'
import type { Mutant } from './mutant.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** What a copy must hold: the adapters, what imports them, and the one list of systems. */
const copied = ['adapters', 'harness/systems', 'harness/systems.ts', 'package.json', 'tsconfig.json']

/** What no such mutant changes: modules found through a link are those that are loaded already. */
const linked = [...['spec', 'harness/engines', 'harness/serverless', 'harness/gateway', 'harness/simulated', 'node_modules']]

/** Builds the system of a mutant. @throws Error where an edit fits nowhere */
export async function buildMutant(mutant: Mutant): Promise<System> {
  // Stores alone are used by no process but this one.
  const asCopy = mutant.base === 'dynamodb-serverless' && mutant.tier !== 'interleaved'
  const system = asCopy ? await copiedMutant(mutant) : await bundledMutant(mutant)
  return { ...system, name: `mutant:${mutant.name}` }
}

/** From a copy of the sources, since its other processes start from files of its own. */
async function copiedMutant(mutant: Mutant): Promise<System> {
  const folder = await mkdtemp(join(tmpdir(), `mutant-${mutant.name.replace('/', '-')}-`))
  try {
    for (const path of copied) await cp(join(root, path), join(folder, path), { recursive: true })
    for (const path of linked) await symlink(join(root, path), join(folder, path))
    for (const edit of mutant.edits) {
      // Behind a link are the sources themselves.
      if (!copied.some((path) => edit.file.startsWith(`${path}/`)))
        throw new Error(`${edit.file}: a mutant of ${mutant.base} cannot change it; mend the mutant ${mutant.name}`)
      const path = join(folder, edit.file)
      await writeFile(path, applyEdit(await readFile(path, 'utf8'), edit))
    }
    const { bundledSystems } = (await import(
      pathToFileURL(join(folder, 'harness/systems.ts')).href
    )) as typeof import('../systems.ts')
    const base = bundledSystems.find((each) => each.name === mutant.base)
    if (base === undefined) throw new Error(`the mutant ${mutant.name} is made from ${mutant.base}, which is not bundled`)
    const system = await base.load()
    // Its other processes start from a file that is made when the first is needed: by then the copy would be gone.
    await bundled(folder, 'harness/systems/dynamodb-worker.ts')
    return system
  } finally {
    // Everything of it has been loaded by now.
    await rm(folder, { recursive: true, force: true })
  }
}

/** Makes the file that worker processes of a copy are started from. */
async function bundled(folder: string, module: string): Promise<void> {
  const { bundleOf } = (await import(
    pathToFileURL(join(folder, 'harness/gateway/invokers/bundle.ts')).href
  )) as typeof import('../gateway/invokers/bundle.ts')
  await bundleOf(pathToFileURL(join(folder, module)).href)
}
