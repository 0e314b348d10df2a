/** A system that misbehaves as a process: a clear message, the right exit code, nothing of the kit's insides, nothing left behind. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { command, type Ran } from '../testing/command.ts'

const hostile = fileURLToPath(new URL('../testing/hostile.ts', import.meta.url))

/** A mark in the environment of the kit and all its children, to find any that is left. */
function leftBehind(mark: string): string {
  return execFileSync('sh', ['-c', `grep -l -z '^MARK=${mark}$' /proc/[0-9]*/environ 2>/dev/null || true`], { encoding: 'utf8' })
}

/** What a run takes to find it out quickly. */
const argsOf = (mark: string): string[] => {
  const out = join(tmpdir(), `hostile-${mark}`)
  return ['run', hostile, '--patience', '3', '--only', 'LIFE-15,PUB-02', '--seed', '1', '--runs', '60', '--out', out]
}

const markOf = (how: string): string => `${how.replaceAll(' ', '-')}-${process.pid}`

async function runHostile(how: string): Promise<Ran> {
  const mark = markOf(how)
  const ran = await command(argsOf(mark), { HOSTILE: how, MARK: mark })
  expect(leftBehind(mark)).toBe('')
  expect(ran.stdout + ran.stderr).not.toMatch(/\n\s+at .*(conformance|harness)\//)
  return ran
}

test.each([
  ['busy loop', /hostile gave no answer to step \d+\.\d+ within 2 s, while waiting for its handler to settle/],
  ['silent', /hostile gave no answer to step \d+\.\d+ within 2 s, while waiting for its handler to settle/],
  ['dies', /ended by itself with exit code 3, after step \d+\.\S+ of program \d+ had begun/],
  ['crashes at start', /the system hostile did not start: Error: the port is taken/],
  ['garbage', /hostile refused the handshake of the probe's channel main: expected a WebSocket server there/],
  ['keeps its residue', /no answer within 3 s when asking hostile for what it still holds, after step \S+ of program/],
  ['fails at its residue', /an error when asking hostile for what it still holds: Error: boom, after step \S+ of program/],
])('%s: told of, with exit code 2', async (how, message) => {
  const ran = await runHostile(how)
  expect(ran.stdout).toMatch(message)
  expect(ran.code).toBe(2)
})

test('violates and dies: the violation is reported all the same, with exit code 1', async () => {
  const ran = await runHostile('violates and dies')
  expect(ran.stdout).toMatch(/PUB-02 \(must\) violated by "hostile"/)
  expect(ran.stdout).toMatch(/could not be judged to the end: .* exit code 7/)
  expect(ran.code).toBe(1)
})

test('a signal to the kit ends a system that is busy, too', async () => {
  const mark = markOf('signal')
  const args = ['--import', import.meta.resolve('tsx'), fileURLToPath(new URL('./main.ts', import.meta.url)), ...argsOf(mark)]
  const kit = spawn(process.execPath, [...args, '--patience', '600'], {
    env: { ...process.env, HOSTILE: 'busy loop', MARK: mark },
    stdio: 'ignore',
  })
  const closed = once(kit, 'close')
  // The busy system is a process that runs: nothing but its own processor time tells from outside.
  await busyProcess(mark)
  kit.kill('SIGTERM')
  await closed
  // What was killed may take a moment to be gone; what was not stays, and so does this test.
  while (leftBehind(mark) !== '') await new Promise((resolve) => setImmediate(resolve))
})

/** Waits, looking again and again, until a process with this mark other than the kit has used a second of processor time. */
async function busyProcess(mark: string): Promise<void> {
  for (;;) {
    const times = execFileSync(
      'sh',
      ['-c', `for p in $(grep -l -z '^MARK=${mark}$' /proc/[0-9]*/environ 2>/dev/null); do cat \${p%environ}stat; done || true`],
      {
        encoding: 'utf8',
      },
    )
    const busy = times.split('\n').filter((line) => Number(line.split(' ')[13]) > 300 && line.includes('('))
    if (busy.length > 0) return
  }
}
