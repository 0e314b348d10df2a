/** The package's own version, from its package.json, which stands one folder up in the sources and two in the build. */
import { existsSync, readFileSync } from 'node:fs'

const candidates = ['../package.json', '../../package.json'].map((path) => new URL(path, import.meta.url))
const found = candidates.find((url) => existsSync(url))

/** For results and cards. */
export const packageVersion: string =
  found === undefined ? 'unknown' : (JSON.parse(readFileSync(found, 'utf8')) as { version: string }).version
