/**
 * Runs Java for the script, and ends it when the script is gone, however it went: a signal that ends the script at once
 * leaves it no time to do so itself. Arguments: the directory of the engine, Java's command, Java's arguments.
 */
import { spawn } from 'node:child_process'

const [directory, java = 'java', ...args] = process.argv.slice(2)
const engine = spawn(java, args, { cwd: directory, stdio: ['ignore', 'inherit', 'inherit'] })
engine.on('error', (error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
engine.on('exit', (code) => process.exit(code ?? 1))
process.on('disconnect', () => engine.kill('SIGKILL'))
// An interrupt reaches everybody at the terminal; the engine is ended once the script has let go.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
