/** Building blocks of programs whose handlers send more than a connection takes at once, so that its close has to wait. */
import fc from 'fast-check'
import type { Op } from '../../spec/probe/ops.ts'
import type { Tagged } from '../../spec/values.ts'

/**
 * Some eight megabytes that name their operation, so that no two are alike; written as a repetition, since it is programs
 * and histories that hold it. One alone is more than kernels take of a socket at once: of many smaller ones a client may
 * read as much meanwhile as is sent.
 */
const large: Tagged = { $: 'repeat', of: ['* ', 1_000_000] }

/** One would be enough where nobody reads. */
const most = 3

/** A send of some eight megabytes, awaited or not. */
const sendLarge: fc.Arbitrary<Op> = fc.record(
  {
    op: fc.constant('send' as const),
    value: fc.constant(large),
    mode: fc.constant('track' as const),
  },
  { requiredKeys: ['op', 'value'] },
)

/** A script that leaves a backlog and then does these. It shrinks to any few of all of them, which is why that comes first. */
export function scriptWithBacklog(...then: fc.Arbitrary<Op>[]): fc.Arbitrary<Op[]> {
  const sends = Array.from({ length: most }, () => sendLarge)
  return fc.oneof(
    { weight: 1, arbitrary: fc.array(fc.oneof(sendLarge, ...then), { minLength: 1, maxLength: most + then.length }) },
    { weight: 8, arbitrary: fc.tuple(...sends, ...then) },
  )
}

/** For examples: the sends that leave a backlog. */
export const backlog: readonly Op[] = Array.from({ length: most }, () => ({ op: 'send', value: large }))
