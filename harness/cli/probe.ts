/** `probe`: is what a system declares there, and is something there that it does not declare? */
import { HostError } from '../../conformance/host.ts'
import { probeCapabilities } from '../../conformance/probing/probe.ts'
import { isOverdeclared, probingLines, undeclaredLines } from '../../reports/text/probing.ts'
import type { SystemResult } from '../../spec/result.ts'
import { hostInChild } from '../drivers/child.ts'
import { bundledSystems } from '../systems.ts'
import { exitCodes } from './exit-codes.ts'
import { checkReference } from './references.ts'
import { print } from './terminal.ts'

/** Probes systems and prints a table for each; 1 where something declared was not found, 2 where a system could not be probed. */
export async function probe(asked: readonly string[]): Promise<number> {
  const names = asked.length > 0 ? asked : bundledSystems.map(({ name }) => name)
  const references = await Promise.all(names.map((name) => checkReference(name, asked.length > 0)))
  let code: number = exitCodes.passed
  for (const { name, missing, broken, asked } of references) {
    const found = broken ?? missing ?? (await findingsOf(name))
    if (typeof found === 'string') {
      print([`${name}: could not be probed: ${found}`])
      if ((asked || missing === undefined) && code === exitCodes.passed) code = exitCodes.undecided
      continue
    }
    print(probingLines(name, found))
    if (found.some(isOverdeclared)) code = exitCodes.failed
  }
  return code
}

/** The findings on one system, in a process of its own; a sentence where it could not be started. */
async function findingsOf(name: string) {
  try {
    const host = await hostInChild(name)
    return await probeCapabilities(host).finally(() => host.end())
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    return error.message
  }
}

/**
 * What `run` says of a system's capabilities: one line where it seems to have some that it does not declare. They are
 * looked for in a process of their own, so that what it cannot do harms no program of the run.
 */
export async function undeclaredBy(reference: string, result: SystemResult): Promise<string[]> {
  if (result.couldNotJudge !== undefined || result.skipped !== undefined) return []
  try {
    const host = await hostInChild(reference)
    const findings = await probeCapabilities(host, (name) => !host.capabilities.includes(name)).finally(() => host.end())
    return undeclaredLines(reference, findings)
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    return []
  }
}
