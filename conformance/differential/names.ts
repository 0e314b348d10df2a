/** Makes values of different runs comparable: what a run names by chance is named as the program names it. */
import type { Wire } from '../../spec/history.ts'
import { taggedLess } from '../../spec/run/route.ts'
import type { Call, Run } from '../../spec/run/run.ts'
import type { Json, Tagged } from '../../spec/values.ts'
import { parseJson } from '../../spec/wire.ts'

/** Names of one run. */
export interface Names {
  value(of: Json): Json
  /** A message as what it says: its JSON, whatever the order of keys, else its text or bytes. */
  wire(of: Wire): Json
  /** Opening data, less the field in which the kit sends its scripts. */
  openingData(of: Tagged): Json
  step(of: string | undefined): string
  /** A handler's run, among those of its connection for the same step. */
  call(of: Call): string
}

/**
 * The names of the run that was program `number` of its system. Channel ids become `<id of c0>`; steps, topics and marks
 * lose the number. A payload that has it by chance is named differently in a repetition, and what differs between
 * repetitions is no difference between systems.
 */
export function namesOf(run: Run, number: number): Names {
  const ids = [...run.byChannelId].filter(([id]) => id !== '')
  const own = new RegExp(`(?<![\\w.])${number}[.:](?=\\w)`, 'g')
  const unknown = new RegExp(`\\bunknown-${number}-`, 'g')
  const text = (of: string): string => {
    let made = of
    for (const [id, connection] of ids) made = made.replaceAll(id, `<id of ${connection.name}>`)
    return made.replaceAll(own, '').replaceAll(unknown, 'unknown-')
  }
  const value = (of: Json): Json => {
    if (typeof of === 'string') return text(of)
    if (of === null || typeof of !== 'object') return of
    if (Array.isArray(of)) return of.map(value)
    return Object.fromEntries(Object.entries(of).map(([key, each]) => [text(key), value(each)]))
  }
  const step = (of: string | undefined): string => (of === undefined ? 'no step' : text(of))
  const indexes = new Map<Call, string>()
  const counts = new Map<string, number>()
  for (const call of run.calls) {
    const { middleware } = call.enter
    const what = middleware === undefined ? call.handler : `${middleware.which} ${middleware.kind} middleware`
    const name = `${call.conn} step ${step(call.step)} ${what}`
    const nth = (counts.get(name) ?? 0) + 1
    counts.set(name, nth)
    indexes.set(call, nth === 1 ? name : `${name}, run ${nth}`)
  }
  return {
    value,
    wire(of) {
      if ('hex' in of) return `bytes ${of.hex}`
      const parsed = parseJson(of.text)
      return parsed === undefined ? `text ${text(of.text)}` : { json: value(parsed.json) }
    },
    openingData: (of) => value(taggedLess(of, 's')),
    step,
    call: (of) => indexes.get(of) ?? of.id,
  }
}
