/** Signatures on literal sentences, and on real mutants: one defect has the same under every seed, another has another. */
import { expect, test } from 'vitest'
import { hostInChild } from '../harness/drivers/child.ts'
import { mutants } from '../harness/mutants/index.ts'
import { requirements } from '../spec/requirements/index.ts'
import { conformHost } from './conform.ts'
import { families } from './programs/index.ts'
import { scaleFamilies } from './select.ts'
import { shapeOf, signatureOf } from './signature.ts'

test('a signature names requirement, clause and shape', () => {
  expect(signatureOf({ requirement: 'PUB-02', clause: 'not the excluded one', observed: 'c0 received it' })).toBe(
    'PUB-02 [not the excluded one] a connection received it',
  )
})

test.each([
  ['connections, however they came to be', 'c0 received it', 'c12+1 received it'],
  ['how many there were', 'c0, c2 and c3 had it when all had been given everything', 'c1, c4 and c5 had it when all had'],
  ['steps and times', 'step 70.0 had no reply', 'step 3.12 had no reply'],
  ['values', 'it received {"m":"1.0"}', 'it received ["a",{"b":"}"}]'],
  ['values that were cut', 'it received {"m":"xxx… (400 characters), which is wrong', 'it received 7'],
  ['an ellipsis within a value', 'it received "a…b" twice', 'it received "c" twice'],
  ['quotes within a value', 'it received "a\\"b" first', 'it received "c" first'],
  ['bytes', 'it received bytes 00ff', 'it received bytes 0a'],
  ['handlers', 'it went to action:echo', 'it went to onMessage'],
  ['errors that a program has thrown', 'ForbiddenError: thrown by 3', ': thrown by 4'],
  ['details behind the head', 'it was accepted, with no parameter in its opening data', 'it was accepted'],
  ['a literal and nothing else', 'undefined', '{"$":"undefined"}'],
])('%s are not part of it', (_what, one, other) => {
  expect(shapeOf(one)).toBe(shapeOf(other))
})

test.each([
  ['close codes', 'it was closed with 1006', 'it was closed with 1000'],
  ['statuses', 'status 401', 'status 500'],
  ['what happened', 'it received "a"', 'no error reply'],
  ['whether it was a value', 'none', 'it received null'],
  ['the name of an error that is told of', 'an UnauthorizedError', 'a TypeError'],
])('%s are', (_what, one, other) => {
  expect(shapeOf(one)).not.toBe(shapeOf(other))
})

/** The signatures that a short run of a mutant's area finds for its requirement, and that of its card. */
async function signatures(name: string, seed: number): Promise<{ all: string[]; card: string | undefined }> {
  const mutant = mutants.find((each) => each.name === name)
  if (mutant === undefined) throw new Error(`no mutant is called ${name}`)
  const host = await hostInChild(`mutant:${name}`)
  let card: string | undefined
  try {
    const result = await conformHost(host, {
      seed,
      requirements: requirements.filter(({ id }) => id === mutant.expected),
      families: scaleFamilies(
        families.filter(({ area }) => area === mutant.area),
        60,
      ),
      onCard: async (made) => {
        card = made.signature
        return undefined
      },
    })
    return { all: result.requirements.flatMap(({ violations }) => violations.map(({ signature }) => signature)).sort(), card }
  } finally {
    await host.end()
  }
}

test.each([
  ['excludes-nobody', ['PUB-02 [not the excluded one] a connection received it']],
  ['refused-opening-data-is-a-server-error', ['LIFE-02 [refused] it was answered with 500']],
  ['opening-data-unchecked', ['LIFE-02 [no handler] onConnect ran', 'LIFE-02 [refused] it was accepted']],
  ['errors-unlogged', ['SEND-15 [masked errors] none']],
  ['data-in-the-log', ['SEND-15 [no secrets] … in channel']],
])('%s has the same signatures under three seeds, and they are its own', async (name, expected) => {
  // Beside one another: much of it is waiting for what does not come.
  for (const { all, card } of await Promise.all([11, 12, 13].map((seed) => signatures(name, seed)))) {
    expect(all).toEqual(expected)
    expect(expected).toContain(card)
  }
})
