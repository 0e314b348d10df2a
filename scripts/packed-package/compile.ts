/** Compiling the consumer as its own project would. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'

/** Ways in which projects find a package's declarations: `module` and `moduleResolution`. */
export const resolutions = [
  ['node16', 'node16'],
  ['nodenext', 'nodenext'],
  ['preserve', 'bundler'],
] as const

/** What the compiler says of `consumer.ts` in `project`: a line for each file it reads, or each error. The package's declarations are checked too. */
export async function compile(project: string, [module, resolution]: (typeof resolutions)[number]): Promise<string[]> {
  const options = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--target', 'es2023', '--lib', 'es2024', '--types', 'node']
  const args = [...options, '--module', module, '--moduleResolution', resolution, '--listFiles', 'consumer.ts']
  const output = await new Promise<string>((resolve) =>
    execFile(join(project, 'node_modules/.bin/tsc'), args, { cwd: project, maxBuffer: 2 ** 26 }, (_error, stdout) =>
      resolve(stdout),
    ),
  )
  return output.trim().split('\n')
}
