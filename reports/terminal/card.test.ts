import { readFileSync } from 'node:fs'
import stringWidth from 'fast-string-width'
import { expect, test } from 'vitest'
import { type TerminalCard, terminalCard } from './card.ts'
import { type Paints, plain } from './look.ts'
import { excluded, lanes, saying, scheduled, stores } from './testing/cards.ts'

const file = '.channel-conformance/cards/mutant_excludes-nobody-PUB-02.json'
const shown = (card: TerminalCard, width: number, paints: Paints = plain): string[] => terminalCard(card, { width, paints }, file)
/** As a person compares it: the frame keeps the beginnings of lines in sight. */
const text = (card: TerminalCard, width: number): string => `\n${shown(card, width).join('\n')}\n`

/** Lines that are wider than they may be; those which are never wrapped are named by what they end in. */
const tooWide = (card: TerminalCard, width: number, copied: readonly string[]): string[] =>
  shown(card, width).filter((line) => stringWidth(line) > width && !copied.some((each) => line.endsWith(each)))

test.each([80, 100, 120, 40])('a card of a run at %i columns', (width) => {
  expect(text(excluded, width)).toMatchSnapshot()
})

test('the README shows this card as it is when piped', () => {
  expect(readFileSync(new URL('../../README.md', import.meta.url), 'utf8')).toContain(`\`\`\`${text(excluded, 100)}\`\`\``)
})

test.each([80, 40])('two lanes at %i columns', (width) => {
  expect(text(lanes, width)).toMatchSnapshot()
})

test('a schedule, and what comes again and again', () => {
  expect(text(scheduled, 80)).toMatchSnapshot()
})

test.each([80, 40])('stores at %i columns', (width) => {
  expect(text(stores, width)).toMatchSnapshot()
})

const widths = [30, 33, 40, 57, 59, 60, 61, 80, 100, 120, 200]

test.each([
  ['of a run', excluded],
  ['with lanes', lanes],
  ['with a schedule', scheduled],
  ['of stores', stores],
])('a card %s is nowhere wider than it may be', (_what, card) => {
  const copied = [card.signature ?? '', file]
  for (const width of widths) expect(tooWide(card, width, copied)).toEqual([])
  // The check would tell: the two lines for copying are whole and wider.
  expect(tooWide(card, 30, [])).toHaveLength(2)
})

test('the signature and the command are whole on a line of their own, at any width', () => {
  const long = { ...excluded, signature: 'word '.repeat(60).trim() }
  for (const width of widths) {
    const lines = shown(long, width)
    expect(lines.filter((line) => line.endsWith(long.signature))).toHaveLength(1)
    expect(lines.at(-1)).toMatch(new RegExp(`(?:^    |replay    )channel-conformance replay ${file}$`))
  }
})

test('colours: on allowed, seen and what the verdict rests on; without them the text is the same', () => {
  const name = (paint: string) => (line: string) => `<${paint}>${line}</>`
  const paints = {
    strong: name('strong'),
    faint: name('faint'),
    allowed: name('allowed'),
    seen: name('seen'),
    evidence: name('evidence'),
  }
  const coloured = shown(excluded, 80, paints)
  expect(coloured.map((line) => line.replaceAll(/<\/?\w*>/g, ''))).toEqual(shown(excluded, 80))
  expect(coloured.join('\n')).toMatch(/<allowed>nothing of the publish .*<\/>/)
  expect(coloured.join('\n')).toMatch(/<seen>c0 received it<\/>/)
  expect(coloured.filter((line) => line.includes('<evidence>◆</>'))).toHaveLength(3)
  expect(coloured[0]).toMatch(/^<seen><strong>PUB-02<\/><\/><strong> /)
})

const wide = '日本語のメッセージ、とても長い本文です'

test.each([
  ['escape sequences', '\u001b[31mred\u001b]0;title\u0007\u009b2J'],
  ['line ends', 'one\r\ntwo\n::error::three\r'],
  ['the other direction', '\u202eabc\u2067def'],
  ['wide characters', wide],
  ['emoji', '🦊👨‍👩‍👧🇩🇪'.repeat(9)],
  ['combining characters', `${'e\u0301'.repeat(50)}${'\u0334'.repeat(20)}`],
  ['tabs and blanks', ' \t \t '],
  ['nothing', ''],
  ['one very long word', 'x'.repeat(900)],
  ['the mark and the lines of the drawing', '◆│├─▶'.repeat(30)],
])('%s in every text of a card break nothing', (_what, said) => {
  for (const width of widths) {
    const lines = shown(saying(said), width)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be left
    expect(lines.join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/)
    // Of lines that are too wide there is the signature alone, which is never wrapped, and the command.
    const over = lines.filter((line) => stringWidth(line) > width)
    expect(over.length).toBeLessThanOrEqual(2)
    for (const line of over.slice(0, -1)) expect(lines.indexOf(line)).toBeGreaterThan(lines.length - 5)
  }
})

test('lifelines stay where they are beside wide characters', () => {
  const lines = shown(
    {
      ...lanes,
      sequence: [
        { lane: 'server', to: 'c1', label: wide.slice(0, 9) },
        { lane: 'kit', label: 'x' },
      ],
    },
    80,
  )
  const drawn = lines.slice(lines.findIndex((line) => line.includes('kit')) + 1)
  const ends = drawn.filter((line) => /[│┤]$/.test(line))
  expect(ends.join('\n')).toContain(wide.slice(0, 9))
  expect(new Set(ends.map((line) => stringWidth(line))).size).toBe(1)
})

test('what a card has not is not told of', () => {
  const { signature: _, source: __, sequence: ___, ...old } = excluded
  const lines = terminalCard(old, { width: 80, paints: plain })
  expect(lines.join('\n')).not.toMatch(/signature|replay|◆|guide:/)
})

test('of very many events the last are drawn, and how many', () => {
  const sequence = Array.from({ length: 100 }, (_, index) => ({ lane: 'c0', label: String(index) }))
  const lines = shown({ ...excluded, sequence }, 80)
  expect(lines.join('\n')).toContain('◆ what the verdict rests on; 60 of 100 events')
  expect(lines.some((line) => line.endsWith('├ 39'))).toBe(false)
  expect(lines.some((line) => line.endsWith('├ 40'))).toBe(true)
})
