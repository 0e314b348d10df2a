import { expect, test } from 'vitest'
import { campaignsOf } from './campaigns.ts'
import { slice } from './testing/records.ts'

const violation = { requirement: 'PUB-02', clause: 'c', observed: 'x' }

test('slices of the same sources are one campaign, the last first', () => {
  const found = campaignsOf(
    [
      slice({ sources: 'a-b-c-x', programs: 10 }),
      slice({ unexercised: ['PUB-01 a', 'PUB-02 b'] }),
      slice({ busy: 4, node: '22.1.0', timeouts: 1, violations: [violation], unexercised: ['PUB-02 b'] }),
      slice({ system: 'dynamodb-serverless', engine: 'dynalite 4.0.0', couldNotJudge: 'it died' }),
    ],
    'a-b-c-d',
  )
  expect(found.map(({ sources, changed }) => ({ sources, changed }))).toEqual([
    { sources: 'a-b-c-d', changed: [] },
    { sources: 'a-b-c-x', changed: ['harness'] },
  ])
  const clean = { timeouts: 0, violations: [], unexercised: [], broken: [], busy: [2], nodes: ['20.20.2'] }
  expect(found[0]?.systems).toEqual([
    {
      ...{ system: 'ws', engines: [], programs: 2000, timeouts: 1, violations: [violation], broken: [] },
      ...{ unexercised: ['PUB-02 b'], busy: [2, 4], nodes: ['20.20.2', '22.1.0'] },
    },
    { ...clean, system: 'dynamodb-serverless', engines: ['dynalite 4.0.0'], programs: 1000, broken: ['it died'] },
  ])
  expect(found[1]?.systems[0]).toMatchObject({ programs: 10 })
})

test('where the sources of the pages are not recorded, nothing is said of changes', () => {
  expect(campaignsOf([slice()], undefined)[0]?.changed).toBeUndefined()
  expect(campaignsOf([], 'a')).toEqual([])
})
