/**
 * What is run on DynamoDB Local: the tests of the stores, and the suite against dynamodb-serverless; further arguments
 * are the suite's. Exit code: the first that is not 0.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** It takes its time: a thousand channels are connected in half a minute there. */
const patience = '2m'

/** Programs for each clause: its floor there is 5. */
const enough = 6

const modules = new URL('../../node_modules/', import.meta.url)
const node = (...args: string[]): number => {
  const { status, error } = spawnSync(process.execPath, args, { stdio: 'inherit', cwd: new URL('../../', import.meta.url) })
  if (error !== undefined) throw error
  return status ?? 1
}

const given = process.argv.slice(2)
const stores = node(fileURLToPath(new URL('vitest/vitest.mjs', modules)), 'run', 'adapters/dynamodb-serverless')
const suite = node(
  ...['--import', 'tsx', 'harness/cli/main.ts', 'run', 'dynamodb-serverless'],
  ...(given.includes('--runs') || given.includes('--enough') ? [] : ['--enough', String(enough)]),
  ...(given.includes('--patience') ? [] : ['--patience', patience]),
  ...given,
)
process.exitCode = stores === 0 ? suite : stores
