/** Prints a digest of the programs that seed 1 generates: the same on every supported version of Node. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { families } from '../conformance/programs/index.ts'

const digest = createHash('sha256')
let programs = 0
for (const family of families) {
  for (const program of fc.sample(family.arbitrary, { seed: 1, numRuns: 100 })) {
    digest.update(JSON.stringify(program))
    programs++
  }
}
process.stdout.write(
  `${digest.digest('hex')} ${programs} programs of ${families.length} families, Node ${process.versions.node}\n`,
)
