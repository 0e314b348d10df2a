/** A result in which every text wants to be something else, and a card of the kind. */
import type { ConformanceResult, SystemResult } from '../../../spec/result.ts'
import type { ReportCard } from '../report-card.ts'
import { passed, resultOf } from './results.ts'

/** Ends any element and attribute it stands in, were it not escaped; with control and direction characters. */
export const evil = `</script></style></title>"'><img src=x onerror="harmed=1"><script>harmed=1</script>&amp;\u0000\u0007\u001b[31m\u202e\ud800`

const violation = {
  requirement: `R"${evil}`,
  clause: evil,
  signature: evil,
  expected: evil,
  observed: evil,
  events: [evil],
  card: evil,
}

const system: SystemResult = {
  name: evil,
  engine: evil,
  capabilities: [],
  couldNotJudge: evil,
  programs: 1,
  steps: 1,
  timeouts: 0,
  simulated: { programs: 1, races: { [evil]: 1 } },
  requirements: [
    { ...passed(`R"${evil}`, [evil]), verdict: 'failed', violations: [violation] },
    passed('PUB-01', ['one copy', '__proto__', 'constructor']),
  ],
}

export const hostile: ConformanceResult = {
  ...resultOf([system, { ...system, name: 'skipped', requirements: [], skipped: evil }]),
  contractVersion: evil,
  packageVersion: evil,
  nodeVersion: evil,
  date: evil,
}

export const hostileCard: ReportCard = {
  system: evil,
  engine: evil,
  requirement: `R"${evil}`,
  clause: evil,
  title: evil,
  source: evil,
  level: 'must',
  program: {
    clients: [{ channel: evil, connect: [{ op: evil }] }],
    prefix: [{ do: evil, client: 0, text: evil }],
    phases: [{ lanes: [[{ do: evil }], [{ do: evil }]] }],
  },
  size: 1,
  shrunkFrom: 1,
  reproduced: { times: 1, of: 1 },
  expected: evil,
  observed: evil,
  events: [evil],
  history: [evil],
  sequence: [
    { lane: evil, to: 'server', label: evil, step: evil, evidence: true },
    { lane: 'server', label: evil },
  ],
}
