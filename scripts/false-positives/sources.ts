/** What verdicts rest on: a campaign's slice counts for the sources it was run with. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'

const folders = ['spec', 'conformance', 'adapters', 'harness'] as const

/** Tests decide no verdict, and mutants none of a sound system. */
const aside = /\.test\.ts$|^harness\/mutants\//

/** The committed sources of now, a part for each folder. */
export function sourcesNow(): string {
  const cwd = fileURLToPath(new URL('../../', import.meta.url))
  const tree = execFileSync('git', ['ls-tree', '-r', 'HEAD', ...folders], { cwd, encoding: 'utf8' })
  return digestOf(tree)
}

/** The same of what `git ls-tree -r` says of a commit's folders. */
export function digestOf(tree: string): string {
  const files = tree.split('\n').filter((line) => !aside.test(line.split('\t')[1] ?? ''))
  return folders
    .map((folder) => files.filter((line) => line.split('\t')[1]?.startsWith(`${folder}/`)))
    .map((lines) => createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 10))
    .join('-')
}

/** The folders in which two states of the sources differ. */
export function changedFolders(before: string, after: string): string[] {
  const [old, now] = [before.split('-'), after.split('-')]
  return folders.filter((_, index) => old[index] !== now[index])
}
