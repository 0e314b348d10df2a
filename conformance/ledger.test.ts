import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { capabilityNames } from '../spec/capabilities.ts'
import { life03 } from '../spec/requirements/lifecycle/identity.ts'
import { Literal } from '../spec/testing/literal.ts'
import { enterInto, newLedger } from './ledger.ts'
import { judgeRecording, recordingLines } from './recording.ts'

const send = { op: 'send', value: { m: '1.1.0' } } as const

test('a message is entered under its channel where one operation alone was its cause', () => {
  const ledger = newLedger()
  const once = new Literal().connect('c0')
  once.act('c0', [send])
  enterInto(ledger, once.receive('c0', { m: '1.1.0' }).run(), 1)
  expect([...ledger.received]).toEqual([['id-c0 {"m":"1.1.0"}', 1]])
  expect([...ledger.channelIds]).toEqual([['id-c0', 1]])

  const twice = new Literal().connect('c0')
  twice.act('c0', [send, send])
  const other = newLedger()
  enterInto(other, twice.receive('c0', { m: '1.1.0' }).run(), 1)
  expect(other.received.size).toBe(0)
})

test('a recording: each started system has a ledger of its own', async () => {
  const facts = { recording: 1 as const, capabilities: [...capabilityNames], observes: ['trace' as const], family: 'f' }
  const judged = async (...programs: [system: string, program: number, conn?: string][]) => {
    const path = join(mkdtempSync(join(tmpdir(), 'recording-')), 'trace.jsonl')
    const lines = programs.map(([system, program, conn = 'c0']) =>
      recordingLines({ ...facts, system, program }, new Literal().connect(conn).events),
    )
    writeFileSync(path, lines.join(''))
    const { violations } = await judgeRecording(path, [life03])
    return violations.filter(({ violation }) => violation.clause === 'never shared').map(({ program }) => program)
  }
  expect(await judged(['ws', 1], ['ws', 2])).toEqual([2])
  expect(await judged(['ws', 1], ['uws', 1])).toEqual([])
  expect(await judged(['ws', 1], ['ws', 1])).toEqual([])
  // A program with a system of its own stands between two of the shared one.
  expect(await judged(['ws', 1], ['ws', 2, 'c2'], ['ws', 1, 'c1'], ['ws', 3, 'c1'], ['ws', 4])).toEqual([4])
})
