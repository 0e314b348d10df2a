/** What is said where a record is lacking, and the commands that make each. */

const told = (what: string, how: string): string => `**Not recorded**: ${what}. ${how}`

/** No result of the bundled systems. */
export const noConformance = told('the bundled systems', '`npm run scoreboard` runs the suite over them and records it.')

/** No slice of a campaign. */
export const noCampaign = told(
  'a campaign against false alarms',
  '`npm run false-positives -- --programs 20000` appends its slices to `reports/records/false-positives.ndjson`.',
)

/** No kill matrix. */
export const noMatrix = told(
  'a kill matrix',
  '`npm run mutants -- --seed 1 --report json --out .channel-conformance/mutants-1` makes one; its `mutants.json` is kept as `reports/records/mutants-1.json`, and those of other seeds beside it.',
)

/** A set of held-out defects without its record. */
export const noHeldOut = (set: string): string =>
  told(
    'what a run of the suite finds of them',
    `\`npm run mutants -- --held-out ${set} --seed 1 --report json --out reports/records\` writes \`held-out-${set}.json\` there.`,
  )
