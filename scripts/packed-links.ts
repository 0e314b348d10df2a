/** The rule about links: what the npm package holds must not point out of it, since there is nothing where they lead. */

/** The relative links of a document, as paths from the root of the package; code does not count. */
export function relativeLinks(file: string, text: string): string[] {
  const prose = text.replace(/```[\s\S]*?```|`[^`\n]*`/g, '')
  const targets = [...prose.matchAll(/\]\(<?([^)\s>]+)|^\[[^\]]+\]:\s*<?([^\s>]+)/gm)].map((match) => match[1] ?? match[2] ?? '')
  return targets
    .filter((target) => !/^([a-z][a-z0-9+.-]*:|#|\/\/)/i.test(target))
    .map((target) => decodeURIComponent(new URL(target, `file:///${file}`).pathname).slice(1))
}

/** A line for each link of a packed document that leads to no packed file. */
export function strayLinks(file: string, text: string, packed: readonly string[]): string[] {
  return relativeLinks(file, text)
    .filter((path) => !packed.includes(path))
    .map((path) => `${file} links to ${path}, which is not in the package: name it in plain text, or add it to "files"`)
}
