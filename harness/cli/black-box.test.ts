/** `run --url` on the example host: a server in another language, started here as anybody would start it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { command } from '../testing/command.ts'

const example = fileURLToPath(new URL('../../examples/black-box-host/main.py', import.meta.url))

const { error, status } = spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))'])
/** Why the example cannot be started here; undefined where it can. */
const why = error !== undefined ? 'python3 is not installed' : status === 0 ? undefined : 'python3 is older than 3.9'
const named = (name: string): string => (why === undefined ? name : `${name} (skipped: ${why})`)

const running: ChildProcess[] = []
afterEach(async () => {
  for (const child of running.splice(0)) {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill()
    await gone
  }
})

/** Starts the example host on a free port and gives its address. */
async function start(defect?: string): Promise<string> {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...(defect !== undefined && { BLACK_BOX_DEFECT: defect }) }
  const child = spawn('python3', [example, '0'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  running.push(child)
  for await (const line of createInterface(child.stdout)) return line
  throw new Error('the example host said nothing')
}

const out = (): string => mkdtempSync(join(tmpdir(), 'black-box-'))

test.skipIf(why !== undefined)(named('passes, twice over on the same process'), async () => {
  const url = await start()
  const args = ['run', '--url', url, '--only', 'LIFE-15,PUB-02,LIFE-18,SEND-13', '--seed', '1', '--runs', '6', '--out', out()]
  for (let run = 0; run < 2; run++) {
    const { code, stdout } = await command(args)
    expect(stdout).toMatch(
      /^python-example on Python 3\.\d+\.\d+: 2 passed, 1 not-observable, 1 not-applicable of 4 requirements/,
    )
    expect(stdout).toContain('not observable, since its host does not offer the channel shaped: SEND-13')
    expect(code).toBe(0)
  }
})

test.skipIf(why !== undefined)(named('one deliberate defect fails its requirement alone, with a card that replays'), async () => {
  const url = await start('excludes-nobody')
  const directory = out()
  const ran = await command([
    'run',
    '--url',
    url,
    '--only',
    'publishing',
    '--skip',
    'PUB-12',
    '--seed',
    '1',
    '--runs',
    '60',
    '--out',
    directory,
  ])
  expect(ran.stdout).toMatch(/ 1 failed/)
  expect(ran.stdout).toMatch(/^ {2}PUB-02 failed$/m)
  expect(ran.code).toBe(1)
  const card = join(directory, 'cards', 'python-example-PUB-02.json')
  expect(ran.stdout).toContain(`channel-conformance replay ${card} --url ${url}`)
  const again = await command(['replay', card, '--url', url])
  expect(again.stdout).toMatch(/PUB-02 \(must\) violated by "python-example"/)
  expect(again.code).toBe(1)
  const sound = await start()
  const { code, stdout } = await command(['replay', card, '--url', sound])
  expect(stdout).toMatch(/PUB-02 no longer fails on python-example/)
  expect(code).toBe(0)
})

test.skipIf(why !== undefined)(named('--capabilities are what it is judged by'), async () => {
  const url = await start()
  const args = ['run', '--url', url, '--only', 'LIFE-18', '--seed', '1', '--runs', '6', '--out', out()]
  const { code, stdout } = await command([...args, '--capabilities', 'stateful,ordered,gracefulStop'])
  expect(stdout).toContain('not observable, since a server that was started elsewhere is not stopped by the kit: LIFE-18')
  expect(code).toBe(0)
})

test.each([
  [['run', 'ws', '--url', 'http://127.0.0.1:1'], /--url is judged by itself: expected no system beside it, not ws/],
  [['run', '--url', '127.0.0.1:1'], /--url takes the base address of a server such as http:.*, not "127\.0\.0\.1:1"/],
  [
    ['run', '--url', 'http://127.0.0.1:1', '--capabilities', 'flying'],
    /there is no capability "flying": expected some of stateful/,
  ],
  [['run', 'ws', '--capabilities', 'ordered'], /--capabilities goes with --url/],
  [['run', '--url', 'http://127.0.0.1:1'], /could not be judged: no answer to GET http:\/\/127\.0\.0\.1:1\/conformance: /],
])('%s', async (args, message) => {
  const { code, stdout, stderr } = await command([...args, '--out', out()])
  expect(`${stdout}${stderr}`.split('\n')[0]).toMatch(message)
  expect(code).toBe(2)
})
