/** A process that opens the embedded engine, tells where, and does nothing more: for the test of what ends it. */
import { startDynalite } from '../dynalite.ts'

const { endpoint } = await startDynalite()
process.send?.(endpoint)
process.on('message', () => process.disconnect())
