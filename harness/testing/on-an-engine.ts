/** The ws system, saying that it runs on an engine: for the tests of what is said of that. */
import type { System } from '../../spec/system.ts'
import { ws } from '../systems/ws.ts'

const system: System = {
  ...ws,
  name: 'stored',
  start: async (probe, options) => ({ ...(await ws.start(probe, options)), engine: 'dynalite 4.0.0' }),
}
export default system
