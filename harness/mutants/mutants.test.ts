import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sourceFiles } from '../../scripts/timers.ts'
import { requirementById, requirements } from '../../spec/requirements/index.ts'
import { buildMutant } from './build.ts'
import { bundledMutant } from './bundled.ts'
import { applyEdit } from './edit.ts'
import { heldOutMutants } from './held-out/held-out.ts'
import { mutants } from './index.ts'
import type { Mutant } from './mutant.ts'
import { waiting } from './waiting.ts'

const common = { name: 'lost', area: 'sending', expected: 'SEND-01', also: {}, standsFor: 'nothing' } as const

test('names are unique', () => {
  // Held-out defects too: a system is found by its mutant's name, and the first of that name would be hunted for both.
  const names = [...mutants, ...heldOutMutants()].map(({ name }) => name)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})

test.each(mutants.map((mutant) => [mutant.name, mutant] as const))(
  '%s: its edits apply, its ids exist, its reasons are few',
  (_name, mutant) => {
    for (const edit of mutant.edits) {
      const text = readFileSync(new URL(`../../${edit.file}`, import.meta.url), 'utf8')
      expect(applyEdit(text, edit)).not.toBe(text)
    }
    expect(requirementById(mutant.expected)?.area).toBe(mutant.area)
    expect(Object.keys(mutant.also).length).toBeLessThanOrEqual(6)
    for (const [id, reason] of Object.entries(mutant.also)) {
      expect(requirementById(id), id).toBeDefined()
      expect(reason.length).toBeGreaterThan(10)
    }
    expect(mutant.standsFor.length).toBeGreaterThan(10)
  },
)

test.each(heldOutMutants().map((mutant) => [mutant.name, mutant] as const))('held-out %s: its edits apply', (_name, mutant) => {
  for (const edit of mutant.edits) {
    const text = readFileSync(new URL(`../../${edit.file}`, import.meta.url), 'utf8')
    expect(applyEdit(text, edit)).not.toBe(text)
  }
  // Of LIMIT there are no judgments yet; their authors may name its ids all the same.
  for (const id of Object.keys(mutant.also)) if (!id.startsWith('LIMIT-')) expect(requirementById(id), id).toBeDefined()
})

test('those that are begun first are mutants', () => {
  expect([...waiting].filter((name) => !mutants.some((mutant) => mutant.name === name))).toEqual([])
})

test('every area has a mutant', () => {
  const areas = new Set(requirements.map(({ area }) => area))
  expect([...areas].filter((area) => !mutants.some((mutant) => mutant.area === area))).toEqual([])
})

test('a stale edit says so', () => {
  expect(() => applyEdit('a b a', { file: 'x.ts', find: 'a', replace: 'c' })).toThrow(
    'x.ts: expected "a" exactly once, found it 2 times; mend the mutant',
  )
})

test('an edit of a file that the system does not load is told of', async () => {
  const edits = [{ file: 'adapters/uws/server.ts', find: 'a', replace: 'b' }]
  const lost: Mutant = { ...common, base: 'ws', edits }
  await expect(bundledMutant(lost)).rejects.toThrow('adapters/uws/server.ts: ws does not load it; mend the mutant lost')
})

test('an edit of a file that a copy has only a link to is refused', async () => {
  const edits = [{ file: 'harness/serverless/handle.ts', find: 'a', replace: 'b' }]
  const lost: Mutant = { ...common, base: 'dynamodb-serverless', edits }
  await expect(buildMutant(lost)).rejects.toThrow('a mutant of dynamodb-serverless cannot change it; mend the mutant lost')
})

test('no mutant brings a storage of its own, which every later promise in its process would pay for', () => {
  const own = sourceFiles().filter((file) => /^(?:adapters|harness\/(?:systems|serverless))\//.test(file))
  const storing = own.filter((file) =>
    readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8').includes('new AsyncLocalStorage'),
  )
  expect(own.length).toBeGreaterThan(50)
  expect(storing).toEqual(['harness/serverless/context.ts'])
})
