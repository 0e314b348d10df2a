/** The logger of applications that bring none, and a guard around those that do. */
import type { Logger } from '../../spec/application.ts'

/** Writes warnings and errors, and what the application says at `info`, to the console; `debug` is dropped. */
export const consoleLogger: Logger = {
  debug: () => {},
  info: (message, details) => (details === undefined ? console.info(message) : console.info(message, details)),
  warn: (message, details) => (details === undefined ? console.warn(message) : console.warn(message, details)),
  error: (message, details) => (details === undefined ? console.error(message) : console.error(message, details)),
}

/** Logs, and survives a logger that throws: what is being reported must not become a second failure. */
export function report(logger: Logger, level: 'debug' | 'warn' | 'error', message: string, details: object): void {
  try {
    logger[level](message, details)
  } catch {
    // Nowhere is left to say so.
  }
}

/** What a log says of a thrown value: its name and message, or its type where it is no error. */
export function reasonOf(error: unknown): string {
  try {
    return error instanceof Error ? `${error.name}: ${error.message}` : `thrown ${typeof error}`
  } catch {
    return 'an error that cannot be read'
  }
}
