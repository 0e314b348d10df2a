/** What the command line's system arguments refer to, checked before anything is run. */
import { existsSync } from 'node:fs'
import { deadlines } from '../../conformance/deadlines.ts'
import type { Host } from '../../conformance/host.ts'
import { type Capability, capabilityNames, isCapability } from '../../spec/capabilities.ts'
import { hostAtUrl } from '../drivers/black-box/host.ts'
import { hostInChild } from '../drivers/child.ts'
import { isFileReference, SystemReferenceError } from '../load-system.ts'
import { bundledSystems, MissingPackageError } from '../systems.ts'

/** A system to be run, or why it cannot run here. */
export interface Reference {
  name: string
  /** It was named, so that its absence is an error and no mere skip. */
  asked: boolean
  /** Which optional package it lacks, and how to install it. */
  missing?: string
  /** Why it could not be loaded, where that is no missing package but a fault. */
  broken?: string
  /** Whether two hosts of it know nothing of each other. */
  isolated?: boolean
  /** Whether it offers a simulation; undefined where that is not known before it is loaded. */
  simulates?: boolean
  /** Its name is the address of a server that somebody else has started; it is judged by these, where they are given. */
  elsewhere?: true
  capabilities?: Capability[]
}

/** The flags that name a server started elsewhere. */
export interface UrlFlags {
  url?: string
  capabilities?: string
}

/**
 * The reference of `--url`; undefined where there is none.
 * @throws Error for an address that is none, systems named beside it, and capabilities nobody knows
 */
export function urlReference(asked: readonly string[], { url, capabilities }: UrlFlags): Reference | undefined {
  if (url === undefined) {
    if (capabilities !== undefined) throw new Error('--capabilities goes with --url: every other system declares its own')
    return undefined
  }
  if (asked.length > 0) throw new Error(`--url is judged by itself: expected no system beside it, not ${asked.join(' ')}`)
  if (!/^https?:\/\/[^/?#]/.test(url) || !URL.canParse(url))
    throw new Error(`--url takes the base address of a server such as http://127.0.0.1:8080, not ${JSON.stringify(url)}`)
  const reference: Reference = { name: url, asked: true, elsewhere: true, simulates: false }
  if (capabilities === undefined) return reference
  const names = capabilities.split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]))
  const unknown = names.find((name) => !isCapability(name))
  if (unknown !== undefined)
    throw new Error(`there is no capability ${JSON.stringify(unknown)}: expected some of ${capabilityNames.join(', ')}`)
  return { ...reference, capabilities: names as Capability[] }
}

/** Opens the host of a reference. @throws HostError */
export function openHost({ name, elsewhere, capabilities }: Reference, patience = deadlines.start): Promise<Host> {
  if (elsewhere !== true) return hostInChild(name, patience)
  return hostAtUrl(name, { patience, ...(capabilities !== undefined && { capabilities }) })
}

/** @throws SystemReferenceError for a name nobody knows and a file that is not there */
export async function checkReference(reference: string, asked: boolean): Promise<Reference> {
  if (reference.startsWith('mutant:')) return { name: reference, asked, isolated: true }
  if (isFileReference(reference)) {
    if (!existsSync(reference)) throw new SystemReferenceError(`cannot read ${reference}: there is no such file`)
    return { name: reference, asked }
  }
  const bundled = bundledSystems.find(({ name }) => name === reference)
  if (bundled === undefined) {
    const names = bundledSystems.map(({ name }) => name).join(', ')
    throw new SystemReferenceError(
      `unknown system ${JSON.stringify(reference)}: expected one of ${names}, or the path of a module`,
    )
  }
  try {
    const { simulate } = await bundled.load()
    return { name: reference, asked, isolated: true, simulates: simulate !== undefined }
  } catch (error) {
    if (error instanceof MissingPackageError) return { name: reference, asked, missing: error.message }
    return { name: reference, asked, broken: `it could not be loaded: ${faultOf(error)}` }
  }
}

/** An error of code in one line, with where it came from. */
export function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const [line] = error.message.split('\n')
  const from = /^\s+at .*$/m.exec(error.stack ?? '')?.[0].trim()
  return `${error.name}: ${line}${from === undefined ? '' : ` (${from})`}`
}
