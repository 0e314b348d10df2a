/** With node:test: `npm run test:node`. */
import { describe, it } from 'node:test'
import { runConformance } from 'channel-conformance'
import system from './system.js'

runConformance(system, { describe, it }, { only: process.env.ONLY, seed: 1 })
