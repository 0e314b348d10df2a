/** `channel-conformance/spec`: the contract as data, and the types of everything that is judged. */
export * from './capabilities.ts'
export * from './history.ts'
export * from './requirement.ts'
export { contractVersion, requirementById, requirements } from './requirements/index.ts'
export * from './result.ts'
export type { Run } from './run/run.ts'
export { viewRun } from './run/view.ts'
export * from './system.ts'
