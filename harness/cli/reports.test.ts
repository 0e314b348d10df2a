/** The reports of real runs: of one that passes, one that fails, one that cannot be judged, and one that cannot be written. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { XmlDocument } from 'libxml2-wasm'
import { expect, test } from 'vitest'
import { everything } from '../../reports/testing/results.ts'
import { command } from '../testing/command.ts'
import { reportKinds, reportsOf, writeReports } from './reports.ts'

const hostile = fileURLToPath(new URL('../testing/hostile.ts', import.meta.url))
const dyingSimulation = fileURLToPath(new URL('../testing/dying-simulation.ts', import.meta.url))
const directory = (): string => mkdtempSync(join(tmpdir(), 'reports-'))

/** Runs a cheap selection and reads what it wrote. */
async function reported(system: string, runs: number, env: Record<string, string> = {}, out = directory(), only = 'PUB-02') {
  const args = ['run', system, '--only', only, '--seed', '7', '--runs', String(runs)]
  const ran = await command([...args, '--report', 'json,junit,markdown,html', '--out', out], env)
  const read = (file: string): string => readFileSync(join(out, file), 'utf8')
  return { ...ran, out, read }
}

test('a passing run', { timeout: 60_000 }, async () => {
  const { code, stdout, out, read } = await reported('ws', 5)
  expect(code).toBe(0)
  expect(stdout).not.toMatch(/^::/m)
  expect(readdirSync(out).toSorted()).toEqual(['cards', 'conformance.html', 'conformance.json', 'junit.xml', 'summary.md'])
  expect(JSON.parse(read('conformance.json')).systems[0].requirements[0].verdict).toBe('passed')
  const [suite] = XmlDocument.fromString(read('junit.xml')).find("//testsuite[@name='ws' and @tests='1' and @failures='0']")
  expect(suite?.find("testcase[@classname='ws.publishing' and starts-with(@name, 'PUB-02 ') and not(*)]")).toHaveLength(1)
  expect(read('summary.md')).toMatch(/\| <code>ws<\/code> \| +\| judged \| 1 \| 0 \| 0 \|/)
  expect(read('summary.md')).not.toContain('###')
})

test('a failing run: the failure in each report, with the program and the command of the card', { timeout: 60_000 }, async () => {
  const { code, stdout, out, read } = await reported('mutant:excludes-nobody', 20)
  const card = join(out, 'cards', 'mutant_excludes-nobody-PUB-02.json')
  const replay = `channel-conformance replay ${card}`
  expect(code).toBe(1)
  expect(stdout).toContain(replay)
  const [requirement] = JSON.parse(read('conformance.json')).systems[0].requirements
  expect(requirement).toMatchObject({ id: 'PUB-02', verdict: 'failed', violations: [{ observed: 'c0 received it', card }] })
  const failure = XmlDocument.fromString(read('junit.xml')).get("//testcase[starts-with(@name, 'PUB-02')]/failure")
  expect(stdout).toMatch(/^PUB-02 \(must\) violated by "mutant:excludes-nobody", reproduced \d+ of 10 times$/m)
  expect(stdout).toMatch(/^ {2}◆ +│◀─+ \{"m":"1\.0"\} ─+┤$/m)
  expect(failure?.content).toContain('observed  c0 received it')
  expect(failure?.content).toContain(replay)
  const markdown = read('summary.md')
  expect(markdown).toContain('<b>PUB-02</b> (must) violated by <code>mutant:excludes-nobody</code>')
  expect(markdown).toContain('- observed <code>c0 received it</code>')
  expect(markdown).toMatch(/```text\nc0 on main\nstep 0 {2}c0 act \[subscribe topic=\w+\]\nstep 1 {2}c0 act \[publish/)
  expect(markdown).toContain(`\`\`\`sh\n${replay}\n\`\`\``)
})

test('what only the simulation finds has its card in the reports too', { timeout: 120_000 }, async () => {
  const { out, read } = await reported('mutant:connect-without-a-token', 5, {}, directory(), 'STATELESS-11')
  const card = join(out, 'cards', 'mutant_connect-without-a-token-STATELESS-11-simulated.json')
  expect(JSON.parse(readFileSync(card, 'utf8')).program.schedule).toBeDefined()
  const [requirement] = JSON.parse(read('conformance.json')).systems[0].requirements
  expect(requirement.violations.map((violation: { card?: string }) => violation.card)).toEqual([card])
  for (const file of ['junit.xml', 'summary.md', 'conformance.html'])
    expect(read(file)).toContain(`channel-conformance replay ${card}`)
})

test('a system that does not start is in each report', { timeout: 60_000 }, async () => {
  const { code, read } = await reported(hostile, 5, { HOSTILE: 'crashes at start' })
  expect(code).toBe(2)
  for (const { file } of reportKinds) expect(read(file)).toContain('did not start: Error: the port is taken')
})

test('what was found live is reported although the simulation dies', { timeout: 60_000 }, async () => {
  const { code, stdout, read } = await reported(dyingSimulation, 5)
  expect(code).toBe(2)
  expect(stdout).toMatch(
    /^dying: 1 passed of 1 requirements.*; could not be judged to the end: .*ended by itself with exit code 3$/m,
  )
  for (const { file } of reportKinds) expect(read(file)).toContain('ended by itself with exit code 3')
})

test('one that cannot be written: one line, exit code 2, and the others are there', { timeout: 60_000 }, async () => {
  const out = directory()
  mkdirSync(join(out, 'junit.xml'))
  const { code, stdout, stderr, read } = await reported('ws', 5, {}, out)
  expect(code).toBe(2)
  expect(stderr).toMatch(/^error: cannot write the junit report to .*junit\.xml: EISDIR.*\n$/)
  expect(stdout).toContain('MUST: 1 passed')
  expect(JSON.parse(read('conformance.json')).seed).toBe(7)
  expect(read('summary.md')).toContain('seed 7')
})

test('one that cannot be made: the others are written all the same', () => {
  const out = directory()
  const failing = {
    kind: 'failing',
    file: 'failing.txt',
    render: () => {
      throw new Error('boom')
    },
  }
  expect(writeReports([failing, ...reportKinds], out, everything, [])).toEqual([
    `cannot write the failing report to ${join(out, 'failing.txt')}: boom`,
  ])
  expect(readdirSync(out).toSorted()).toEqual(reportKinds.map(({ file }) => file).toSorted())
})

test('kinds are named by comma, once or twice, with or without spaces', () => {
  expect(reportsOf('markdown, json,json').map(({ kind }) => kind)).toEqual(['json', 'markdown'])
  expect(reportsOf(undefined)).toEqual([])
  expect(() => reportsOf('json,pdf')).toThrow('there is no report of kind "pdf"')
})

test('the help names every kind and its file', { timeout: 30_000 }, async () => {
  const { stdout } = await command(['run', '--help'])
  const help = stdout.replaceAll(/\s+/g, ' ')
  for (const { kind, file } of reportKinds) expect(help).toContain(`${kind} (${file})`)
})
