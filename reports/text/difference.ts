/** A difference between two systems in sentences: what differs, why it may not, and which of them is wrong. */
import type { Json } from '../../spec/values.ts'
import type { ProgramText } from './program-lines.ts'

/** What the text of a difference needs of it. */
export interface DifferenceText {
  systems: readonly [string, string]
  /** What the field is, as the end of "differ in …", and why the contract leaves no freedom in it. */
  what: string
  why: string
  requirements: readonly string[]
  /** Which field of the run, as the program names it. */
  field: string
  values: readonly [Json, Json]
  program: ProgramText
  size: number
  shrunkFrom: number
  reproduced: { times: number; of: number }
  /** What the judgments say of the same runs. */
  wrong: readonly { system: string; requirement: string; clause: string; expected: string; observed: string }[]
}

/** What came of a comparison, as far as its last lines tell. */
export interface ComparisonText {
  systems: readonly [string, string]
  seed: number
  programs: number
  /** Of each kind. */
  facts: Readonly<Record<string, number>>
  leftOut: Readonly<Record<string, number>>
  differences: readonly unknown[]
  unsteady: readonly string[]
  couldNotJudge?: string
}

/** Values longer than this are in the file whole. */
const longest = 600

/** The headline of a difference. */
export function differenceLine({ systems: [a, b], what, reproduced: { times, of } }: DifferenceText): string {
  return `"${a}" and "${b}" differ in ${what}, ${times} of ${of} times`
}

/** Each system with what it did. */
export function valueLines({ systems, values }: DifferenceText): [string, string] {
  const line = (side: 0 | 1): string => {
    const text = JSON.stringify(values[side])
    return `${systems[side]}: ${text.length > longest ? `${text.slice(0, longest)}…` : text}`
  }
  return [line(0), line(1)]
}

/** Which of them is wrong, as far as a requirement says so. */
export function verdictLines({ systems, wrong }: Pick<DifferenceText, 'systems' | 'wrong'>): string[] {
  if (wrong.length === 0) return [`no requirement sees it: "${systems[0]}", "${systems[1]}" or the contract is wrong`]
  return wrong.map(
    ({ system, requirement, clause, expected, observed }) =>
      `"${system}" is wrong by ${requirement} [${clause}]: expected ${expected}; observed ${observed}`,
  )
}

/** The command that runs the program of a difference on both systems again. */
export const againCommand = (file: string): string => `channel-conformance compare --again ${file}`

/** The last lines: what was compared, what was not, and what the exit code rests on. */
export function comparisonLines(of: ComparisonText): string[] {
  const { systems, seed, programs, facts, leftOut, differences, unsteady, couldNotJudge } = of
  const [a, b] = systems
  const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((all, each) => all + each, 0)
  const found = differences.length === 0 ? 'no difference' : `differences: ${differences.length}`
  return [
    ...Object.entries(leftOut).map(([why, count]) => `  ${count} programs left out: ${why}`),
    ...unsteady.map((what) => `  now and then they seemed to differ in ${what}; what timing may decide is no difference`),
    ...(couldNotJudge === undefined ? [] : [`  could not be compared to the end: ${couldNotJudge}`]),
    `${a} and ${b}: ${found}; ${programs} programs, ${sum(facts)} facts compared, ${sum(leftOut)} programs left out; seed ${seed}`,
  ]
}

/** What came of running the program of a difference again. */
export const sameAgain = ([a, b]: readonly [string, string], runs: number): string =>
  `"${a}" and "${b}" no longer differ in that: ${runs} runs`
