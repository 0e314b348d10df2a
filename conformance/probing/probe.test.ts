/** Probing on the plainest system, right and wrong on purpose; and the two tables hold every capability once. */
import { expect, test } from 'vitest'
import { type Capability, capabilityNames } from '../../spec/capabilities.ts'
import { requirementById } from '../../spec/requirements/index.ts'
import { hostInProcess } from '../doors/in-process.ts'
import { HostError } from '../host.ts'
import { type Faults, minimalSystem } from '../testing/minimal-system.ts'
import { probeCapabilities } from './probe.ts'
import { capabilityProbes, unprobed } from './probes.ts'

test('every capability is probed, or it is said why not', () => {
  const told = [...capabilityProbes.map(({ capability }) => capability), ...Object.keys(unprobed)]
  expect(told.toSorted()).toEqual(capabilityNames.toSorted())
})

test('the clauses that are looked at exist', () => {
  for (const { clauses = {} } of capabilityProbes)
    for (const [id, names] of Object.entries(clauses))
      expect(Object.keys(requirementById(id)?.clauses ?? {})).toEqual(expect.arrayContaining([...names]))
})

/** What is found of these capabilities on the minimal system, declaring `declared`. */
async function found(names: Capability[], declared: Capability[], faults: Faults = {}) {
  const host = hostInProcess({ ...minimalSystem(faults), capabilities: declared })
  const findings = await probeCapabilities(host, (name) => names.includes(name))
  return Object.fromEntries(findings.map((each) => [each.capability, each]))
}

test('what is there is found, declared or not', async () => {
  const both: Capability[] = ['ordered', 'closeCodes']
  expect(await found(both, both)).toMatchObject({
    ordered: { declared: true, found: 'yes', more: 0 },
    closeCodes: { declared: true, found: 'yes', more: 0 },
  })
  const undeclared = await found(both, [])
  expect(undeclared).toMatchObject({ ordered: { declared: false, found: 'yes' }, closeCodes: { declared: false, found: 'yes' } })
  expect(undeclared.ordered?.more).toBeGreaterThan(0)
})

test('what is not there is not found, with the reason', async () => {
  const { ordered } = await found(['ordered'], ['ordered'], { overlaps: true })
  expect(ordered).toMatchObject({ declared: true, found: 'no' })
  expect(ordered?.evidence).toMatch(/it started while step 0's handler was still running/)
  const { gracefulStop } = await found(['gracefulStop'], ['gracefulStop'])
  expect(gracefulStop?.found).toBe('no')
})

test('sockets of a platform tell nothing of the system', async () => {
  const { closeCodes } = await found(['closeCodes'], ['stateless'])
  expect(closeCodes?.found).toBe('cannot be probed')
})

test('a system that refuses the routes of a capability that it declares is probed without them', async () => {
  const system = minimalSystem()
  const refusing: typeof system = {
    ...system,
    capabilities: ['ordered', 'pathParameters'],
    start: (probe, options) =>
      system.start(
        {
          ...probe,
          wire: (api) =>
            probe.wire({
              ...api,
              wireChannel: (wiring: { route: string }) => {
                if (wiring.route.includes(':')) throw new Error('no parameters here')
                return api.wireChannel(wiring as never)
              },
            } as never),
        },
        options,
      ),
  }
  const findings = await probeCapabilities(hostInProcess(refusing), (name) => ['ordered', 'pathParameters'].includes(name))
  expect(findings).toMatchObject([
    { capability: 'ordered', declared: true, found: 'yes' },
    { capability: 'pathParameters', declared: true, found: 'no', evidence: expect.stringContaining('no parameters here') },
  ])
})

test('a system that does not start cannot be probed', async () => {
  const host = hostInProcess({ ...minimalSystem(), start: () => Promise.reject(new Error('no port')) })
  await expect(probeCapabilities(host)).rejects.toThrow(HostError)
})
