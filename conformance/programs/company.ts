/**
 * Directed examples in company: a scenario that chance seldom meets, with a client beside it that has nothing to do with
 * it. For clauses whose own generator decides them in too few programs; each program is a different one.
 */
import fc from 'fast-check'
import type { Op } from '../../spec/probe/ops.ts'
import type { Area } from '../../spec/requirement.ts'
import type { Program, Step } from '../program.ts'
import type { Family } from './family.ts'

const op: fc.Arbitrary<Op> = fc.oneof(
  fc.record({ op: fc.constant('send' as const) }),
  fc.record({ op: fc.constant('look' as const) }),
  fc.record({ op: fc.constant('turn' as const), times: fc.constantFrom(1, 2) }),
  fc.record({ op: fc.constant('subscribe' as const), topic: fc.constantFrom('company', 'other') }),
  fc.record({
    op: fc.constant('publish' as const),
    topic: fc.constantFrom('company', 'other'),
    exclude: fc.constantFrom(null, 'self' as const),
  }),
  fc.record({ op: fc.constant('return' as const) }),
)

/** What the bystander does, one list of operations a step; before the scenario, or beside its first phase. */
const company = fc.record({
  steps: fc.array(fc.array(op, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
  beside: fc.constantFrom(true, false),
})

/** The example with a bystander, who is one more client behind the others. */
export function inCompanyOf(example: Program, { steps, beside }: { steps: Op[][]; beside: boolean }): Program {
  const bystander = example.clients.length
  const acts = steps.map((ops): Step => ({ do: 'act', client: bystander, ops }))
  const clients = [...example.clients, { channel: 'main' }]
  const [first, ...others] = example.phases
  if (!beside || first === undefined) return { ...example, clients, prefix: [...acts, ...example.prefix] }
  return { ...example, clients, phases: [{ ...first, lanes: [...first.lanes, acts] }, ...others] }
}

/** How often each example is met, on average. */
const meetings = 22

/**
 * Families of these examples, by their keys, of an area's other families: one for those that any system can show
 * anything on, and one for each set of capabilities that their own families ask for.
 * @throws Error for a key that none of them has
 */
export function companyFamilies(area: Area, families: readonly Family[], keys: readonly string[]): Family[] {
  const groups = new Map<string, { capabilities: Family['capabilities']; examples: Program[] }>()
  for (const key of keys) {
    const family = families.find(({ examples }) => examples[key] !== undefined)
    const example = family?.examples[key]
    if (example === undefined) throw new Error(`no example is called ${JSON.stringify(key)}`)
    const name = ['company', ...(family?.capabilities ?? [])].join('/')
    const group = groups.get(name) ?? { capabilities: family?.capabilities, examples: [] }
    groups.set(name, group)
    group.examples.push(example)
  }
  return [...groups].map(([name, { capabilities, examples }]) => ({
    name: `${area}/${name}`,
    area,
    ...(capabilities === undefined ? {} : { capabilities }),
    arbitrary: fc
      .record({ example: fc.constantFrom(...examples), company })
      .map(({ example, company }) => inCompanyOf(example, company)),
    runs: meetings * examples.length,
    examples: {},
  }))
}
