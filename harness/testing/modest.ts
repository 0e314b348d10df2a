/** The ws system, declaring less than it has: for the tests of what is said of that. */
import type { System } from '../../spec/system.ts'
import { ws } from '../systems/ws.ts'

const system: System = { ...ws, name: 'modest', capabilities: ['stateful', 'ordered', 'handshakeStatus'] }
export default system
