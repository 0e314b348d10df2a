/** What verdicts rest on: a campaign's slice counts for the sources it was run with. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const folders = ['spec', 'conformance', 'adapters', 'harness'] as const

/** The committed sources of now, a part for each folder. */
export function sourcesNow(): string {
  const cwd = fileURLToPath(new URL('../../', import.meta.url))
  const hash = (folder: string): string =>
    execFileSync('git', ['rev-parse', `HEAD:${folder}`], { cwd, encoding: 'utf8' }).slice(0, 10)
  return folders.map(hash).join('-')
}

/** The folders in which two states of the sources differ. */
export function changedFolders(before: string, after: string): string[] {
  const [old, now] = [before.split('-'), after.split('-')]
  return folders.filter((_, index) => old[index] !== now[index])
}
