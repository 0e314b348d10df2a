/** Cards of test runners through the real command: they know a system by its object alone. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { conform } from '../../conformance/doors/conform.ts'
import { minimalSystem } from '../../conformance/testing/minimal-system.ts'
import { plainFamilies } from '../../conformance/testing/plain-families.ts'
import { cardLines } from '../../reports/text/card.ts'
import { command } from '../testing/command.ts'

test('the printed command says what to fill in, replay without it does too, and with it the card fails again', {
  timeout: 60_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'replay-door-'))
  let card = ''
  const lines: string[] = []
  await conform(minimalSystem({ excludesNobody: true }), {
    ...{ only: ['PUB-02'], seed: 1, families: plainFamilies, out: join(folder, 'out') },
    onCard: (made, path) => {
      card = path ?? ''
      lines.push(...cardLines(made, path))
    },
  })
  expect(lines.at(-1)).toBe(`  replay    channel-conformance replay ${card} --system <module of your system>`)
  expect(await command(['replay', card])).toMatchObject({
    code: 2,
    stderr: 'error: the card does not say where "minimal" is: give --system PATH, the module whose default export it is\n',
  })
  const system = fileURLToPath(new URL('../../conformance/testing/minimal-system.ts', import.meta.url))
  const module = join(folder, 'minimal.ts')
  writeFileSync(
    module,
    `import { minimalSystem } from ${JSON.stringify(system)}\nexport default minimalSystem({ excludesNobody: true })\n`,
  )
  const { code, stdout } = await command(['replay', card, '--system', module])
  expect(stdout).toMatch(/PUB-02 \(must\) violated by "minimal"/)
  expect(code).toBe(1)
})
