/** Runs the program of a difference on two systems again. */
import { requirements } from '../../spec/requirements/index.ts'
import { deadlines } from '../deadlines.ts'
import { type Host, HostError } from '../host.ts'
import { Observer } from '../observe.ts'
import { incomparable } from './comparable.ts'
import { confirmed, type Finding } from './finding.ts'
import { Pair } from './pair.ts'

/** Runs on both systems that must all show it. */
const runs = 3

/** The finding as it is now; none where the systems do not differ so in every one of `runs`. @throws HostError */
export async function compareAgain(
  [a, b]: readonly [Host, Host],
  kept: Finding,
): Promise<{ finding: Finding | undefined; runs: number }> {
  const why = incomparable(kept.program, [a, b])
  if (why !== undefined) throw new HostError(`the program cannot be compared on ${a.name} and ${b.name}: ${why}`)
  const pair = new Pair(new Observer(a, requirements, deadlines), new Observer(b, requirements, deadlines))
  try {
    const { program, kind, shrunkFrom, provenance } = kept
    return { finding: await confirmed(pair, kind, { program, shrunkFrom, provenance }, runs), runs }
  } finally {
    await pair.end()
  }
}
