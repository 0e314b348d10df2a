/** Bad input: one line that says what was expected, exit code 2. */
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { command } from '../testing/command.ts'

const noSystem = fileURLToPath(new URL('../testing/no-system.ts', import.meta.url))

test.each([
  [['run', 'nope'], /unknown system "nope": expected one of ws.*, or the path of a module/],
  [['run', './nope.ts'], /cannot read \.\/nope\.ts: there is no such file/],
  [['run', noSystem], /expected the default export of .*no-system\.ts to be a system.*it has no start function/],
  [['run', '--frob'], /unknown option '--frob'; see `channel-conformance --help`/],
  [['run', '--runs', 'many'], /'many' is invalid\. expected a whole number/],
  [['run', '--only', 'LIFE-99'], /no requirement or area is called "LIFE-99"/],
  [['run', '--only', 'PUB'], /called "PUB": expected an area \(lifecycle, routing, .*stores\) or an id such as PUB-01/],
  [['run', '--shard', '5/4'], /--shard takes a share such as 1\/4, not "5\/4"/],
  [['run', '--report', 'pdf'], /there is no report of kind "pdf": expected json, junit, markdown, html/],
  [['run', '--report', 'junit,pdf'], /there is no report of kind "pdf"/],
  [['run', '--simulated', '--report', 'json'], /--report tells of the whole suite: it cannot stand beside --simulated/],
  [['replay', './nope.json'], /cannot read the card \.\/nope\.json/],
  [['judge', './nope.jsonl'], /cannot read \.\/nope\.jsonl: there is no such file/],
  [['explain', 'LIFE-99'], /there is no requirement "LIFE-99"/],
  [['list', '--area', 'x'], /there is no area "x": expected one of lifecycle/],
  [['frobnicate'], /unknown command 'frobnicate'/],
])('%s', { timeout: 30_000 }, async (args, message) => {
  const { code, stdout, stderr } = await command(args)
  const said = `${stdout}${stderr}`.trim()
  expect(said).toMatch(message)
  expect(said.split('\n')[0]).toMatch(message)
  expect(code).toBe(2)
})
