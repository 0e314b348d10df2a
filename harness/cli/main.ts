#!/usr/bin/env node
/** The command line. Every command has a file of its own; this one declares them. */
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { packageVersion } from '../../conformance/package-version.ts'

/** Bad usage, or a system that could not be judged. */
const exitUndecided = 2

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('expected a whole number.')
  return value
}

const program = new Command('channel-conformance')
  .description('Tests realtime channel adapters against the channel contract.')
  .version(packageVersion)
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(text) })

program
  .command('run')
  .description('run the suite against bundled systems (all of them by default) or a module of your own')
  .argument('[systems...]', 'names of bundled systems, or paths of modules whose default export is a system')
  .option('--runs <n>', 'generated programs in all, in place of the default number', wholeNumber)
  .option('--seed <n>', 'the seed of the generated programs', wholeNumber)
  .option('--out <dir>', 'where cards and reports go', '.channel-conformance')
  .option('--report <kinds>', 'reports to write, by comma: json')
  .action(async (systems: string[], options) => {
    const { run } = await import('./run.ts')
    process.exitCode = await run(systems, options)
  })

program
  .command('replay')
  .description('run the program of a failure card again')
  .argument('<file>', 'the card')
  .option('--system <name>', "the system to run it on, in place of the card's")
  .action(async (file: string, options) => {
    const { replay } = await import('./replay.ts')
    process.exitCode = await replay(file, options)
  })

program
  .command('mutants')
  .description('hunt the deliberately broken adapters: the kill matrix')
  .argument('[names...]', 'mutants; all by default')
  .option('--seed <n>', 'the seed of the generated programs', wholeNumber)
  .option('--area <area>', 'only the mutants of this area')
  .action(async (names: string[], options) => {
    const { huntMutants } = await import('./mutants.ts')
    process.exitCode = await huntMutants(names, options)
  })

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : exitUndecided
  else {
    process.stderr.write(`channel-conformance: ${(error as Error).message}\n`)
    process.exitCode = exitUndecided
  }
}
