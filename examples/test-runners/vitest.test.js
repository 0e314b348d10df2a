/** With vitest: `npm run test:vitest`. */
import { testConformance } from 'channel-conformance/vitest'
import system from './system.js'

testConformance(system, { only: process.env.ONLY, seed: 1 })
