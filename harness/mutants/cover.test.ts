import { expect, test } from 'vitest'
import { hostInProcess } from '../../conformance/doors/in-process.ts'
import { stepsOf } from '../../conformance/program.ts'
import { families } from '../../conformance/programs/index.ts'
import { loadSystem } from '../load-system.ts'
import { type Cover, Covers, coverFamilies, coverOf } from './cover.ts'

test('of a system few examples are chosen, of many families, and found out once', async () => {
  let hosts = 0
  const hosted = async (reference: string) => {
    hosts++
    return hostInProcess(await loadSystem(reference))
  }
  const cover = await coverOf('ws', hosted)
  expect(await coverOf('ws', hosted)).toBe(cover)
  expect(hosts).toBe(1)
  const chosen = coverFamilies(cover)
  const count = (of: typeof families): number => of.reduce((sum, { examples }) => sum + Object.keys(examples).length, 0)
  expect(count(chosen)).toBe(Object.values(cover).flat().length)
  expect(count(chosen)).toBeGreaterThan(50)
  expect(count(chosen)).toBeLessThan(count(families) / 2)
  expect(chosen.every(({ runs, costly }) => runs === 0 && costly === undefined)).toBe(true)
  const steps = chosen.flatMap(({ examples }) => Object.values(examples).flatMap(stepsOf))
  expect(new Set(steps.map((step) => step.do))).not.toContain('crowd')
}, 60_000)

test('a cover told by another process is the same families with these examples alone', () => {
  const [family] = families
  const [key = ''] = Object.keys(family?.examples ?? {})
  const told = JSON.parse(JSON.stringify({ [family?.name ?? '']: [key] })) as Cover
  expect(coverFamilies(told)).toEqual([{ ...family, runs: 0, examples: { [key]: family?.examples[key] } }])
  expect(coverFamilies({})).toEqual([])
})

test('each cover is found once, by whoever comes first, and several at a time', async () => {
  const covers = new Covers(['ws', 'uws', 'ws', 'uws'])
  const begun: string[] = []
  const found: ((cover: Cover) => void)[] = []
  const find = (base: string): Promise<Cover> => {
    begun.push(base)
    return new Promise((resolve) => found.push(resolve))
  }
  const finders = [covers.find(find), covers.find(find), covers.find(find)]
  await finders[2]
  expect(begun).toEqual(['ws', 'uws'])
  for (const [index, resolve] of found.entries()) resolve({ family: [`${index}`] })
  await Promise.all(finders)
  expect(await covers.of('ws')).toEqual({ family: ['0'] })
  expect(await covers.of('uws')).toEqual({ family: ['1'] })
  expect(await covers.of('memory-serverless')).toBeUndefined()
  expect(begun).toHaveLength(2)
})

test('where a cover could not be found, whoever hunts finds it', async () => {
  const covers = new Covers(['ws'])
  await covers.find(async () => undefined)
  expect(await covers.of('ws')).toBeUndefined()
})
