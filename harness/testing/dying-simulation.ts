/** A system that is sound over sockets, and whose simulation ends its process. */
import type { System } from '../../spec/system.ts'
import { ws } from '../systems/ws.ts'

export default { ...ws, name: 'dying', simulate: () => process.exit(3) } satisfies System
