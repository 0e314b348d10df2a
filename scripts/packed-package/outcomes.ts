/** Running the example's scripts, and reading what each runner reports: by its own format for programs, never by its prose. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/** The tests one run declared, by their requirement's id. */
export interface Outcomes {
  /** The exit code. */
  code: number
  /** The title of the suite around them. */
  suite: string
  tests: Record<string, 'passed' | 'failed' | 'skipped'>
  /** What failed tests say. */
  messages: string[]
}

interface Runner {
  /** What is added to the script's command, or to Node's options where that takes none. */
  args?: string[]
  nodeOptions?: string
  read(output: string): { suite: string; title: string; status: string; message?: string }[]
}

interface JestReport {
  testResults: { assertionResults: { ancestorTitles: string[]; title: string; status: string; failureMessages: string[] }[] }[]
}

interface MochaTest {
  title: string
  fullTitle: string
  err: { message?: string }
}

const readJest = (output: string) =>
  (JSON.parse(output) as JestReport).testResults
    .flatMap((file) => file.assertionResults)
    .map(({ ancestorTitles, title, status, failureMessages }) => ({
      suite: ancestorTitles.join(' '),
      title,
      status,
      message: failureMessages.join('\n'),
    }))

/** By the name that the script has after `test:`. */
export const runners: Readonly<Record<string, Runner>> = {
  // vitest's report has the form of jest's.
  vitest: { args: ['--reporter=json'], read: readJest },
  jest: { args: ['--json'], read: readJest },
  mocha: {
    args: ['--reporter=json'],
    read(output) {
      const { tests, passes, pending } = JSON.parse(output) as Record<'tests' | 'passes' | 'pending', MochaTest[]>
      const among = (list: MochaTest[], { fullTitle }: MochaTest): boolean => list.some((each) => each.fullTitle === fullTitle)
      return tests.map((test) => ({
        suite: test.fullTitle.slice(0, -test.title.length).trim(),
        title: test.title,
        status: among(passes, test) ? 'passed' : among(pending, test) ? 'skipped' : 'failed',
        message: test.err.message,
      }))
    },
  },
  node: {
    nodeOptions: '--test-reporter=tap',
    read(output) {
      const suite = /^# Subtest: (.*)$/m.exec(output)?.[1] ?? ''
      // A test's own lines stand within its suite's, which has the depth of one.
      return output
        .split(/^ {4}# Subtest: .*$/m)
        .slice(1)
        .map((text) => {
          const [, not, title = '', directive] = /^ {4}(not )?ok \d+ - (.*?)( # (?:SKIP|TODO).*)?$/m.exec(text) ?? []
          const status = not !== undefined ? 'failed' : directive !== undefined ? 'skipped' : 'passed'
          return { suite, title, status, message: text }
        })
    },
  },
}

/** Runs `npm run test:NAME` in `project`, for the requirements of `only`; `signal` ends it. */
export async function run(name: string, project: string, only: string, signal: AbortSignal): Promise<Outcomes> {
  const { args = [], nodeOptions, read } = runners[name] as Runner
  const { PATH, HOME } = process.env
  // Nothing of the test runner that this runs in.
  const env = { PATH, HOME, ONLY: only, NO_COLOR: '1', ...(nodeOptions === undefined ? {} : { NODE_OPTIONS: nodeOptions }) }
  const { code, output, errors } = await ended('npm', ['run', '--silent', `test:${name}`, '--', ...args], project, env, signal)
  const told = reading(() => read(output), `${name} reported\n${output}\n${errors}`)
  const tests = told.map(({ title, status }): [string, string] => [title.split(' ')[0] ?? '', status])
  if (new Set(tests.map(([id]) => id)).size < tests.length) throw new Error(`tests of the same id:\n${output}`)
  return {
    code,
    suite: [...new Set(told.map(({ suite }) => suite))].join(', '),
    tests: Object.fromEntries(tests) as Outcomes['tests'],
    messages: told.flatMap(({ status, message }) => (status === 'failed' ? [message ?? ''] : [])),
  }
}

/** Runs a command to its end. It leads a group of its own, so that an abort ends the runner too, two processes below npm. */
async function ended(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv, signal: AbortSignal) {
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const end = (): void => void (child.pid !== undefined && process.kill(-child.pid))
  signal.addEventListener('abort', end)
  const [[code], output, errors] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)])
  signal.removeEventListener('abort', end)
  return { code: code as number, output, errors }
}

/** @throws Error with `context` where there is no report to read: a runner that did not start says why */
function reading<T>(read: () => T, context: string): T {
  try {
    return read()
  } catch (error) {
    throw new Error(context, { cause: error })
  }
}
