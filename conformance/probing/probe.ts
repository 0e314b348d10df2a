/** Finds out which capabilities a system has, whatever it declares. */
import { type Capability, capabilityNames } from '../../spec/capabilities.ts'
import type { HistoryEvent } from '../../spec/history.ts'
import type { CapabilityFinding } from '../../spec/probing.ts'
import { requirementById, requirements } from '../../spec/requirements/index.ts'
import { reported } from '../cards.ts'
import { deadlines } from '../deadlines.ts'
import { type Host, HostError } from '../host.ts'
import { clausesBinding } from '../judge.ts'
import { type Observation, Observer } from '../observe.ts'
import { type CapabilityProbe, capabilityProbes, socketsOfPlatform, unprobed } from './probes.ts'

/**
 * Probes every capability, or those for which `wanted` says so, one finding for each.
 * @throws HostError where the system cannot be started as it is declared
 */
export async function probeCapabilities(
  host: Host,
  wanted: (capability: Capability) => boolean = () => true,
): Promise<CapabilityFinding[]> {
  const capabilities = await startable(host)
  const findings: CapabilityFinding[] = []
  for (const capability of capabilityNames.filter(wanted)) {
    const declared = host.capabilities.includes(capability)
    const seen = await seenOf(capability, { ...host, capabilities })
    findings.push({ capability, declared, ...seen, more: declared ? 0 : moreJudged(host, capability) })
  }
  return findings
}

/**
 * What of a system's capabilities can be declared so that it starts: all, or all but `pathParameters`, since a system
 * may refuse to start with the routes that are wired for those who declare it.
 */
async function startable(host: Host): Promise<readonly Capability[]> {
  try {
    await starts(host)
    return host.capabilities
  } catch (error) {
    const others = host.capabilities.filter((name) => name !== 'pathParameters')
    if (!(error instanceof HostError) || others.length === host.capabilities.length) throw error
    await starts(declaring(host, others))
    return others
  }
}

/** @throws HostError where it does not */
async function starts(host: Host): Promise<void> {
  const observer = new Observer(host, [], deadlines)
  await observer.session().finally(() => observer.end())
}

/** The system as if it declared these: the probe wires what is for those who do. */
const declaring = (host: Host, capabilities: readonly Capability[]): Host => ({
  ...host,
  capabilities,
  launch: (options, sink) => host.launch({ ...options, capabilities }, sink),
})

type Seen = Pick<CapabilityFinding, 'found' | 'evidence'>

/** What is seen of one capability. */
async function seenOf(capability: Capability, host: Host): Promise<Seen> {
  const probe = capabilityProbes.find((each) => each.capability === capability)
  if (probe === undefined) return { found: 'cannot be probed', evidence: unprobed[capability] ?? '' }
  if (probe.ofSockets === true && host.capabilities.includes('stateless'))
    return { found: 'cannot be probed', evidence: socketsOfPlatform }
  const judged = Object.keys(probe.clauses ?? {}).flatMap((id) => requirementById(id) ?? [])
  const observer = new Observer(declaring(host, [...new Set([...host.capabilities, capability])]), judged, deadlines)
  try {
    for (const program of probe.programs) {
      const lack = lackIn(probe, await observer.observe(program))
      if (lack !== undefined) return { found: 'no', evidence: lack }
    }
    return { found: 'yes', evidence: probe.found }
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    return { found: 'no', evidence: error.message }
  } finally {
    await observer.end()
  }
}

/** What one program shows against a capability; undefined where it shows that it is there. */
function lackIn(probe: CapabilityProbe, observation: Observation): string | undefined {
  const { events } = observation.execution
  if (probe.lacks !== undefined) return probe.lacks(events)
  const clauses = Object.entries(probe.clauses ?? {}).flatMap(([id, names]) => names.map((clause) => ({ id, clause })))
  const broken = observation.violations.find((each) =>
    clauses.some(({ id, clause }) => each.requirement === id && each.clause === clause),
  )
  if (broken !== undefined) {
    const { requirement, clause, expected, observed } = reported({ violation: broken, observation })
    return `${requirement} [${clause}] expected ${expected}; observed ${observed}`
  }
  if (clauses.some(({ id, clause }) => (observation.decisions.get(id)?.get(clause)?.decided ?? 0) > 0)) return undefined
  return (
    refusalIn(events) ??
    `nothing of it was seen: ${clauses.map(({ id, clause }) => `${id} [${clause}]`).join(' and ')} could not be decided`
  )
}

/** What was refused on the way: where no clause was decided, it says most. */
function refusalIn(events: readonly HistoryEvent[]): string | undefined {
  for (const event of events) {
    if (event.kind === 'refused')
      return `the handshake was refused ${event.status === null ? 'without an answer' : `with status ${event.status}`}`
    if (event.kind === 'end' && event.outcome === 'rejected')
      return `the operation ${event.name} was rejected with ${event.error?.name}: ${event.error?.message}`
  }
  return undefined
}

/** How many requirements have a clause that binds only if the capability is declared too. */
function moreJudged({ capabilities }: Host, capability: Capability): number {
  const before = clausesBinding(requirements, new Set(capabilities))
  const after = clausesBinding(requirements, new Set([...capabilities, capability]))
  return new Set([...after].filter((clause) => !before.has(clause)).map((clause) => clause.split(' ')[0])).size
}
