/**
 * The package as a stranger gets it: packed by npm from what git knows of, and unpacked into a project of its own. What
 * it and the project depend on is linked by name, so that neither finds anything it does not ask for.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** What is read of a package.json. */
export interface Manifest {
  name: string
  exports: Record<string, string | Record<string, string>>
  bin?: string | Record<string, string>
  dependencies: Record<string, string>
  devDependencies?: Record<string, string>
}

/** A package.json. */
export const manifestIn = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

/** Builds and packs the package; gives the tarball's path. The working tree is left alone: other tests are reading it. */
export function pack(into: string): string {
  const sources = join(into, 'sources')
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z']
  for (const file of execFileSync('git', list, { cwd: root, encoding: 'utf8' }).split('\0')) {
    // One that was just deleted is still listed.
    if (file !== '' && existsSync(join(root, file))) cpSync(join(root, file), join(sources, file))
  }
  symlinkSync(join(root, 'node_modules'), join(sources, 'node_modules'))
  const packed = npm(['pack', '--json', '--silent', '--pack-destination', into], sources)
  // The build's own lines come before.
  const [{ filename }] = JSON.parse(packed.slice(packed.indexOf('\n[') + 1)) as [{ filename: string }]
  return join(into, filename)
}

/** Unpacks the tarball into `project`, whose package.json names it, and links all else that the two name. */
export function install(tarball: string, project: string): void {
  const modules = join(project, 'node_modules')
  const own = join(modules, 'channel-conformance')
  mkdirSync(own, { recursive: true })
  execFileSync('tar', ['-xzf', tarball, '-C', own, '--strip-components=1'])
  link(Object.keys(manifestIn(own).dependencies), join(own, 'node_modules'))
  linkCommands(manifestIn(own), own, join(modules, '.bin'))
  // As npm does when it installs a package: in the tarball they are files like any others.
  for (const file of Object.values(manifestIn(own).bin ?? {})) chmodSync(join(own, file), 0o755)
  const { dependencies, devDependencies } = manifestIn(project)
  const wanted = Object.keys({ ...dependencies, ...devDependencies })
  if (!wanted.includes('channel-conformance')) throw new Error(`${project} does not depend on the package`)
  link(
    wanted.filter((name) => name !== 'channel-conformance'),
    modules,
  )
}

function link(names: string[], modules: string): void {
  for (const name of names) {
    const target = join(root, 'node_modules', name)
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    symlinkSync(target, join(modules, name))
    linkCommands(manifestIn(target), join(modules, name), join(modules, '.bin'))
  }
}

function linkCommands({ name, bin = {} }: Manifest, folder: string, commands: string): void {
  mkdirSync(commands, { recursive: true })
  const files = typeof bin === 'string' ? { [basename(name)]: bin } : bin
  for (const [command, file] of Object.entries(files)) symlinkSync(join(folder, file), join(commands, command))
}

function npm(args: string[], cwd: string): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
}
