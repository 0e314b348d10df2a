/** Finds a system by what the command line calls it: a bundled one's name, or a module whose default export is a system. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isCapability } from '../spec/capabilities.ts'
import type { StoreSystem } from '../spec/stores.ts'
import type { System } from '../spec/system.ts'
import { bundledSystems } from './systems.ts'

/** A reference that names no system; its message is one line that says what was expected. */
export class SystemReferenceError extends Error {
  override name = 'SystemReferenceError'
}

/** Whether a reference is a file's rather than a bundled system's name. */
export function isFileReference(reference: string): boolean {
  return /[/\\]|\.[cm]?[jt]s$/.test(reference)
}

/** Loads the system of a reference. @throws SystemReferenceError */
export async function loadSystem(reference: string): Promise<System> {
  if (reference.startsWith('mutant:')) {
    const { mutants } = await import('./mutants/index.ts')
    const { heldOutMutants } = await import('./mutants/held-out/held-out.ts')
    const mutant = [...mutants, ...heldOutMutants()].find(({ name }) => `mutant:${name}` === reference)
    if (mutant === undefined) throw new SystemReferenceError(`unknown mutant ${JSON.stringify(reference)}`)
    const { buildMutant } = await import('./mutants/build.ts')
    return buildMutant(mutant)
  }
  if (!isFileReference(reference)) {
    const bundled = bundledSystems.find((each) => each.name === reference)
    if (bundled === undefined) {
      const names = bundledSystems.map((each) => each.name).join(', ')
      throw new SystemReferenceError(
        `unknown system ${JSON.stringify(reference)}: expected one of ${names}, or the path of a module`,
      )
    }
    return bundled.load()
  }
  return checkedSystem(await defaultExport(reference), reference)
}

/**
 * Loads stores that are a module's default export.
 * @returns undefined where the reference names something else, such as a whole system
 * @throws SystemReferenceError where there is no such module
 */
export async function loadStores(reference: string): Promise<StoreSystem | undefined> {
  if (!isFileReference(reference)) return undefined
  const value = await defaultExport(reference)
  return isStoreSystem(value) ? value : undefined
}

function isStoreSystem(value: unknown): value is StoreSystem {
  const { name, open, start } = (value ?? {}) as Partial<StoreSystem & System>
  return typeof name === 'string' && typeof open === 'function' && start === undefined
}

async function defaultExport(reference: string): Promise<unknown> {
  const path = resolve(reference)
  if (!existsSync(path)) throw new SystemReferenceError(`cannot read ${reference}: there is no such file`)
  let module: { default?: unknown }
  try {
    module = (await import(pathToFileURL(path).href)) as { default?: unknown }
  } catch (error) {
    // A translator says in its second line where, and what was expected there.
    const lines = String((error as Error).message).split('\n')
    const said = lines.slice(0, lines[0]?.endsWith(':') === true ? 2 : 1).join(' ')
    throw new SystemReferenceError(`cannot load ${reference}: ${(error as Error).name}: ${said}`)
  }
  return module.default
}

/** @throws SystemReferenceError where `value` is not a system */
export function checkedSystem(value: unknown, reference: string): System {
  const expected = `expected the default export of ${reference} to be a system: { name, capabilities, start(probe, options) }`
  if (value === null || typeof value !== 'object')
    throw new SystemReferenceError(`${expected}; it is ${value === undefined ? 'missing' : String(value)}`)
  const { name, capabilities, start } = value as Partial<System>
  if (typeof name !== 'string' || name === '') throw new SystemReferenceError(`${expected}; its name is not a non-empty string`)
  if (typeof start !== 'function') throw new SystemReferenceError(`${expected}; it has no start function`)
  if (!Array.isArray(capabilities)) throw new SystemReferenceError(`${expected}; its capabilities are not an array`)
  const unknown = capabilities.find((each) => typeof each !== 'string' || !isCapability(each))
  if (unknown !== undefined)
    throw new SystemReferenceError(`${reference} declares an unknown capability ${JSON.stringify(unknown)}`)
  return value as System
}
