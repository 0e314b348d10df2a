/**
 * The AWS SDK, which is an optional dependency: it is loaded when the adapter is, and asked for at the first use, so that
 * a missing package is told in one line.
 */

/** A package of the SDK, loading. @throws Error (when awaited) that says which command installs it */
function loading<Module>(name: string, load: () => Promise<Module>): () => Promise<Module> {
  const loaded = load().catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || !error.message.includes(name)) throw error
    throw new Error(`${name} is not installed; install it with: npm install ${name}`)
  })
  // Told to whoever uses it, and to nobody else.
  loaded.catch(() => {})
  return () => loaded
}

// Their types are named: spelled out, the declarations would lead into packages that nobody here depends on.

/** `@aws-sdk/client-dynamodb` */
export const dynamodbSdk = loading<typeof import('@aws-sdk/client-dynamodb')>(
  '@aws-sdk/client-dynamodb',
  () => import('@aws-sdk/client-dynamodb'),
)

/** `@aws-sdk/client-apigatewaymanagementapi` */
export const managementSdk = loading<typeof import('@aws-sdk/client-apigatewaymanagementapi')>(
  '@aws-sdk/client-apigatewaymanagementapi',
  () => import('@aws-sdk/client-apigatewaymanagementapi'),
)

/** `@aws-sdk/client-lambda` */
export const lambdaSdk = loading<typeof import('@aws-sdk/client-lambda')>(
  '@aws-sdk/client-lambda',
  () => import('@aws-sdk/client-lambda'),
)
