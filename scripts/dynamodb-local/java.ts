/** Where Java is. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** The command that runs Java: of JAVA_HOME where it is set, else of the path. @throws Error that says what to do where there is none */
export function findJava(env: NodeJS.ProcessEnv = process.env): string {
  const home = env.JAVA_HOME ?? ''
  const java = home === '' ? 'java' : join(home, 'bin', 'java')
  const { error, status } = spawnSync(java, ['-version'], { stdio: 'ignore', env })
  if (error === undefined && status === 0) return java
  const why = home === '' ? 'java is not found on the path' : `JAVA_HOME is ${home}, and ${java} does not run`
  throw new Error(
    `DynamoDB Local needs Java 17, and ${why}: install it (such as openjdk-17-jre-headless), or set JAVA_HOME to where it is`,
  )
}
