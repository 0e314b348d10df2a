/** A system that misbehaves as a process: a clear message, the right exit code, nothing of the kit's insides, nothing left behind. */
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { command, type Ran } from '../testing/command.ts'

const hostile = fileURLToPath(new URL('../testing/hostile.ts', import.meta.url))

/** A mark in the environment of the kit and all its children, to find any that is left. */
function leftBehind(mark: string): string {
  return execFileSync('sh', ['-c', `grep -l -z '^MARK=${mark}$' /proc/[0-9]*/environ 2>/dev/null || true`], { encoding: 'utf8' })
}

async function runHostile(how: string): Promise<Ran> {
  const mark = `${how.replaceAll(' ', '-')}-${process.pid}`
  const args = [
    'run',
    hostile,
    '--patience',
    '3',
    '--only',
    'LIFE-15,PUB-02',
    '--seed',
    '1',
    '--runs',
    '60',
    '--out',
    `${tmpdir()}/hostile-${mark}`,
  ]
  const ran = await command(args, { HOSTILE: how, MARK: mark })
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
])('a system that %s is told of, with exit code 2', { timeout: 60_000 }, async (how, message) => {
  const ran = await runHostile(how)
  expect(ran.stdout).toMatch(message)
  expect(ran.code).toBe(2)
})
