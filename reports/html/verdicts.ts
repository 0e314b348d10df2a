/** How verdicts look: always a symbol and words, never a colour alone. */
import type { SystemResult, Verdict } from '../../spec/result.ts'
import { breakable, type Html, html } from './markup.ts'

/** A verdict's looks; `letter` stands for it in `data-v` and in class names. */
export interface Look {
  verdict: Verdict
  letter: string
  symbol: string
  words: string
  means: string
}

/** In the order in which they are shown: what needs attention first. */
export const looks: readonly Look[] = [
  { verdict: 'failed', letter: 'f', symbol: '✕', words: 'failed', means: 'a program broke it' },
  { verdict: 'not-exercised', letter: 'e', symbol: '○', words: 'not exercised', means: 'a clause was decided in no program' },
  { verdict: 'passed', letter: 'p', symbol: '✓', words: 'passed', means: 'every clause that binds was decided and kept' },
  { verdict: 'not-observable', letter: 'o', symbol: '◌', words: 'not observable', means: 'the system does not let it be seen' },
  { verdict: 'not-applicable', letter: 'a', symbol: '–', words: 'not applicable', means: 'it does not bind this system' },
]

const byVerdict = new Map(looks.map((look) => [look.verdict, look]))

/** The looks of a verdict; one that this version does not know looks not exercised. */
export const lookOf = (verdict: Verdict): Look => byVerdict.get(verdict) ?? (looks[1] as Look)

/** Stands in `data-v` for a system that has no verdict on a requirement. */
export const noVerdict = '-'

/** Symbol and words. */
export const verdictMark = ({ letter, symbol, words }: Look): Html =>
  html`<span class="v ${letter}"><span aria-hidden="true">${symbol}</span> ${words}</span>`

/** The head of a system's column. */
export const columnHead = ({ name, engine }: SystemResult): Html =>
  html`<th scope="col">${breakable(name)}${engine !== undefined && html`<small> on ${breakable(engine)}</small>`}</th>`

/** Systems with requirements: the columns of every table. */
export const judgedSystems = (systems: readonly SystemResult[]): SystemResult[] =>
  systems.filter(({ requirements }) => requirements.length > 0)

/** A system with what it ran on. */
export const nameOf = ({ name, engine }: { name: string; engine?: string }): string =>
  engine === undefined ? name : `${name} on ${engine}`
