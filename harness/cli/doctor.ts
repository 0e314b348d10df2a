/** `doctor`: what is found here, and why a bundled system would be skipped. */
import { engineFindings, type Looks } from '../engines/findings.ts'
import { bundledSystems } from '../systems.ts'
import { checkReference } from './references.ts'

interface Finding {
  what: string
  found: string
}

const version = async (name: string): Promise<string> => {
  try {
    const url = import.meta.resolve(`${name}/package.json`)
    const { default: manifest } = (await import(url, { with: { type: 'json' } })) as { default: { version: string } }
    return manifest.version
  } catch (error) {
    // A package that is there but does not export its manifest counts as found.
    return (error as NodeJS.ErrnoException).code === 'ERR_PACKAGE_PATH_NOT_EXPORTED' ? 'found' : 'not found'
  }
}

/** Prints a line for Node, the libraries, what decides on the engine of DynamoDB, and each bundled system; 0 whatever is found. */
export async function doctor(looks: Looks = {}): Promise<number> {
  const findings: Finding[] = [{ what: 'node', found: `${process.versions.node} on ${process.platform} ${process.arch}` }]
  for (const name of ['ws', 'fast-check', 'tsx', 'vitest']) findings.push({ what: name, found: await version(name) })
  for (const name of ['@aws-sdk/client-dynamodb', 'testcontainers']) findings.push({ what: name, found: await version(name) })
  const engine = await engineFindings(looks)
  findings.push(...engine.findings)
  for (const { name, onEngine } of bundledSystems) {
    const { missing, broken } = await checkReference(name, false)
    const reasons = [missing ?? broken, onEngine === true ? engine.none : undefined].filter((each) => each !== undefined)
    const verdict = missing === undefined ? 'cannot run here' : 'would be skipped'
    const found = reasons.length === 0 ? 'can run here' : `${verdict}: ${reasons.join('; and ')}`
    findings.push({ what: `system ${name}`, found })
  }
  const width = Math.max(...findings.map(({ what }) => what.length)) + 1
  process.stdout.write(`${findings.map(({ what, found }) => `${what.padEnd(width)} ${found}`).join('\n')}\n`)
  return 0
}
