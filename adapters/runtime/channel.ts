/** `#pikku/channel`: wiring channels to the default application, which servers serve unless they are given another. */
import { createApplication } from './application.ts'
import type { WireChannel } from './wiring.ts'

/** The application of the module-level `wireChannel`. */
export const defaultApplication = createApplication()

/** Adds a channel to the default application; see `WireChannel`. */
export const wireChannel: WireChannel = defaultApplication.wireChannel
