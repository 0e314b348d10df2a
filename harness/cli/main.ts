#!/usr/bin/env node
/** The command line. Every command has a file of its own, loaded when it is asked for; this one declares them. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { packageVersion } from '../../conformance/package-version.ts'
import { visible } from '../../reports/text/visible.ts'
import { exitCodes } from './exit-codes.ts'

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) throw new InvalidArgumentError('expected a whole number.')
  return value
}

function positiveNumber(text: string): number {
  const value = wholeNumber(text)
  if (value === 0) throw new InvalidArgumentError('expected a whole number above 0.')
  return value
}

function seconds(text: string): number {
  const match = /^(\d+)(s|m)?$/.exec(text)
  if (match === null) throw new InvalidArgumentError('expected a time such as 30, 30s or 5m.')
  return Number(match[1]) * (match[2] === 'm' ? 60 : 1)
}

// Whoever reads only the beginning has not made the run fail: it goes on, and its exit code says what came of it.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

const program = new Command('channel-conformance')
  .description('Tests realtime channel adapters against the channel contract.')
  .version(packageVersion)
  .exitOverride()
  .showSuggestionAfterError()
  .configureOutput({
    outputError: (text, write) =>
      write(`${text.trimEnd().replaceAll('\n', ' ')}; see \`channel-conformance --help\`, or --help behind a command\n`),
  })

program
  .command('run')
  .description('run the suite against bundled systems (all of them by default) or a module of your own')
  .argument('[systems...]', 'names of bundled systems, or paths of modules whose default export is a system')
  .option('--url <address>', 'the base address of a server somebody else started, which hosts the probe (docs/black-box.md)')
  .option('--capabilities <names>', 'with --url: what it is judged by in place of what it declares, by comma')
  .option('--only <ids>', 'only these requirements or areas, by comma')
  .option('--skip <ids>', 'all but these requirements or areas, by comma')
  .option('--runs <n>', 'generated programs in all beside the examples, in place of the default number', wholeNumber)
  .option(
    '--enough <n>',
    'run programs until each clause has been decided in so many (default: 20, unless --runs, --time or --shard says how much is run)',
    wholeNumber,
  )
  .option('--time <time>', 'go on with further seeds until so much time has passed (30, 30s, 5m)', seconds)
  .option('--seed <n>', 'the seed of the generated programs', wholeNumber)
  .option('--shard <share>', 'one share of the generated programs, such as 1/4; examples belong to every share')
  .option('--bail', 'stop at the first violation')
  .option('--trace <file>', 'write every history as JSON lines, for `judge`')
  .option(
    '--report <kinds>',
    'write reports into --out, by comma: json (conformance.json), junit (junit.xml), markdown (summary.md), html (conformance.html)',
  )
  .option('--out <dir>', 'where cards and reports go', '.channel-conformance')
  .option('--patience <time>', 'how long to wait for a sign of life before a system counts as hanging (15, 30s, 2m)', seconds, 15)
  .option('--baseline <file>', 'known failures: they fail the run only where they are new, stale or past their date')
  .option(
    '--write-baseline <file>',
    'write what fails now as known, with --reason and --expires; entries that still hold stay as they are',
  )
  .option('--reason <sentence>', 'why what fails now is known and not mended')
  .option('--expires <date>', 'the last day on which it is excused, YYYY-MM-DD')
  .option('--simulated', 'the simulated tier alone: programs in process, their interleavings chosen and replayed exactly')
  .option('--health', "print the generator's health: how often each clause was decided")
  .addOption(new Option('--contract <version>', 'the version of the contract').choices(['1.0']).default('1.0'))
  .action(async (systems: string[], options) => {
    const { run } = await import('./run.ts')
    process.exitCode = await run(systems, options)
  })

program
  .command('list')
  .description('list the requirements')
  .option('--area <area>', 'only those of this area')
  .option('--capability <name>', 'only those that ask for this capability')
  .action(async (options) => {
    const { list } = await import('./explain.ts')
    process.exitCode = list(options)
  })

program
  .command('explain')
  .description('explain a requirement: its text, source and clauses')
  .argument('<id>', 'the requirement, such as LIFE-15')
  .action(async (id: string) => {
    const { explain } = await import('./explain.ts')
    process.exitCode = explain(id)
  })

program
  .command('replay')
  .description('run the program of a failure card again')
  .argument('<file>', 'the card')
  .option('--system <name>', "the system, or for a card of stores the module of the stores, to run it on, in place of the card's")
  .option('--times <n>', 'runs it so often and tells how many runs failed, in place of until it fails', positiveNumber)
  .option('--url <address>', 'the address of the server to run it on')
  .option('--capabilities <names>', 'with --url: what the server is judged by in place of what it declares, by comma')
  .action(async (file: string, options) => {
    const { replay } = await import('./replay.ts')
    process.exitCode = await replay(file, options)
  })

program
  .command('compare')
  .description('run the same programs on two systems: in what do they differ where the contract leaves no freedom?')
  .argument('[systems...]', 'two: names of bundled systems, or paths of modules whose default export is a system')
  .option('--only <ids>', 'only the programs of these requirements or areas, by comma')
  .option('--runs <n>', 'generated programs in all beside the examples', wholeNumber, 500)
  .option('--seed <n>', 'the seed of the generated programs', wholeNumber)
  .option('--bail', 'stop at the first difference')
  .option('--out <dir>', 'where comparison.json and the differences go', '.channel-conformance')
  .option('--again <file>', 'the program of this difference alone, on its own systems where none are named')
  .action(async (systems: string[], options) => {
    const { compare } = await import('./compare.ts')
    process.exitCode = await compare(systems, options)
  })

program
  .command('judge')
  .description('judge a recorded history again, without a system')
  .argument('<file>', 'what `run --trace` wrote')
  .option('--only <ids>', 'only these requirements or areas, by comma')
  .action(async (file: string, options) => {
    const { judge } = await import('./judge.ts')
    process.exitCode = await judge(file, options)
  })

program
  .command('mutants')
  .description('hunt the deliberately broken adapters: the kill matrix (in a clone of the repository)')
  .argument('[names...]', 'mutants; all by default')
  .option('--seed <n>', 'the seed of the generated programs', wholeNumber)
  .option('--area <area>', 'only the mutants of this area')
  .option('--runs <n>', 'at most so many generated programs directed at its id, beside the examples', wholeNumber, 150)
  .option('--thorough', 'everything that a run of the suite runs, in place of what is directed at its id')
  .option(
    '--held-out <set>',
    'the held-out defects of this set in place of mutants, with everything that a run of the suite runs',
  )
  .option(
    '--report <kind>',
    'json: shrinks, and writes mutants.json and a card of each mutant; with --held-out, held-out-SET.json alone',
  )
  .option('--out <dir>', 'where the report goes', '.channel-conformance')
  .action(async (names: string[], options) => {
    const { huntMutants } = await import('./mutants.ts')
    process.exitCode = await huntMutants(names, options)
  })

program
  .command('probe')
  .description('find out which capabilities systems have, beside those they declare')
  .argument('[systems...]', 'names of bundled systems, or paths of modules whose default export is a system')
  .action(async (systems: string[]) => {
    const { probe } = await import('./probe.ts')
    process.exitCode = await probe(systems)
  })

program
  .command('doctor')
  .description('show what is found here, and why a system would be skipped')
  .action(async () => {
    const { doctor } = await import('./doctor.ts')
    process.exitCode = await doctor()
  })

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exitCodes.passed : exitCodes.undecided
  else {
    // One line: what was done, what was expected. A stack of ours would help nobody who uses the kit.
    process.stderr.write(`error: ${visible((error as Error).message)}\n`)
    if (process.env.CHANNEL_CONFORMANCE_DEBUG !== undefined) process.stderr.write(`${(error as Error).stack}\n`)
    process.exitCode = exitCodes.undecided
  }
}
