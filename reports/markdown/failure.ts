/** A failed requirement, folded: the sentence, what was expected and observed, the program, and how to see it again. */
import { requirementById } from '../../spec/requirements/index.ts'
import type { SystemResult } from '../../spec/result.ts'
import { replayCommand } from '../text/card.ts'
import type { Failed } from '../text/failed.ts'
import { programLines } from '../text/program-lines.ts'
import { block, literal, plain } from './literal.ts'

/** The lines of one failed requirement; `open`: it is not folded away. */
export function failureLines(system: SystemResult, { requirement, findings }: Failed, open: boolean): string[] {
  const { id, level } = requirement
  const title = plain(requirementById(id)?.title ?? '')
  return [
    // Within HTML no Markdown is read, up to the empty line.
    `<details${open ? ' open' : ''}><summary><b>${id}</b> (${level}) violated by ${literal(system.name)}: ${title}</summary>`,
    '',
    ...findings.flatMap(findingLines),
    '</details>',
  ]
}

function findingLines({ violation, filed }: Failed['findings'][number]): string[] {
  const { clause, expected, observed, events } = violation
  const card = filed?.card
  return [
    `- clause ${literal(clause)}`,
    ...(card?.source === undefined ? [] : [`- source ${plain(card.source)}`]),
    `- expected ${literal(expected)}`,
    `- observed ${literal(observed)}`,
    ...(card === undefined
      ? []
      : [
          `- program of ${card.size} steps (shrunk from ${card.shrunkFrom}), reproduced ${card.reproduced.times} of ${card.reproduced.of} times`,
        ]),
    '',
    ...block('text', card === undefined ? events : programLines(card.program)),
    '',
    ...(card === undefined || filed?.file === undefined ? [] : [...block('sh', [replayCommand(card, filed.file)]), '']),
  ]
}
