/** The ordinary command over the bundled systems. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ConformanceResult } from '../../spec/result.ts'
import { conformanceForm, parsed } from './forms.ts'
import { scoreboardSeed } from './whole-run.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/**
 * What the command reports; systems that failed are reported as such. `more` is for tests, which run less.
 * @throws Error where there is no report
 */
export async function runSuite(more: readonly string[] = []): Promise<ConformanceResult> {
  const out = mkdtempSync(join(tmpdir(), 'scoreboard-'))
  try {
    const args = ['harness/cli/main.ts', 'run', ...more, '--seed', String(scoreboardSeed), '--report', 'json', '--out', out]
    const child = spawn(process.execPath, ['--import', 'tsx', ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
    const file = join(out, 'conformance.json')
    if (!existsSync(file)) throw new Error(`the run ended with exit code ${code} and reported nothing: expected conformance.json`)
    return parsed(conformanceForm, file, readFileSync(file, 'utf8'))
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}
