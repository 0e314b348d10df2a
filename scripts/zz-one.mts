import { conformHost } from '../conformance/conform.ts'
import { hostInProcess } from '../conformance/doors/in-process.ts'
import { families } from '../conformance/programs/index.ts'
import { loadSystem } from '../harness/load-system.ts'

const [name, id, dump] = process.argv.slice(2)
const host = hostInProcess(await loadSystem(name!))
await conformHost(host, {
  seed: 1,
  shrink: false,
  families: families
    .filter((f) => Object.keys(f.examples).some((k) => k.startsWith(id + ' ')))
    .map((f) => ({
      ...f,
      runs: 0,
      examples: Object.fromEntries(Object.entries(f.examples).filter(([k]) => k.startsWith(id + ' '))),
    })),
  onProgram: ({ violations, decisions, execution, program }, family) => {
    console.log(family, JSON.stringify(program).slice(0, 300))
    for (const v of violations) console.log('   V', JSON.stringify(v).slice(0, 400))
    if (dump) for (const e of execution.events) console.log('   ', JSON.stringify(e).slice(0, 220))
  },
})
process.exit()
