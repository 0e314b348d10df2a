/** With mocha: `npm run test:mocha`. */
import { describe, it } from 'mocha'
import { runConformance } from 'channel-conformance'
import system from './system.js'

runConformance(system, { describe, it }, { only: process.env.ONLY, seed: 1 })
