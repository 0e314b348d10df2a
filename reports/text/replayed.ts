/** What came of running a card's program again. */
import { intervalOf, type Rate } from './rate.ts'

/** Of a program that was run `runs` times without a violation. */
export function noLongerFails(requirement: string, system: string, runs: number): string {
  const often = runs === 1 ? 'once' : `${runs} times`
  return `${requirement} no longer fails on ${system}: the program was run ${often} without a violation`
}

/** How often it failed, beside what the card states: a card of one run states no rate. */
export function failedAgain({ failed, runs }: { failed: number; runs: number }, stated: Rate): string {
  const seen = `failed in ${failed} of ${runs} runs`
  if (stated.of === 1) return seen
  const { low, high } = intervalOf(stated)
  const held = failed / runs < low ? 'less often than' : failed / runs > high ? 'more often than' : 'as'
  const percent = (share: number): string => `${Math.round(share * 100)} %`
  return `${seen}, ${held} the card states: ${stated.times} of ${stated.of}, from ${percent(low)} to ${percent(high)} with a confidence of 95 %`
}
