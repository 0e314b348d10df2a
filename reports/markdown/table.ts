/** Tables in Markdown: their cells are escaped by whoever fills them. */

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`

/** The lines of a table, of which the first so many columns hold words and the others figures. */
export function table(header: readonly string[], words: number, rows: readonly (readonly (string | number)[])[]): string[] {
  return [row(header), row(header.map((_, index) => (index < words ? '---' : '---:'))), ...rows.map(row)]
}
