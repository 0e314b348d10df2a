/** `list` and `explain`: the contract on the terminal, from the same data the suite judges by. */
import { explanation, requirementLine } from '../../reports/text/requirement.ts'
import { capabilities, isCapability } from '../../spec/capabilities.ts'
import { areas } from '../../spec/requirement.ts'
import { requirementById, requirements } from '../../spec/requirements/index.ts'
import { mutants } from '../mutants/index.ts'

const print = (lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`)

/** Prints a line for each requirement. @throws Error for an area or capability that does not exist */
export function list(flags: { area?: string; capability?: string }): number {
  const { area, capability } = flags
  if (area !== undefined && !areas.some((each) => each === area)) {
    throw new Error(`there is no area ${JSON.stringify(area)}: expected one of ${areas.join(', ')}`)
  }
  if (capability !== undefined && !isCapability(capability)) {
    throw new Error(
      `there is no capability ${JSON.stringify(capability)}: expected one of ${Object.keys(capabilities).join(', ')}`,
    )
  }
  const wanted = requirements.filter((each) => {
    const asked = [...(each.capabilities ?? []), ...Object.values(each.clauses).flatMap((clause) => clause.capabilities ?? [])]
    return (area ?? each.area) === each.area && (capability === undefined || asked.some((name) => name === capability))
  })
  print([...wanted.map(requirementLine), `${wanted.length} requirements`])
  return 0
}

/** Prints all there is to know of a requirement. @throws Error for an id that does not exist */
export function explain(id: string): number {
  const requirement = requirementById(id.toUpperCase())
  if (requirement === undefined)
    throw new Error(`there is no requirement ${JSON.stringify(id)}: \`channel-conformance list\` shows them all`)
  print(
    explanation(
      requirement,
      mutants.filter(({ expected }) => expected === requirement.id).map(({ standsFor }) => standsFor),
    ),
  )
  return 0
}
