/** Where Chromium is. */
import { existsSync } from 'node:fs'

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable']

/** The path in `CHROMIUM`, or the first of the usual places. @throws Error that says what to install */
export function findChromium(): string {
  const named = process.env['CHROMIUM']
  if (named !== undefined) {
    if (!existsSync(named)) throw new Error(`there is no Chromium at ${named}, which CHROMIUM names`)
    return named
  }
  const found = usual.find((path) => existsSync(path))
  if (found === undefined)
    throw new Error(
      `there is no Chromium: install it (apt-get install chromium) or name one in CHROMIUM; looked at ${usual.join(', ')}`,
    )
  return found
}
