/** Who may import whom, as design data; `violations` checks a file's imports against it. */

/** A folder's rule: the folders it may import from, and the packages. */
interface Rule {
  folders: readonly string[]
  /** Regular expressions on package names; `node:` modules are named too. */
  packages: readonly RegExp[]
}

const node = /^node:/

/** By path, the longest that matches a file first. Every folder may import from itself. */
export const rules: Readonly<Record<string, Rule>> = {
  spec: { folders: [], packages: [] },
  reports: { folders: ['spec'], packages: [] },
  'reports/terminal': { folders: ['spec', 'reports/text'], packages: [/^fast-string-width$/] },
  'reports/junit': { folders: ['spec', 'reports/text'], packages: [/^fast-xml-builder$/] },
  // The page's content security policy names its own style and script by their hashes.
  'reports/html': { folders: ['spec', 'reports/text'], packages: [/^node:crypto$/] },
  conformance: { folders: ['spec', 'reports/text'], packages: [/^fast-check$/, node] },
  'conformance/client.ts': { folders: ['spec', 'conformance'], packages: [/^ws$/, node] },
  'conformance/doors/vitest.ts': { folders: ['spec', 'conformance'], packages: [/^vitest$/] },
  'conformance/testing': { folders: ['spec', 'conformance'], packages: [/^ws$/, /^fast-check$/, node] },
  'adapters/runtime': {
    folders: ['spec/application.ts', 'spec/errors.ts'],
    packages: [/^@standard-schema\/spec$/, /^#pikku/, node],
  },
  'adapters/ws': { folders: ['adapters/runtime', 'spec'], packages: [/^ws$/, node] },
  'adapters/uws': { folders: ['adapters/runtime', 'spec'], packages: [/^uWebSockets\.js$/, node] },
  'adapters/serverless': {
    folders: ['adapters/runtime', 'spec/application.ts', 'spec/errors.ts', 'spec/stores.ts'],
    packages: [/^p-limit$/, node],
  },
  'adapters/serverless/testing': {
    folders: ['adapters/serverless', 'adapters/memory-serverless', 'adapters/runtime'],
    packages: [],
  },
  'adapters/memory-serverless': { folders: ['adapters/serverless', 'adapters/runtime', 'spec/stores.ts'], packages: [node] },
  'adapters/dynamodb-serverless': {
    folders: ['adapters/serverless', 'adapters/runtime', 'spec/stores.ts'],
    packages: [/^@aws-sdk\/client-(dynamodb|apigatewaymanagementapi|lambda)$/, node],
  },
  'harness/gateway': { folders: ['spec', 'harness'], packages: [/^ws$/, node] },
  'harness/engines': {
    folders: ['conformance/deadlines.ts'],
    packages: [/^dynalite$/, /^testcontainers$/, node],
  },
  harness: { folders: ['spec', 'conformance', 'reports'], packages: [/^commander$/, /^picocolors$/, /^yocto-spinner$/, node] },
  'harness/serverless': {
    folders: ['spec', 'harness/gateway', 'adapters/serverless', 'adapters/memory-serverless'],
    packages: [node],
  },
  'harness/systems.ts': {
    folders: ['spec', 'harness'],
    packages: [/^uWebSockets\.js$/, /^@aws-sdk\/client-(dynamodb|apigatewaymanagementapi|lambda)$/],
  },
  'harness/systems': {
    folders: ['spec', 'harness', 'adapters'],
    packages: [/^@aws-sdk\/client-(dynamodb|apigatewaymanagementapi)$/, node],
  },
}

/** The sources: tests may import what they test with. */
export const checkedFolders = ['spec', 'reports', 'conformance', 'adapters', 'harness'] as const

const importing =
  /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s+'([^']+)'|(?:^|[^\w.])import\(\s*'([^']+)'\s*\)|(?:^|\n)\s*import\s+'([^']+)'/g

/** What a source imports, types included. */
export function importsOf(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '')
  return [...code.matchAll(importing)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

function ruleOf(file: string): [string, Rule] | undefined {
  return Object.entries(rules)
    .filter(([path]) => file === path || file.startsWith(`${path}/`))
    .toSorted(([a], [b]) => b.length - a.length)[0]
}

/** The imports of `file` that break the arrows, a line each. */
export function violations(file: string, text: string): string[] {
  const found = ruleOf(file)
  if (found === undefined) return [`${file} stands in no folder with a rule`]
  const [own, rule] = found
  return importsOf(text).flatMap((specifier) => {
    if (!specifier.startsWith('.'))
      return rule.packages.some((each) => each.test(specifier)) ? [] : [`${file} imports ${specifier}`]
    const target = new URL(specifier, `file:///${file}`).pathname.slice(1)
    const allowed = [own, ...rule.folders].some((folder) => target === folder || target.startsWith(`${folder}/`))
    return allowed ? [] : [`${file} imports ${target}`]
  })
}
