/** What the command line's system arguments refer to, checked before anything is run. */
import { existsSync } from 'node:fs'
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
