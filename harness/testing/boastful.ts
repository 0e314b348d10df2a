/** memory-serverless, declaring what it has not: for the tests of what is said of that. */
import type { System } from '../../spec/system.ts'
import { memoryServerless } from '../systems/memory-serverless.ts'

const system: System = {
  ...memoryServerless,
  name: 'boastful',
  capabilities: [...memoryServerless.capabilities, 'ordered', 'pathParameters', 'binary', 'customSubscribers'],
}
export default system
