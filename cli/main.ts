/** The command line: a table from command to function, and what surrounds each of them. */
import process from 'node:process'
import { Argument, Command as Program, CommanderError, Option } from 'commander'
import { UsageError, type Command, type CommandContext, type Report } from './command.ts'
import { OPTIONS, type Given, type OptionName } from './options.ts'
import { NO_COLOURS, colourFor } from './terminal/colour.ts'
import { endQuietlyWhenClosed, interruption } from './terminal/exit.ts'
import { NO_PROGRESS, progressOn } from './terminal/progress.ts'
import { UNDECIDED, exitCodeOf } from './terminal/verdict.ts'

/** Each is loaded only when it is asked for: some bring all rooms of the house along. */
const COMMANDS: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['run', async () => (await import('./commands/run.ts')).run],
  ['check', async () => (await import('./commands/check.ts')).check],
  ['coverage', async () => (await import('./commands/coverage.ts')).coverage],
  ['conform', async () => (await import('./commands/conform.ts')).conform],
  ['replay', async () => (await import('./commands/replay.ts')).replay],
  ['faults', async () => (await import('./commands/faults.ts')).faults],
  ['mutants', async () => (await import('./commands/mutants.ts')).mutants],
  ['long', async () => (await import('./commands/long.ts')).long],
  ['attack', async () => (await import('./commands/attack.ts')).attack],
  ['diagram', async () => (await import('./commands/draw.ts')).diagram],
  ['trace', async () => (await import('./commands/trace.ts')).trace],
])

const HOW = 'npm run -s cli --'

const write = (stream: NodeJS.WriteStream, line: string): void => void stream.write(`${line}\n`)

const contextFor = (json: boolean): CommandContext => {
  const progress = json ? NO_PROGRESS : progressOn(process.stderr, () => performance.now())
  const err = (line: string): void => {
    progress.clear()
    write(process.stderr, line)
  }
  return {
    out: line => {
      progress.clear()
      if (!json) write(process.stdout, line)
    },
    err,
    json,
    signal: interruption(err),
    progress,
    colour: json ? NO_COLOURS : colourFor(process.stdout, process.env),
    pause: () => new Promise(resolve => setImmediate(resolve)),
  }
}

/** Prints a report, with the exit code set before: a reader that closes the pipe early changes nothing about it. */
const print = (name: string, json: boolean, { verdict, facts, lines }: Report): void => {
  process.exitCode = exitCodeOf(verdict)
  const text = json ? [JSON.stringify({ schemaVersion: 1, command: name, verdict, ...facts }, null, 2)] : lines
  if (text.length > 0) write(process.stdout, text.join('\n'))
}

const defaults = Object.fromEntries(Object.entries(OPTIONS).map(([name, { byDefault }]) => [name, byDefault]))

const perform = async ({ name, run }: Command, argument: string | undefined, options: object): Promise<void> => {
  const given = { ...defaults, json: false, argument, ...options } as Given
  const context = contextFor(given.json)
  try {
    const report = await run(context, given)
    context.progress.clear()
    print(name, given.json, report)
  } finally {
    context.progress.clear()
  }
}

const optionFor = (name: OptionName): Option => {
  const { flags, says, byDefault, read } = OPTIONS[name]
  const option = new Option(flags, says)
  if (read !== undefined) option.argParser((text): unknown => read(text))
  return byDefault === undefined || byDefault === false ? option : option.default(byDefault)
}

const addCommand = (program: Program, command: Command): void => {
  const { name, summary, argument, options } = command
  const sub = program.command(name).description(summary)
  if (argument !== undefined) sub.addArgument(new Argument(argument.name, argument.says))
  options.forEach(option => sub.addOption(optionFor(option)))
  sub.option('--json', 'print one JSON object', false)
  sub.action((...passed: readonly unknown[]) => {
    const [first, second] = passed
    return argument === undefined
      ? perform(command, undefined, first as object)
      : perform(command, first as string | undefined, second as object)
  })
}

const programOf = (commands: readonly Command[]): Program => {
  const program = new Program('cloudhsm-conformance')
    .usage('COMMAND [options]')
    .description(
      'A formal model of AWS CloudHSM clusters and backups, and a conformance suite for what behaves like one.',
    )
    .addHelpText('after', '\nExit codes: 0 holds, 1 broken, 2 undecided or bad usage.')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
  commands.forEach(command => addCommand(program, command))
  return program
}

/** One line for a mistake, with what to do about it. */
const mistake = (message: string, name: string | undefined): string => {
  const said = message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/[.\s]+$/, '')
  return `error: ${said}; see ${HOW} ${name !== undefined && COMMANDS.has(name) ? `${name} ` : ''}--help`
}

const main = async (words: readonly string[]): Promise<void> => {
  endQuietlyWhenClosed()
  process.exitCode = UNDECIDED
  try {
    const [name] = words
    if (name === undefined) throw new UsageError(`expected a command: ${[...COMMANDS.keys()].join(', ')}`)
    const asked = COMMANDS.get(name)
    const commands = await Promise.all((asked === undefined ? [...COMMANDS.values()] : [asked]).map(load => load()))
    await programOf(commands).parseAsync(words, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) {
      process.exitCode = 0
      return
    }
    const isMistake = error instanceof CommanderError || error instanceof UsageError
    write(process.stderr, isMistake ? mistake(error.message, words[0]) : String((error as Error).stack ?? error))
    process.exitCode = UNDECIDED
  }
}

await main(process.argv.slice(2))
