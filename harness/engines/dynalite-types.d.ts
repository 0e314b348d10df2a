/** The part of dynalite used here; it comes without types. */
declare module 'dynalite' {
  import type { Server } from 'node:http'
  /** An http server over an engine in memory. Times in milliseconds. */
  export default function dynalite(options: { createTableMs: number; deleteTableMs: number; updateTableMs: number }): Server
}
