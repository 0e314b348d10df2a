/** `channel-conformance`: the kit as a library. */
export type { Capability } from '../spec/capabilities.ts'
export type { ConformanceResult, RequirementResult, SystemResult, Verdict } from '../spec/result.ts'
export type { HostHub, Probe, ProbeLogger, Residue, Running, StartOptions, System } from '../spec/system.ts'
export type { Card } from './card.ts'
export { type ConformOptions, conform } from './doors/conform.ts'
export { type RunnerOptions, runConformance, type TestRunner } from './doors/runner.ts'
export type { Program } from './program.ts'
export { SelectionError } from './select.ts'
