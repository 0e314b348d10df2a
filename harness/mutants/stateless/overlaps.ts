import type { Mutant } from '../mutant.ts'
import { defect, inChannelStore, inMessage, inOpenChannel } from './edits.ts'

/** Defects that show where invocations of one connection overlap (STATELESS-02). */
export const overlapMutants: readonly Mutant[] = [
  defect({
    name: 'keeps-the-message-in-a-variable',
    expected: 'STATELESS-02',
    standsFor: 'what a message says kept by its connection in a warm process, where the next one that comes writes over it',
    edits: [
      inMessage('/** Handles a message;', 'const bodies = new Map<string, string>()\n\n/** Handles a message;'),
      inMessage(
        '  const record = await ready(host, channelId)\n',
        '  bodies.set(channelId, body)\n  const record = await ready(host, channelId)\n',
      ),
      inMessage('await dispatchMessage(event, body)', 'await dispatchMessage(event, bodies.get(channelId) ?? body)'),
    ],
  }),
  defect({
    name: 'keeps-what-was-written-side-by-side',
    expected: 'STATELESS-02',
    standsFor: 'a store that keeps each of several concurrent writes, and gives whoever reads one of them',
    edits: [
      inOpenChannel(
        '{ session: { value } })\n',
        '{ session: { value, over: this.over === undefined ? this.record.session : this.over.value } })\n    this.over = { value }\n',
      ),
      inChannelStore(
        '...(session !== undefined && { session: copyJson(session.value) }),',
        "...(session !== undefined && { session: copyJson(session.value), siblings: 'over' in session ? siblings(record, session) : undefined }),",
      ),
      inChannelStore(
        '/** A copy that shares nothing',
        'function siblings({ siblings: kept, session: last }: ChannelRecord, { value, over }) {\n  const known = kept ?? [last]\n  return known.some((each) => JSON.stringify(each) === JSON.stringify(over)) ? undefined : [...known, value]\n}\nlet reads = 0\n\n/** A copy that shares nothing',
      ),
      inChannelStore(
        'openingData: copyJson(openingData), session: copyJson(session) }',
        'openingData: copyJson(openingData), session: copyJson(found.siblings === undefined ? session : found.siblings[reads++ % found.siblings.length]) }',
      ),
    ],
  }),
]
