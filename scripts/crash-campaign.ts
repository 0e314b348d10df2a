/**
 * Runs generated programs over several worker processes, one of which is killed every so often, and tells what that cost:
 * `npm run crash-campaign -- --runs 1500 --seed 1 --workers 4 --kill-every 20`. Exits 1 where anything is lost, doubled
 * or left behind that the killed invocations do not account for.
 */
import { writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import fc from 'fast-check'
import { deadlines as ordinary } from '../conformance/deadlines.ts'
import { type Observation, Observer } from '../conformance/observe.ts'
import { needsOwnSystem, type Program } from '../conformance/program.ts'
import { families } from '../conformance/programs/index.ts'
import { familiesFor, scaleFamilies } from '../conformance/select.ts'
import { startProgress } from '../harness/cli/progress.ts'
import { hostInChild } from '../harness/drivers/child.ts'
import type { HistoryEvent, TraceEvent } from '../spec/history.ts'
import { requirements } from '../spec/requirements/index.ts'

const number = (text: string): number => Number(text)
const options = new Command('crash-campaign')
  .option('--runs <n>', 'generated programs', number, 1500)
  .option('--seed <n>', 'of programs, and of who is killed when', number, 1)
  .option('--workers <n>', 'worker processes', number, 4)
  .option('--kill-every <n>', 'about every so many invocations one is killed', number, 20)
  .option('--histories <file>', 'where the events of programs with problems go')
  .parse()
  .opts<{ histories?: string; runs: number; seed: number; workers: number; killEvery: number }>()

process.env.CHANNEL_CONFORMANCE_WORKERS = String(options.workers)
process.env.CHANNEL_CONFORMANCE_KILL_EVERY = String(options.killEvery)
process.env.CHANNEL_CONFORMANCE_WORKERS_SEED = String(options.seed)

/** A connect that was killed holds up its repetition until the connection is aged, and a killed delivery the next message for its lease. */
const deadlines = { ...ordinary, stall: 45_000 }
/** More than the lifetime of any channel, in milliseconds. */
const longer = 3 * 3_600_000
/** A sweep may be killed as well; so many in a row are not. */
const sweeps = 20

const count = { programs: 0, invocations: 0, killed: 0, channels: 0, timeouts: 0 }
const kills: Record<string, number> = {}
const workers = new Set<string>()
/** Of each system that was started: how often onDisconnect ran for each channel. */
const disconnects: Map<string, number>[] = []
const problems: string[] = []
/** What had happened in the programs that showed a problem. */
const histories: HistoryEvent[] = []

function see(event: TraceEvent, ran: Map<string, number>): void {
  if (event.kind === 'invoked') count.invocations++
  if (event.kind === 'returned' && event.outcome === 'killed') {
    count.killed++
    kills[event.event] = (kills[event.event] ?? 0) + 1
  }
  if (event.kind === 'enter' && event.handler === 'onConnect') count.channels++
  if (event.kind === 'enter' && event.handler === 'onDisconnect') ran.set(event.channelId, (ran.get(event.channelId) ?? 0) + 1)
}

const plain = await hostInChild('dynamodb-serverless')
const host: typeof plain = {
  ...plain,
  launch(launch, sink) {
    const ran = new Map<string, number>()
    disconnects.push(ran)
    return plain.launch(launch, (name, event) => {
      if (name.startsWith('worker')) workers.add(name)
      see(event, ran)
      sink(name, event)
    })
  },
}
const progress = startProgress()
const observer = new Observer(host, requirements, deadlines)

function tell(family: string, { violations, execution, program }: Observation): void {
  count.programs++
  count.timeouts += execution.timeouts
  for (const event of execution.events) {
    if (event.kind === 'stall')
      problems.push(
        `${family}: nothing came for ${event.patience} ms, waiting for ${event.waitingFor}\n  ${JSON.stringify(program)}`,
      )
  }
  if (violations.length > 0 || execution.timeouts > 0) histories.push(...execution.events)
  for (const { requirement, clause, expected, observed } of violations) {
    problems.push(
      `${family}: ${requirement} [${clause}] expected ${expected}; observed ${observed}\n  ${JSON.stringify(program)}`,
    )
  }
}

function programsOf(): [string, Program][] {
  const chosen = scaleFamilies(familiesFor(families, host.capabilities), options.runs)
  return chosen.flatMap(({ name, arbitrary, examples, runs }) =>
    [...Object.values(examples), ...fc.sample(arbitrary, { seed: options.seed, numRuns: runs })]
      // What is armed for later runs in no invocation: it is lost with its worker, and no killed invocation tells of it.
      .filter((program) => !JSON.stringify(program).includes('"arm"'))
      // A system of one's own would start workers of its own each time; a crowd, connections that nobody judges one by one.
      .filter((program) => !needsOwnSystem(program) && !JSON.stringify(program).includes('"crowd"'))
      .map((program): [string, Program] => [name, program]),
  )
}

try {
  const programs = programsOf()
  for (const [family, program] of programs) {
    tell(family, await observer.observe(program))
    progress.show(`${family}  ${count.programs} of ${programs.length} programs, ${problems.length} problems`)
  }
  progress.clear()
  await sweepUp()
} finally {
  await host.end()
}

/** Every channel is past its time: one sweep that lives leaves nothing of any of them. */
async function sweepUp(): Promise<void> {
  const { hosted } = await observer.session()
  await hosted.idle?.()
  await hosted.platform?.({ do: 'advance', milliseconds: longer })
  await hosted.idle?.()
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const before = kills.sweep ?? 0
    await hosted.platform?.({ do: 'sweep' })
    await hosted.idle?.()
    if ((kills.sweep ?? 0) === before) break
  }
  const left = await hosted.residue?.()
  if (left !== undefined && left.channels.length + left.subscriptions.length > 0)
    problems.push(`after a sweep there were left: ${JSON.stringify(left)}`)
}

const ended = disconnects.flatMap((ran) => [...ran])
const doubled = ended.filter(([, times]) => times > 1)
for (const [channelId, times] of doubled) problems.push(`onDisconnect of ${channelId} ran ${times} times`)
if (options.histories !== undefined)
  await writeFile(options.histories, histories.map((event) => `${JSON.stringify(event)}\n`).join(''))
for (const problem of problems) process.stdout.write(`${problem}\n`)
process.stdout.write(
  [
    `${count.programs} programs, ${count.channels} channels, ${count.invocations} invocations over ${options.workers} workers`,
    `about ${workers.size - options.workers} workers killed, one for every ${(count.invocations / Math.max(workers.size - options.workers, 1)).toFixed(1)} invocations`,
    `${count.killed} invocations killed under way (${Object.entries(kills)
      .map(([event, times]) => `${event} ${times}`)
      .join(', ')}), one in ${(count.invocations / Math.max(count.killed, 1)).toFixed(1)}`,
    `onDisconnect ran for ${ended.length} channels, for ${doubled.length} of them more than once`,
    `${count.timeouts} time-outs, ${problems.length} problems; seed ${options.seed}`,
    '',
  ].join('\n'),
)
process.exit(problems.length === 0 && count.timeouts === 0 ? 0 : 1)
