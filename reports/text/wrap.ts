/** Breaks text into lines that fit: behind words where there are any, else behind the punctuation of JSON, else anywhere. */

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** What a person takes for the characters of a text. */
export const graphemes = (text: string): string[] => [...segmenter.segment(text)].map(({ segment }) => segment)

/**
 * Lines of at most `width`; what does not go into `most` of them ends in an ellipsis.
 * @param widthOf in whatever unit `width` is; characters by default
 */
export function wrap(text: string, width: number, most = Infinity, widthOf = (part: string) => part.length): string[] {
  const lines: string[] = []
  let rest = text
  while (rest !== '') {
    if (widthOf(rest) <= width) {
      lines.push(rest)
      break
    }
    if (lines.length === most - 1) {
      lines.push(cut(rest, width, widthOf))
      break
    }
    const end = breakIn(rest, head(rest, width, widthOf).length)
    lines.push(rest.slice(0, end).trimEnd())
    rest = rest.slice(end).trimStart()
  }
  return lines
}

/** The text, or as much of it as goes into `width` with an ellipsis behind it. */
export function cut(text: string, width: number, widthOf = (part: string) => part.length): string {
  return widthOf(text) <= width ? text : `${head(text, width - 1, widthOf)}…`
}

/** As many characters as fit; one in any case, or nothing would ever come to its end. */
function head(text: string, width: number, widthOf: (part: string) => number): string {
  let taken = ''
  for (const { segment } of segmenter.segment(text)) {
    if (taken !== '' && widthOf(taken + segment) > width) break
    taken += segment
  }
  return taken
}

/** Where to break a text of which so many characters fit, unless the line would be nearly empty. */
function breakIn(text: string, fitting: number): number {
  for (let end = fitting; end > fitting / 4; end--) if (/\s/.test(text[end] ?? '')) return end
  for (let end = fitting; end > fitting / 2; end--) if (/[,:[{]/.test(text[end - 1] ?? '')) return end
  return fitting
}
