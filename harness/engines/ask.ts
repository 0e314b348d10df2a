/** One HTTP request with a bound: whether something answers, and what. */
import * as http from 'node:http'
import * as https from 'node:https'
import { alarm } from '../../conformance/deadlines.ts'

/** An answer as far as it tells what answers. */
export interface Answer {
  status: number
  headers: http.IncomingHttpHeaders
  body: string
}

/** Where to ask: an address, or a socket's file. */
export type Place = { url: URL } | { socketPath: string; path: string }

/**
 * Asks once. `patience` in milliseconds.
 * @throws Error with the reason where nothing answers in time
 */
export async function ask(place: Place, patience: number, options: http.RequestOptions = {}, body = ''): Promise<Answer> {
  const { late, cancel } = alarm(patience)
  const request = 'url' in place ? requestTo(place.url, options) : http.request({ ...place, ...options, agent: false })
  const answer = new Promise<Answer>((resolve, reject) => {
    request.on('error', reject)
    request.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
      })
      response.on('error', reject)
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }))
    })
  })
  request.end(body)
  try {
    const first = await Promise.race([answer, late])
    if (first === 'late') throw new Error(`no answer within ${patience / 1000} s`)
    return first
  } finally {
    cancel()
    // An answer that is late after all is nobody's.
    answer.catch(() => undefined)
    request.destroy()
  }
}

function requestTo(url: URL, options: http.RequestOptions): http.ClientRequest {
  return url.protocol === 'https:'
    ? https.request(url, { ...options, agent: false })
    : http.request(url, { ...options, agent: false })
}
