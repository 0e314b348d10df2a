/**
 * The rule about timers: waits are for events. Timers may stand in the deadlines file and the short list below, which
 * is printed each time; anywhere else one is an error.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Where timers may stand, and why. */
export const permitted: Readonly<Record<string, string>> = {
  'conformance/deadlines.ts': 'the last resorts for systems that hang, all in one place',
  'adapters/runtime/local-channel.ts': 'the handler deadline of a closed connection (LIFE-11)',
  'adapters/runtime/connections.ts': 'the stop deadline (LIFE-18)',
  'adapters/uws/connection.ts': 'a closed connection whose client does not read',
  'adapters/uws/server.ts': 'sockets that linger after a stop',
  'harness/gateway/clock.ts': 'the clock that systems with a platform wait on, which programs move on',
  'adapters/dynamodb-serverless/clock.ts': "the pauses of the protocol, on the machine's own clock",
  'harness/mutants/lifecycle/closing.ts': 'the text of an edit that takes a deadline away',
  'harness/mutants/lifecycle/connecting.ts': 'the text of an edit that begins a connect behind a look-up',
  'harness/mutants/publishing/delivery.ts': 'the text of an edit that gathers frames',
  'harness/mutants/sending/batching.ts': 'the text of an edit that gathers messages',
  'harness/mutants/held-out/third-early.ts': 'the text of an edit that does without a grace',
  'harness/mutants/held-out/fourth-early.ts': 'the text of an edit that takes turns',
}

const timer =
  /(?<!typeof )(?<!['.])\b(setTimeout|setInterval)\b(?!')|globalThis\.set(Timeout|Interval)|node:timers|timers\/promises|AbortSignal\.timeout|Atomics\.wait|\b(sleep|delay)\s*\(/

/** A timer where none may be. */
export interface Stray {
  file: string
  line: number
  text: string
}

/** Timers in `text` that `file` may not have; comments do not count. */
export function strayTimers(file: string, text: string): Stray[] {
  if (Object.hasOwn(permitted, file)) return []
  return text.split('\n').flatMap((line, index) => {
    const code = line.replace(/^\s*(\*|\/\/|\/\*).*$/, '').replace(/(^|\s)\/\/.*$/, '')
    return timer.test(code) ? [{ file, line: index + 1, text: line.trim() }] : []
  })
}

/** The sources and tests git knows of. */
export function sourceFiles(): string[] {
  const root = fileURLToPath(new URL('../', import.meta.url))
  return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((file) => file !== '' && !file.startsWith('scripts/timers'))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = new URL('../', import.meta.url)
  const strays = sourceFiles().flatMap((file) => strayTimers(file, readFileSync(new URL(file, root), 'utf8')))
  for (const [file, why] of Object.entries(permitted)) process.stdout.write(`timers may stand in ${file}: ${why}\n`)
  for (const { file, line, text } of strays)
    process.stderr.write(`${file}:${line}: a timer where none may be; wait for an event instead: ${text}\n`)
  process.exitCode = strays.length === 0 ? 0 : 1
}
