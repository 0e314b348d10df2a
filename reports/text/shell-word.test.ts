/** What a shell makes of a quoted word is that word. */
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { replayCommand } from './card.ts'
import { shellWord } from './shell-word.ts'

test.each(['a b.json', "it's", '$HOME', '`id`', 'a;b', '*', '~', '', '"x"', "'", '\\', 'http://h:1/?a=1&b=2'])(
  '%j comes back from a shell as it was, quoted',
  (word) => {
    expect(shellWord(word)).toMatch(/^'/)
    expect(execFileSync('sh', ['-c', `printf %s ${shellWord(word)}`], { encoding: 'utf8' })).toBe(word)
  },
)

test('a plain word stays as it is', () => {
  expect(shellWord('.channel-conformance/cards/ws-PUB-02.json')).toBe('.channel-conformance/cards/ws-PUB-02.json')
  expect(shellWord('http://127.0.0.1:8080/')).toBe('http://127.0.0.1:8080/')
})

test('the command that replays a card can be copied, whatever its file and its system are called', () => {
  const command = replayCommand({ program: { clients: [], prefix: [], phases: [] } }, 'my cards/a.json', './my system.ts')
  expect(command).toBe("channel-conformance replay 'my cards/a.json' --system './my system.ts'")
})
