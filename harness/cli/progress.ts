/** Progress: one line that changes on a terminal, nothing elsewhere (each system's line is printed when it is done). */
import yoctoSpinner from 'yocto-spinner'
import { visible } from '../../reports/text/visible.ts'

/** Shows how far a run is. */
export interface Progress {
  show(text: string): void
  /** Clears the line, so that something else can be printed. */
  clear(): void
}

/** A spinner on standard error where that is a terminal. */
export function startProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  if (!stream.isTTY) return { show: () => {}, clear: () => {} }
  const spinner = yoctoSpinner({ stream })
  return {
    show(text) {
      spinner.text = visible(text)
      if (!spinner.isSpinning) spinner.start()
    },
    clear() {
      if (spinner.isSpinning) spinner.stop()
    },
  }
}
