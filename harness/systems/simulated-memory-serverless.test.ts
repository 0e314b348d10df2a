import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deadlines } from '../../conformance/deadlines.ts'
import { Observer } from '../../conformance/observe.ts'
import type { Program } from '../../conformance/program.ts'
import { simulatedFamilies } from '../../conformance/simulated/families.ts'
import { hostSimulated } from '../../conformance/simulated/host.ts'
import { countRaces } from '../../conformance/simulated/races.ts'
import { memoryServerless } from './memory-serverless.ts'

/** So many programs of all families, the same every time. */
function programs(count: number): Program[] {
  const each = Math.ceil(count / simulatedFamilies.length)
  const sampled = simulatedFamilies.flatMap(({ arbitrary }) => fc.sample(arbitrary, { seed: 5, numRuns: each }))
  return sampled.slice(0, count)
}

const history = async (program: Program) => {
  const observer = new Observer(hostSimulated(memoryServerless), [], deadlines)
  return (await observer.observe(program)).execution.events
}

test('200 programs, run twice, give the same histories', { timeout: 240_000 }, async () => {
  for (const program of programs(200)) {
    const first = await history(program)
    // What stood between shows that nothing of another program or of the machine's time gets in.
    await history({ ...program, schedule: [] })
    expect(await history(program)).toEqual(first)
  }
})

test('a schedule alone decides whether a publish meets a removal', async () => {
  const program: Program = {
    clients: [{ channel: 'main', connect: [{ op: 'subscribe', topic: 't' }] }],
    prefix: [],
    phases: [{ lanes: [[{ do: 'publish', topic: 't', exclude: null }], [{ do: 'close', client: 0 }]] }],
  }
  const hits = async (schedule: number[]) => countRaces(await history({ ...program, schedule }))['publish/remove']
  expect(await hits([])).toBe(0)
  const found = await Promise.all([...Array(8)].map((_, at) => hits([...Array<number>(at).fill(0), 1, 1])))
  expect(Math.max(...found)).toBeGreaterThan(0)
})
