/** What tests of the command line use of it, besides running it. */
export { diagram, staleFiles, writeFiles, type Files } from './commands/diagram.ts'
export { UsageError, type Command, type CommandContext, type Report, type Verdict } from './command.ts'
export { OPTIONS, clauseName, scopesOf, wholeNumber, type Given, type OptionName } from './options.ts'
export { NO_COLOURS, colourFor, showsColour, type Colour } from './terminal/colour.ts'
export { writeAtomically } from './terminal/files.ts'
export { duration, progressLine, progressOn, type Progress, type Screen } from './terminal/progress.ts'
export { count, table } from './terminal/table.ts'
export { exitCodeOf, verdictWord } from './terminal/verdict.ts'
