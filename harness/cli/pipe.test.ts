/** What is printed to somebody who reads no more. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))

test('a pipe that is closed is no failure of the run: no word of it, and the exit code is that of the verdict', {
  timeout: 60_000,
}, async () => {
  const run = `"${process.execPath}" --import tsx "${main}" explain PUB-02 | true; echo "\${PIPESTATUS[0]}"`
  const { stdout, stderr } = await promisify(execFile)('bash', ['-c', run], { env: { ...process.env, NODE_OPTIONS: '' } })
  expect(stderr).toBe('')
  expect(stdout).toBe('0\n')
})
