/** The one list of bundled systems. */
import type { System } from '../spec/system.ts'

/** A system that comes with the kit, loaded only when it is wanted: what it needs may not be installed. */
export interface BundledSystem {
  name: string
  /** @throws MissingPackageError where an optional package is not here; any other error is a fault of the code */
  load(): Promise<System>
  /** It runs on an engine for DynamoDB, which is looked for when it starts. */
  onEngine?: true
}

/** An optional package is not here, or not for this platform; the message says which, and which command installs it. */
export class MissingPackageError extends Error {
  override name = 'MissingPackageError'
}

/**
 * Every bundled system, in the order they are run and reported: one of each kind first, since the next of its kind begins
 * with what decided most on it, and what costs most last.
 */
export const bundledSystems: readonly BundledSystem[] = [
  { name: 'ws', load: async () => (await import('./systems/ws.ts')).ws },
  { name: 'memory-serverless', load: async () => (await import('./systems/memory-serverless.ts')).memoryServerless },
  { name: 'uws', load: loadUws },
  { name: 'dynamodb-serverless', load: loadDynamoDB, onEngine: true },
]

/** uWebSockets.js comes with binaries for some versions of Node and some platforms only. */
async function loadUws(): Promise<System> {
  try {
    await import('uWebSockets.js')
  } catch (error) {
    const absent = (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND'
    const why = absent
      ? 'uWebSockets.js is not installed'
      : `uWebSockets.js has no binary for Node ${process.versions.node} on ${process.platform} ${process.arch}`
    const remedy = absent
      ? 'npm install uWebSockets.js@npm:uws-pack@20.0.8'
      : 'npm install uWebSockets.js@uNetworking/uWebSockets.js#v20.52.0'
    throw new MissingPackageError(`${why}; install it with: ${remedy}`)
  }
  return (await import('./systems/uws.ts')).uws
}

/** The AWS SDK is what the adapter stands on; which engine it meets is decided when it starts. */
async function loadDynamoDB(): Promise<System> {
  const packages = {
    '@aws-sdk/client-dynamodb': () => import('@aws-sdk/client-dynamodb'),
    '@aws-sdk/client-apigatewaymanagementapi': () => import('@aws-sdk/client-apigatewaymanagementapi'),
    // The bundle that worker processes run holds all of the adapter.
    '@aws-sdk/client-lambda': () => import('@aws-sdk/client-lambda'),
  }
  const missing: string[] = []
  for (const [name, load] of Object.entries(packages)) {
    await load().catch((error: NodeJS.ErrnoException) => {
      // One that is there and fails is no reason to install it.
      if (error.code !== 'ERR_MODULE_NOT_FOUND' || !error.message.includes(`'${name}'`)) throw error
      missing.push(name)
    })
  }
  if (missing.length > 0) {
    const names = missing.join(' ')
    throw new MissingPackageError(`the AWS SDK is not installed (${missing.join(', ')}); install it with: npm install ${names}`)
  }
  return (await import('./systems/dynamodb-serverless.ts')).dynamodbServerless
}
