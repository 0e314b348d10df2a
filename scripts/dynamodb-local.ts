/**
 * Runs a command beside AWS's own DynamoDB Local: `tsx scripts/dynamodb-local.ts COMMAND ARGUMENTS...` sets
 * DYNAMODB_ENDPOINT and DYNAMODB_ENGINE for it, ends with its exit code, and leaves no engine behind. Exit code 2 where
 * the engine cannot be had: no Java, no network.
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { cacheDirectory, fetched } from './dynamodb-local/fetch.ts'
import { findJava } from './dynamodb-local/java.ts'
import { startLocal } from './dynamodb-local/start.ts'

const usage = 'usage: tsx scripts/dynamodb-local.ts COMMAND ARGUMENTS...; it runs with DYNAMODB_ENDPOINT set\n'
const signals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const
const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`

/** The exit code of `command`, run beside the engine. @throws Error where there is none */
async function beside([command, ...args]: [string, ...string[]]): Promise<number> {
  const begun = performance.now()
  const java = findJava()
  const engine = await startLocal(java, await fetched(cacheDirectory()))
  const up = seconds(begun)
  const name = `DynamoDB Local${engine.version === undefined ? '' : ` ${engine.version}`}`
  const ready = performance.now()
  try {
    const child = spawn(command, args, {
      stdio: 'inherit',
      env: { ...process.env, DYNAMODB_ENDPOINT: engine.endpoint, DYNAMODB_ENGINE: name },
    })
    // The command is told what this process is told, and this process ends when it has ended.
    for (const signal of Object.keys(signals) as (keyof typeof signals)[]) process.on(signal, () => child.kill(signal))
    const code = await new Promise<number>((resolve, reject) => {
      child.on('error', (error) => reject(new Error(`cannot run ${command}: ${error.message}`)))
      child.on('exit', (exit, signal) => resolve(exit ?? 128 + (signals[signal as keyof typeof signals] ?? 9)))
      // Without its engine it has nothing to go on with.
      engine.died.catch((error: Error) => {
        child.kill()
        reject(error)
      })
    })
    process.stdout.write(
      `on ${name}: ${code === 0 ? 'passed' : `ended with exit code ${code}`} in ${seconds(ready)}, after ${up} for the engine\n`,
    )
    return code
  } finally {
    await engine.end()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [command, ...args] = process.argv.slice(2)
  if (command === undefined) {
    process.stderr.write(usage)
    process.exitCode = 2
  } else {
    process.exitCode = await beside([command, ...args]).catch((error: Error) => {
      process.stderr.write(`${error.message}\n`)
      return 2
    })
  }
}
