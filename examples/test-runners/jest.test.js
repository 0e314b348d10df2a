/** With jest: `npm run test:jest`. */
import { describe, it } from '@jest/globals'
import { runConformance } from 'channel-conformance'
import system from './system.js'

runConformance(system, { describe, it }, { only: process.env.ONLY, seed: 1 })
