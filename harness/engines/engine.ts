/** What the DynamoDB adapter is judged on: an engine with DynamoDB's API at an address of its own. */

/** An engine that answers. */
export interface Engine {
  /** `dynalite`, `DynamoDB Local`, or `DynamoDB` where the address does not tell which it is. */
  readonly name: string
  readonly version?: string | undefined
  /** Base address of its API. */
  readonly endpoint: string
  /** Somebody else runs it there, and `stop` leaves it alone. */
  readonly foreign?: true
  /** Why an engine that comes first could not be used though it was there. */
  readonly instead?: string
  /** Ends it; it ends with this process in any case. */
  stop(): Promise<void>
}

/** The engine as output and reports name it. */
export function engineName({ name, version, endpoint, foreign, instead }: Engine): string {
  const known = version === undefined ? name : `${name} ${version}`
  const place = foreign === true ? ` at ${endpoint}` : ''
  return `${known}${place}${instead === undefined ? '' : ` (${instead})`}`
}
