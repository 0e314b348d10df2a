import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

test('without the SDK the adapter loads, and its first use says in one line what to install', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'no-sdk-'))
  try {
    for (const name of ['adapters', 'spec', 'package.json']) cpSync(join(root, name), join(folder, name), { recursive: true })
    mkdirSync(join(folder, 'node_modules'))
    for (const name of [
      'p-limit',
      'yocto-queue',
      'tsx',
      'esbuild',
      '@esbuild',
      'get-tsconfig',
      'resolve-pkg-maps',
      'get-east-asian-width',
    ])
      symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name))
    const script = `
      import { createApplication } from './adapters/runtime/index.ts'
      import { createLambdaHandler, createTable } from './adapters/dynamodb-serverless/index.ts'
      const handler = createLambdaHandler({ application: createApplication(), table: 't', route: '/' })
      for (const attempt of [() => handler({ sweep: true }), () => createTable({}, 't')])
        await attempt().catch((error) => console.log(error.message))
    `
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--preserve-symlinks', '--import', import.meta.resolve('tsx'), '--input-type=module', '-e', script],
      { cwd: folder },
    )
    const line = '@aws-sdk/client-dynamodb is not installed; install it with: npm install @aws-sdk/client-dynamodb'
    expect(stdout.trim().split('\n')).toEqual([line, line])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
