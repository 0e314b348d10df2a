/** Why clauses of a requirement have no counts: a line for each reason, with the clauses and systems that share it. */
import type { SystemResult } from '../../spec/result.ts'
import type { Row } from './catalogue.ts'
import { type Html, html } from './markup.ts'
import { type Absence, absenceOf } from './standing.ts'
import { lookOf, verdictMark } from './verdicts.ts'

/** The lines; nothing where every clause was judged on every system. */
export function absenceList({ requirement, results }: Row, systems: readonly SystemResult[]): Html | undefined {
  if (requirement === undefined) return undefined
  const clauses = Object.entries(requirement.clauses)
  const lines = new Map<string, Absence & { clauses: string[]; systems: string[] }>()
  for (const [index, system] of systems.entries()) {
    const judged = results[index]?.clauses
    if (judged === undefined) continue
    const absent = clauses
      .filter(([name]) => !Object.hasOwn(judged, name))
      .map(([name, clause]) => ({ name, ...absenceOf(requirement, clause, system) }))
    for (const { verdict, reason } of new Map(absent.map((each) => [each.reason, each])).values()) {
      const names = absent.filter((each) => each.reason === reason).map(({ name }) => name)
      const key = JSON.stringify([reason, names])
      const line = lines.get(key) ?? { verdict, reason, clauses: names, systems: [] }
      lines.set(key, line)
      line.systems.push(system.name)
    }
  }
  if (lines.size === 0) return undefined
  return html`<ul class="absences">${[...lines.values()].map((line) => {
    const part = line.clauses.length < clauses.length && html` (${line.clauses.join(', ')})`
    return html`<li>${verdictMark(lookOf(line.verdict))} on ${line.systems.join(', ')}${part}: ${line.reason}</li>`
  })}</ul>`
}
