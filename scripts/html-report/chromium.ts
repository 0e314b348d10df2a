/** Where Chromium is. */
import { existsSync } from 'node:fs'

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable']

/** The path in `CHROMIUM`, or the first of the usual places; without either the process ends and says what to install. */
export function findChromium(): string {
  const named = process.env['CHROMIUM']
  const found = (named === undefined ? usual : [named]).find((path) => existsSync(path))
  if (found !== undefined) return found
  process.stderr.write(
    named === undefined
      ? `there is no Chromium at ${usual.join(', ')}: install it (apt-get install chromium) or name one in CHROMIUM\n`
      : `there is no Chromium at ${named}, which CHROMIUM names\n`,
  )
  return process.exit(1)
}
