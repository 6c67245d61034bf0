/** The house's other rules, each a checker over the repository's files that answers what breaks it, one line each. */
import { codeOf, importsOf, tokensOf, type SourceFile } from '../../cli/spec/index.ts'

const MAX_LINES = 250

/** Files that may be longer, with the reason. */
export const LONG: Readonly<Record<string, string>> = {
  'test/conformance/port.ts': 'whoever writes a target reads the port in one file',
  'model/machines/hsm.ts': 'one machine is one file',
  'model/machines/backup.ts': 'one machine is one file',
  'model/machines/cluster.ts': 'one machine is one file',
  'model/machines/hardware.ts': 'one machine is one file',
}

const lengthOf = (text: string): number => text.split('\n').length - 1

/** Files that are too long without a reason, and reasons that nothing needs any more. */
export const tooLong = (files: readonly SourceFile[], long = LONG): readonly string[] => [
  ...files
    .filter(({ path, text }) => lengthOf(text) > MAX_LINES && !(path in long))
    .map(({ path, text }) => `${path} has ${lengthOf(text)} lines, more than ${MAX_LINES}`),
  ...Object.keys(long)
    .filter(path => !files.some(file => file.path === path && lengthOf(file.text) > MAX_LINES))
    .map(path => `${path} is listed as long, and is not`),
]

/** What a function of its seed cannot use: clocks, randomness and schedules that nobody injected. */
const AMBIENT =
  /\bMath\s*\.\s*random\b|\bDate\b|\bperformance\b|\bprocess\b|\bcrypto\b|\brandomBytes\b|\brandomSecretKey\s*\(\s*\)|\bset(?:Timeout|Interval|Immediate)\b|\bqueueMicrotask\b/g
const PURE = /^(model|properties|impl)\//

/** What a file may use for all that, with the reason. */
export const ALLOWED: Readonly<Record<string, { readonly word: string; readonly why: string }>> = {
  'impl/x509/write.ts': { word: 'Date', why: "the instant of a second that it was given: what X.509's library takes" },
}

/** Uses of an ambient clock, of ambient randomness or of a scheduler in the rooms that must be functions of their inputs. */
export const ambient = (files: readonly SourceFile[], allowed = ALLOWED): readonly string[] => [
  ...files
    .filter(({ path, text }) => {
      const used = new Set<string>(codeOf(text).match(AMBIENT) ?? [])
      return path in allowed && !used.has(allowed[path]?.word ?? '')
    })
    .map(({ path }) => `${path} is allowed ${allowed[path]?.word}, and does not use it`),
  ...files
    .filter(({ path }) => PURE.test(path))
    .flatMap(({ path, text }) =>
      codeOf(text)
        .split('\n')
        .flatMap((line, index) =>
          (line.match(AMBIENT) ?? [])
            .filter(used => allowed[path]?.word !== used)
            .map(used => `${path}:${index + 1} uses ${used}`),
        ),
    ),
]

/** Tests that run alone, or do not run and do not say why in their titles (`skipped: ...`). */
export const focusedOrSilent = (files: readonly SourceFile[]): readonly string[] =>
  files
    .filter(({ path }) => path.startsWith('test/'))
    .flatMap(({ path, text }) => {
      const tokens = tokensOf(text).filter(({ kind }) => kind !== 'comment')
      return tokens.flatMap(({ text: word, line }, index) => {
        if (tokens[index - 1]?.text !== '.' || !['only', 'skip', 'todo', 'skipIf', 'runIf'].includes(word)) return []
        const next = tokens.slice(index + 1, index + 3).map(token => token.text)
        const isExplained = word !== 'only' && /^['"`]skipped: \S/.test(next[1] ?? '')
        return isExplained ? [] : [`${path}:${line} has .${word} without 'skipped: ' and a reason in its title`]
      })
    })

/** Places that exist on one machine only; put together here so that this file does not contain them. */
const FOREIGN = [`..${'/'}shared`, ...['work', 'tmp', 'home', 'root', 'Users'].map(folder => `${'/'}${folder}/`)]

/** Mentions of places outside the repository. */
export const foreignPaths = (files: readonly SourceFile[]): readonly string[] =>
  files.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        FOREIGN.filter(place => new RegExp(`(?<![\\w.@-])${place.replaceAll('.', '\\.')}`).test(line)).map(
          place => `${path}:${index + 1} mentions ${place}`,
        ),
      ),
  )

export interface Manifest {
  readonly scripts: Readonly<Record<string, string>>
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}

/** Packages that no file imports, with what they are there for. */
export const TOOLS: Readonly<Record<string, string>> = {
  '@types/node': 'the compiler reads it',
  node: 'the Node that runs the scripts, whatever the machine has',
  prettier: 'formats; named in the script `test`',
  typescript: 'compiles; named in the script `test` as tsc',
}

const packageOf = (from: string): string => from.split('/', from.startsWith('@') ? 2 : 1).join('/')

/** Dependencies that nothing uses, packages that are imported and not declared, and tools that are not installed. */
export const dependencyFaults = (
  files: readonly SourceFile[],
  { dependencies, devDependencies }: Manifest,
  tools = TOOLS,
): readonly string[] => {
  const declared = new Set([...Object.keys(dependencies), ...Object.keys(devDependencies)])
  const imported = new Map(
    files.flatMap(({ path, text }) =>
      importsOf(text)
        .filter(({ from }) => !/^(\.|node:|\*$)/.test(from))
        .map(({ from }) => [packageOf(from), path] as const),
    ),
  )
  return [
    ...[...declared].filter(name => !imported.has(name) && !(name in tools)).map(name => `nothing imports ${name}`),
    ...[...imported]
      .filter(([name]) => !declared.has(name))
      .map(([name, path]) => `${path} imports ${name}, which package.json does not list`),
    ...Object.keys(tools)
      .filter(name => !declared.has(name))
      .map(name => `${name} is listed as a tool, and package.json does not have it`),
  ]
}

/** TypeScript files that do not open with a sentence that says what they are. */
export const untitled = (files: readonly SourceFile[]): readonly string[] =>
  files
    .filter(({ text }) => !/^\/\*\*\s[\s*]*[^\s*][\s\S]*?\*\//.test(text))
    .map(({ path }) => `${path} does not say what it is`)
