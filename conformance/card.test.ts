import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type Card, cardName, readCard, writeCard } from './card.ts'

const directory = await mkdtemp(join(tmpdir(), 'card-'))
afterAll(() => rm(directory, { recursive: true }))

const card: Card = {
  card: 1,
  contract: '1.0',
  package: '0.1.0',
  system: 'mine',
  requirement: 'PUB-02',
  clause: 'not the excluded one',
  title: 'With a subscriber’s id, everyone but that one',
  level: 'must',
  program: { clients: [{ channel: 'main' }], prefix: [], phases: [] },
  size: 0,
  shrunkFrom: 3,
  reproduced: { times: 10, of: 10 },
  expected: 'nothing',
  observed: 'something',
  events: [],
  history: [],
  provenance: { seed: 1, family: 'publishing', program: 4 },
}

test('a card is read as it was written, its sequence with it', async () => {
  const whole: Card = { ...card, sequence: [{ lane: 'server', to: 'c0', label: '{}', evidence: true }] }
  expect(await readCard(await writeCard(whole, directory))).toEqual(whole)
})

test('a card of an earlier version has no sequence and is read all the same', async () => {
  const path = join(directory, 'old.json')
  await writeFile(path, JSON.stringify(card))
  expect(await readCard(path)).toEqual(card)
})

test('a live and a simulated card of one requirement lie side by side', () => {
  expect(cardName(card)).toBe('mine-PUB-02.json')
  expect(cardName({ ...card, program: { ...card.program, schedule: [] } })).toBe('mine-PUB-02-simulated.json')
})

test.each<[Partial<Card>, string]>([
  [{ requirement: 'PUB-99' }, 'names the requirement PUB-99, which this version does not have'],
  [{ clause: 'nobody' }, 'names the clause "nobody" of PUB-02, which this version does not have'],
  [
    { program: { ...card.program, prefix: [{ do: 'act', client: 1, ops: [] }] } },
    'names client 1, and the program has 1: expected one from 0',
  ],
  [
    { program: { ...card.program, prefix: [{ do: 'act', client: 0, ops: 'x' as never }] } },
    'holds a step whose ops are not a list',
  ],
  [
    { program: { ...card.program, prefix: [{ do: 'dance' } as never] } },
    'holds the step "dance", which this version does not know',
  ],
])('a card that could be misunderstood is refused: %o', async (of, message) => {
  const path = join(directory, 'wrong.json')
  await writeFile(path, JSON.stringify({ ...card, ...of }))
  await expect(readCard(path)).rejects.toThrow(message)
})
