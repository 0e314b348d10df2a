/**
 * Breaks text into lines of at most `width` characters, behind spaces and the punctuation of JSON where it can.
 * What does not go into `most` lines ends in an ellipsis.
 */
export function wrap(text: string, width: number, most: number): string[] {
  const lines: string[] = []
  let rest = text
  while (rest.length > 0) {
    if (rest.length <= width) {
      lines.push(rest)
      break
    }
    if (lines.length === most - 1) {
      lines.push(`${rest.slice(0, width - 1)}…`)
      break
    }
    const end = breakIn(rest, width)
    lines.push(rest.slice(0, end).trimEnd())
    rest = rest.slice(end).trimStart()
  }
  return lines
}

/** Where to break: behind the last punctuation that fits, unless the line would be less than half full. */
function breakIn(text: string, width: number): number {
  for (let end = width; end > width / 2; end--) if (/[\s,:[{]/.test(text[end - 1] ?? '')) return end
  return width
}
