import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HostError } from '../host.ts'
import { putOff } from './schedule.ts'
import { SimulatedProgram } from './simulation.ts'

/** Two workers of three tasks each, and what came of a schedule. */
async function twoWorkers(choices: number[]): Promise<string> {
  const simulation = new SimulatedProgram(choices)
  const log: string[] = []
  const worker = async (by: string): Promise<void> => {
    for (let n = 1; n <= 3; n++) await simulation.task(`${by}${n}`, () => log.push(`${by}${n}`), { by })
  }
  await simulation.run(Promise.all([worker('a'), worker('b')]))
  return log.join(' ')
}

test('without a choice a worker goes on until it is done', async () => {
  expect(await twoWorkers([])).toBe('a1 a2 a3 b1 b2 b3')
})

test('a choice changes over, and what follows goes on with whoever went last', async () => {
  expect(await twoWorkers([0, 1])).toBe('a1 b1 b2 b3 a2 a3')
  expect(await twoWorkers([1, 1, 1, 1])).toBe('b1 a1 b2 a2 a3 b3')
})

test('a number beyond the tasks there are is counted round', async () => {
  expect(await twoWorkers([7, 9, 3, 5])).toBe(await twoWorkers([1, 1, 1, 1]))
})

test("the order that came of it replays on fast-check's own scheduler", async () => {
  const names = ['a', 'b', 'c', 'd']
  const simulation = new SimulatedProgram([2, 1, 1])
  const seen: string[] = []
  await simulation.run(Promise.all(names.map((name) => simulation.task(name, () => seen.push(name), { by: name }))))
  expect(seen.join('')).toBe('cbda')
  expect(simulation.schedule.widths).toEqual([4, 3, 2])
  const replayed: string[] = []
  const scheduler = fc.schedulerFor([...simulation.schedule.order])
  const again = names.map((name) => scheduler.schedule(Promise.resolve(), name).then(() => replayed.push(name)))
  await scheduler.waitFor(Promise.all(again))
  expect(replayed).toEqual(seen)
})

test('time passes only while nothing else can happen, and in the order of the waits', async () => {
  const simulation = new SimulatedProgram([])
  const started = simulation.now()
  const log: [string, number][] = []
  const note = (name: string) => log.push([name, simulation.now() - started])
  const wait = async (ms: number): Promise<void> => {
    await simulation.wait(ms, `${ms}`)
    note(`${ms}`)
  }
  await simulation.run(Promise.all([wait(900), wait(20), simulation.task('task', () => note('task'))]))
  expect(log).toEqual([
    ['task', 0],
    ['20', 20],
    ['900', 900],
  ])
})

test('a short wait may end before a task, but never keep one waiting beyond its patience', async () => {
  const log: string[] = []
  const attempt = async (ms: number, patience: number): Promise<string> => {
    log.length = 0
    const simulation = new SimulatedProgram([1])
    const waiting = simulation.wait(ms, 'wait', 'w').then(() => log.push('wait'))
    const task = simulation.task('task', () => log.push('task'), { by: 't', patience })
    await simulation.run(Promise.all([waiting, task]))
    return log.join(' ')
  }
  expect(await attempt(20, 1000)).toBe('wait task')
  expect(await attempt(1001, 1000)).toBe('task wait')
  expect(await attempt(60_000, 600_000)).toBe('task wait')
})

test('a program lets hours pass, and whoever waits meanwhile wakes in turn', async () => {
  const simulation = new SimulatedProgram([])
  const started = simulation.now()
  let polls = 0
  const poll = async (): Promise<void> => {
    for (; polls < 10; polls++) await simulation.wait(600_000, 'poll', 'p')
  }
  const polling = poll()
  await simulation.run(simulation.advance(7_200_000))
  expect([polls, simulation.now() - started]).toEqual([10, 7_200_000])
  await polling
})

test('an alarm rings when nothing happens, however many hours a program lets pass meanwhile', async () => {
  const simulation = new SimulatedProgram([])
  const { late } = simulation.alarm()
  let rung = false
  const ringing = late.then(() => {
    rung = true
  })
  await simulation.run(simulation.advance(36_000_000))
  expect(rung).toBe(false)
  await simulation.run(ringing)
  expect(rung).toBe(true)
})

test('work that waits for ever ends with an alarm, or with an error where there is none', async () => {
  const endless = async (simulation: SimulatedProgram): Promise<never> => {
    for (;;) await simulation.wait(0, 'again')
  }
  const simulation = new SimulatedProgram([])
  void endless(simulation)
  expect(await simulation.run(simulation.alarm().late)).toBe('late')
  const stuck = new SimulatedProgram([])
  await expect(stuck.run(new Promise(() => {}))).rejects.toThrow(HostError)
})

test('what is put off happens when nothing else is left', async () => {
  expect(await twoWorkers([putOff])).toBe('b1 b2 b3 a1 a2 a3')
  expect(await twoWorkers([0, putOff])).toBe('a1 b1 b2 b3 a2 a3')
})
