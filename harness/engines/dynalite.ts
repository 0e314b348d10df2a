/** dynalite, embedded: in a process of its own, so that the system under test does not share its core with its engine. */
import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Engine } from './engine.ts'

/** What is said where it is not installed and nothing else was found. */
export const noDynalite =
  'no DynamoDB engine: dynalite is not installed; npm install --save-dev dynalite, or set DYNAMODB_ENDPOINT to the address of an engine, or start Docker with testcontainers installed'

/** Starts it empty, on a free port. @throws Error that says what to do where it is not installed or does not start */
export async function startDynalite(): Promise<Engine> {
  const version = dynaliteVersion()
  if (version === undefined) throw new Error(noDynalite)
  const source = import.meta.url.endsWith('.ts')
  const main = new URL(source ? './dynalite-main.ts' : './dynalite-main.js', import.meta.url)
  const child = fork(fileURLToPath(main), [], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: source ? ['--import', import.meta.resolve('tsx')] : [],
  })
  let written = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    written = (written + chunk.toString('utf8')).slice(-1_000)
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const { port } = await new Promise<{ port: number }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { port: number }))
    child.once('error', reject)
    child.once('exit', (code, signal) =>
      reject(new Error(`dynalite ended with ${signal ?? `exit code ${code}`} instead of starting: ${written.trim()}`)),
    )
  })
  // Nothing of it keeps this process alive: it ends when this one does.
  child.unref()
  child.channel?.unref()
  ;(child.stderr as unknown as { unref?(): void } | null)?.unref?.()
  return {
    name: 'dynalite',
    version,
    endpoint: `http://127.0.0.1:${port}`,
    stop: () => {
      if (child.connected) child.disconnect()
      return gone
    },
  }
}

/** dynalite's version; undefined where it is not installed. */
export function dynaliteVersion(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve('dynalite/package.json')
    return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version
  } catch {
    return undefined
  }
}
