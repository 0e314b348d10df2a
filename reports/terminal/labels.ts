/** The parts of a card, each behind its label. */
import type { Paints } from './look.ts'

/** Fewer columns than these are not reckoned with: a terminal breaks what is too long. */
export const narrowest = 30

/** From here on labels stand beside what they label, else above it. */
const roomy = 60

/** Labels, and how far what they label is indented. */
export function labels(width: number, { faint }: Paints) {
  if (width < roomy)
    return {
      indent: 4,
      before: (name: string, lines: readonly string[]): string[] => [
        ...(name === '' ? [] : [`  ${faint(name)}`]),
        ...lines.map((line) => `    ${line}`),
      ],
    }
  return {
    indent: 12,
    before: (name: string, lines: readonly string[]): string[] =>
      lines.map(
        (line, index) => `  ${index === 0 && name !== '' ? faint(name) + ' '.repeat(10 - name.length) : ' '.repeat(10)}${line}`,
      ),
  }
}
