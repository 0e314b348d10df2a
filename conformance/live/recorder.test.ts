import { expect, test } from 'vitest'
import { type Absent, Recorder } from './recorder.ts'

const patient = { stall: 60_000, hang: 60_000, absent: 60_000, start: 60_000 }
const impatient = { stall: 1, hang: 1, absent: 1, start: 1 }

test('a wait ends with the event it is for', async () => {
  const recorder = new Recorder(patient)
  const waiting = recorder.until('a gate', undefined, () => recorder.events.length === 2)
  recorder.emit({ at: 'client', kind: 'gate', name: 'a' })
  recorder.emit({ at: 'client', kind: 'gate', name: 'b' })
  expect(await waiting).toBe('done')
  expect(recorder.timeouts).toBe(0)
})

test('a stall is recorded and lets go of what holds up; the wait can still end well', async () => {
  const recorder = new Recorder({ ...patient, stall: 1 })
  recorder.onStall = () => recorder.emit({ at: 'client', kind: 'gate', name: 'a' })
  const waited = await recorder.until('a gate', '1.0', () => recorder.events.some((event) => event.kind === 'gate'))
  expect(waited).toBe('done')
  expect(recorder.events.map(({ kind }) => kind)).toEqual(['stall', 'gate'])
  expect(recorder.timeouts).toBe(0)
})

test('a hang is counted once and gives up every other wait', async () => {
  const recorder = new Recorder(impatient)
  const never = () => false
  expect(await Promise.all([recorder.until('x', '1.0', never), recorder.until('y', '1.1', never)])).toEqual(['hung', 'hung'])
  expect(recorder.timeouts).toBe(1)
  expect(recorder.events.filter(({ kind }) => kind === 'timeout')).toHaveLength(1)
})

/** A patience that lasts one turn of the event loop. */
const turn = (): { late: Promise<'late'>; cancel(): void } => ({
  late: new Promise((resolve) => setImmediate(() => setImmediate(resolve, 'late'))),
  cancel: () => {},
})

/** Shows a sign of life every turn, so many times. */
const talk = (recorder: Recorder, times: number): void => {
  recorder.poke()
  if (times > 0) setImmediate(() => talk(recorder, times - 1))
}

test('while anything happens a wait is no stall, but not without end', async () => {
  const recorder = new Recorder(patient, turn)
  const waiting = recorder.until('a gate', undefined, () => recorder.events.some((event) => event.kind === 'gate'))
  talk(recorder, 8)
  for (let left = 8; left > 0; left--) await new Promise((resolve) => setImmediate(resolve))
  recorder.emit({ at: 'client', kind: 'gate', name: 'a' })
  expect(await waiting).toBe('done')
  expect(recorder.events.map(({ kind }) => kind)).toEqual(['gate'])

  const chatty = new Recorder(patient, turn)
  talk(chatty, 1_000)
  expect(await chatty.until('x', undefined, () => false)).toBe('hung')
})

test('events of a connection of another program are marked as strays', () => {
  const recorder = new Recorder(patient)
  recorder.aliases.set('k1', 'c0')
  const settled = { at: 'server', kind: 'settled', call: 0, handler: 'onDisconnect', channelId: 'x', seq: 0 } as const
  recorder.trace('host', { ...settled, conn: 'k1' })
  recorder.trace('host', { ...settled, conn: 'k0' })
  expect(recorder.events.map(({ conn }) => conn)).toEqual(['c0', '~k0'])
})

test('what may stay away is noted, and the program goes on; a stop has the time of a hang', async () => {
  const never = (): boolean => false
  const patienceFor = async (absent: Absent): Promise<number[]> => {
    const asked: number[] = []
    const recorder = new Recorder({ stall: 1, hang: 3, absent: 2, start: 4 }, (patience) => {
      asked.push(patience)
      return turn()
    })
    expect(await recorder.until('it', undefined, never, absent)).toBe('absent')
    expect([recorder.timeouts, recorder.events.at(-1)]).toMatchObject([0, { kind: 'absent', what: absent.what }])
    return asked
  }
  expect(await patienceFor({ conn: 'c0', what: 'the close' })).toContain(2)
  expect(await patienceFor({ what: 'the stop' })).not.toContain(2)
})

const absences: Absent[] = [{ conn: 'c0', what: 'the close' }, { conn: 'c0', what: 'onDisconnect' }, { what: 'the stop' }]

test.each(absences)('of a system that does not answer any more, or with errors, $what is not noted as absent', async (absent) => {
  for (const proveAlive of [() => new Promise<boolean>(() => {}), async () => false]) {
    const silent = new Recorder(impatient)
    silent.proveAlive = proveAlive
    expect(await silent.until('it', undefined, () => false, absent)).toBe('hung')
    expect(silent.timeouts).toBe(1)
    expect(silent.events.map(({ kind }) => kind)).toEqual(['timeout'])
  }
})

test('what comes while the system shows that it is alive is not absent', async () => {
  let come = false
  let asked = 0
  const recorder = new Recorder(impatient)
  recorder.proveAlive = async () => {
    come = ++asked === 2
    return true
  }
  expect(await recorder.until('it', undefined, () => come, { conn: 'c0', what: 'the close' })).toBe('done')
  expect(recorder.events.map(({ kind }) => kind)).toEqual(['stall'])
})
