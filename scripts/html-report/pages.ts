/** The pages that are looked at, as files. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { htmlReport } from '../../reports/html/index.ts'
import { hostile, hostileCard } from '../../reports/html/testing/hostile.ts'
import { lanesCard, red, storesCard } from '../../reports/html/testing/red.ts'
import { green, large } from '../../reports/html/testing/results.ts'

/** URLs of the pages, by what they show. */
export type Pages = Record<'green' | 'red' | 'hostile' | 'large', string>

/** Writes them into `directory`. */
export function writePages(directory: string): Pages {
  const write = (name: string, text: string): string => {
    const path = join(directory, `${name}.html`)
    writeFileSync(path, text)
    return pathToFileURL(path).href
  }
  return {
    green: write('green', htmlReport(green, [])),
    red: write('red', htmlReport(red, [lanesCard, storesCard])),
    hostile: write('hostile', htmlReport(hostile, [hostileCard])),
    large: write('large', htmlReport(large(200), [])),
  }
}
