/** The campaign against false alarms: how many programs over systems that keep the contract, and what was held against them. */
import { literal, plain } from '../markdown/literal.ts'
import { table } from '../markdown/table.ts'
import { noCampaign } from './not-recorded.ts'
import type { Campaign, CampaignSystem } from './recorded.ts'

/** The section's lines, the last campaign first. */
export function campaignLines(campaigns: readonly Campaign[]): string[] {
  if (campaigns.length === 0) return [noCampaign, '']
  return [
    'Programs over the reference systems while other processes keep the cores busy: whatever is violated there, or waited for in vain, is a defect of the kit or of a system.',
    '',
    ...campaigns.flatMap(oneCampaign),
  ]
}

function oneCampaign({ sources, changed, systems }: Campaign): string[] {
  const sum = (of: (system: CampaignSystem) => number): number => systems.reduce((total, system) => total + of(system), 0)
  const found = `${sum(({ violations }) => violations.length)} violations, ${sum(({ timeouts }) => timeouts)} time-outs`
  return [
    `Sources ${literal(sources)}, ${since(changed)}: ${sum(({ programs }) => programs)} programs, ${found}.`,
    '',
    ...table(
      ['system', 'engine', 'Node', 'busy processes', 'programs', 'violations', 'time-outs', 'slices not judged to the end'],
      4,
      systems.map((each) => [
        ...[literal(each.system), each.engines.map(literal).join(', '), plain(each.nodes.join(', ')), each.busy.join(', ')],
        ...[each.programs, each.violations.length, each.timeouts, each.broken.length],
      ]),
    ),
    '',
    ...systems.flatMap(trouble),
  ]
}

function since(changed: readonly string[] | undefined): string {
  if (changed === undefined) return 'of which it is not recorded whether they are still the same'
  return changed.length === 0
    ? "which are still the repository's"
    : `since which ${changed.map((folder) => `\`${folder}\``).join(', ')} changed, so that the campaign is to be run again`
}

function trouble({ system, violations, broken, unexercised }: CampaignSystem): string[] {
  const told = [
    ...violations.map(({ requirement, clause, observed }) => `${requirement} ${literal(clause)}, observed ${literal(observed)}`),
    ...broken.map((why) => `not judged to the end, since ${literal(why)}`),
    ...(unexercised.length === 0 ? [] : [`never exercised: ${unexercised.map(literal).join(', ')}`]),
  ]
  return told.length === 0 ? [] : [...told.map((line) => `- ${literal(system)}: ${line}`), '']
}
