/** `run`: the suite against one system after another, each in a child process. */
import { randomInt } from 'node:crypto'
import { accessSync, appendFileSync, constants, mkdirSync, writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Card, readCard, writeCard } from '../../conformance/card.ts'
import { conformHost, contractVersion } from '../../conformance/conform.ts'
import { patienceOf } from '../../conformance/deadlines.ts'
import { Experience } from '../../conformance/experience.ts'
import { healthOf } from '../../conformance/health.ts'
import { type Host, HostError } from '../../conformance/host.ts'
import { packageVersion } from '../../conformance/package-version.ts'
import { families } from '../../conformance/programs/index.ts'
import { recordingLines } from '../../conformance/recording.ts'
import { enoughOf, parseShard, scaleFamilies, selectFamilies, selectRequirements } from '../../conformance/select.ts'
import { healthLines } from '../../reports/text/health.ts'
import { lastLine, systemLine, trouble, unseenLines } from '../../reports/text/summary.ts'
import { visible } from '../../reports/text/visible.ts'
import { requirements } from '../../spec/requirements/index.ts'
import type { ConformanceResult, SystemResult } from '../../spec/result.ts'
import { bundledSystems } from '../systems.ts'
import { type BaselineFlags, RunBaseline } from './baseline.ts'
import { exitCodeOf, exitCodes } from './exit-codes.ts'
import { tellGithub } from './github.ts'
import { undeclaredBy } from './probe.ts'
import { startProgress } from './progress.ts'
import { checkReference, openHost, type Reference, urlReference } from './references.ts'
import { reportsOf, type WrittenCard, writeReports } from './reports.ts'
import { runSimulatedOnly, withSimulation } from './simulated.ts'
import { print, printCard } from './terminal.ts'

/** The flags of `run`. `time` in seconds. */
export interface RunFlags extends BaselineFlags {
  url?: string
  capabilities?: string
  only?: string
  skip?: string
  runs?: number
  enough?: number
  time?: number
  seed?: number
  shard?: string
  bail?: boolean
  trace?: string
  report?: string
  out: string
  health?: boolean
  simulated?: boolean
  patience: number
}

/** A system waits for its sockets half of the time: two at once keep two cores busy. */
const hostsAtOnce = 2

/** Runs the suite and prints what came of it; resolves to the exit code. @throws Error for flags and references that are wrong */
export async function run(asked: readonly string[], flags: RunFlags): Promise<number> {
  const baseline = await RunBaseline.of(flags)
  const kept = await regressions()
  const isSimulated = ({ program }: Card): boolean => program.schedule !== undefined
  const cards: WrittenCard[] = []
  const onCard = (card: Card, file: string): void => void cards.push({ card, file })
  const plan = { ...planOf(flags), regressions: kept.filter((card) => !isSimulated(card)), onCard }
  const simulatedFlags = { ...flags, regressions: kept.filter(isSimulated), onCard }
  if (flags.simulated === true) return runSimulatedOnly(asked, plan.seed, simulatedFlags)
  const elsewhere = urlReference(asked, flags)
  const references = await Promise.all(
    elsewhere !== undefined
      ? [elsewhere]
      : asked.length > 0
        ? asked.map((each) => checkReference(each, true))
        : bundledSystems.map(({ name }) => checkReference(name, false)),
  )
  const systems: SystemResult[] = []
  for (const reference of references) {
    const live = await runOne(reference, plan, flags, baseline)
    const known = baseline.known(live.name)
    const found =
      live.skipped === undefined ? await withSimulation(live, reference, plan.seed, { ...simulatedFlags, known }) : live
    const result = baseline.held(found)
    // What the bundled ones declare is their own tests' to check.
    const undeclared = reference.isolated === true || flags.url !== undefined ? [] : await undeclaredBy(reference.name, live)
    print([
      systemLine(result),
      ...trouble(result),
      ...unseenLines(result),
      ...undeclared,
      ...(flags.health === true ? healthLines(result.name, healthOf(result)) : []),
    ])
    systems.push(result)
    if (flags.bail === true && exitCodeOf(systems) === exitCodes.failed) break
  }
  const result: ConformanceResult = {
    schemaVersion: 1,
    contractVersion,
    packageVersion,
    nodeVersion: process.versions.node,
    date: new Date().toISOString(),
    seed: plan.seed,
    timeoutsHit: systems.reduce((sum, system) => sum + system.timeouts, 0),
    systems,
  }
  const unwritten = [...writeReports(plan.reports, flags.out, result, cards), ...tellGithub(process.env, result, cards, print)]
  const unknown = baseline.end(systems)
  print([...unknown, lastLine(result)])
  for (const line of unwritten) process.stderr.write(`error: ${visible(line)}\n`)
  const code = unknown.length > 0 ? exitCodes.failed : exitCodeOf(systems)
  return code === exitCodes.passed && unwritten.length > 0 ? exitCodes.undecided : code
}

function planOf(flags: RunFlags) {
  const reports = reportsOf(flags.report)
  if (reports.length > 0 && flags.simulated === true)
    throw new Error('--report tells of the whole suite: it cannot stand beside --simulated')
  const selected = selectRequirements(requirements, flags.only, flags.skip)
  if (selected.length === 0) throw new Error('the selection is empty: --only and --skip leave no requirement')
  if (flags.patience < 1) throw new Error('--patience takes a time of at least 1 s')
  prepareOut(flags.out)
  const chosen = selectFamilies(families, selected)
  if (flags.trace !== undefined) {
    mkdirSync(dirname(flags.trace), { recursive: true })
    writeFileSync(flags.trace, '')
  }
  return {
    seed: flags.seed ?? randomInt(2 ** 31),
    requirements: selected,
    families: flags.runs === undefined ? chosen : scaleFamilies(chosen, flags.runs),
    shard: flags.shard === undefined ? undefined : parseShard(flags.shard),
    reports,
    deadlines: patienceOf(flags.patience * 1000),
    enough: enoughOf(flags),
    experience: new Experience(),
  }
}

/** A directory that cannot be written is found out before anything is run. @throws Error */
function prepareOut(directory: string): void {
  try {
    mkdirSync(join(directory, 'cards'), { recursive: true })
    accessSync(join(directory, 'cards'), constants.W_OK)
  } catch (error) {
    throw new Error(`cannot write cards and reports to ${directory}: ${(error as Error).message}`)
  }
}

const nothing = { capabilities: [], programs: 0, steps: 0, timeouts: 0, requirements: [] }

async function runOne(
  reference: Reference,
  plan: ReturnType<typeof planOf> & { regressions: Card[]; onCard(card: Card, file: string): void },
  flags: RunFlags,
  baseline: RunBaseline,
): Promise<SystemResult> {
  const { name, asked, missing, broken } = reference
  if (broken !== undefined) return { name, ...nothing, couldNotJudge: broken }
  // What was asked for by name and is not here decides the exit code; what was not is left out.
  if (missing !== undefined) return { name, ...nothing, skipped: missing, ...(asked ? { couldNotJudge: missing } : {}) }
  let host: Host
  try {
    host = await openHost(reference, plan.deadlines.start)
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    return { name: reference.name, ...nothing, couldNotJudge: error.message }
  }
  const progress = startProgress()
  // What cannot be started a second time is run by the first alone.
  const helpWith = async (help: (host: Host) => Promise<void>): Promise<void> => {
    const further = await openHost(reference, plan.deadlines.start).catch(() => undefined)
    if (further !== undefined) await help(further).finally(() => further.end())
  }
  try {
    return await conformHost(host, {
      ...plan,
      onBegin(help) {
        // Two hosts of anybody's system may meet in a broker of theirs; and a recording is of one.
        if (plan.enough === undefined || flags.trace !== undefined || reference.isolated !== true) return
        for (let further = 1; further < hostsAtOnce; further++) void helpWith(help)
      },
      atLeast: flags.time === undefined ? undefined : flags.time * 1000,
      bail: flags.bail,
      known: baseline.known(host.name),
      reference: reference.name,
      regressions: plan.regressions.filter((card) => card.system === host.name),
      onProgress: ({ family, programs, violated }) =>
        progress.show(
          `${host.name}  ${family}  ${programs} programs${violated === 0 ? '' : `, ${violated} requirements violated`}`,
        ),
      onProgram:
        flags.trace === undefined
          ? undefined
          : (observation, family) => {
              const { observes, execution } = observation
              const header = {
                recording: 1 as const,
                system: host.name,
                capabilities: [...host.capabilities],
                observes: [...observes],
                family,
                program: execution.program,
              }
              appendFileSync(flags.trace ?? '', recordingLines(header, execution.events))
            },
      onCard: async (found) => {
        const card = reference.capabilities === undefined ? found : { ...found, capabilities: reference.capabilities }
        progress.clear()
        const path = await writeCard(card, join(flags.out, 'cards'))
        plan.onCard(card, path)
        print([''])
        printCard(card, path)
        return path
      },
    })
  } finally {
    progress.clear()
    await host.end()
  }
}

/** Cards kept from earlier failures: they are run first. @throws Error for one that cannot be read */
async function regressions() {
  const directory = join('.channel-conformance', 'regressions')
  const names = await readdir(directory).catch(() => [] as string[])
  return Promise.all(names.filter((name) => name.endsWith('.json')).map((name) => readCard(join(directory, name))))
}
