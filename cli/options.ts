/** Options of all commands: how each is written, what it means, how its text is read. A command names those that it takes. */
import { InvalidArgumentError } from 'commander'
import { deep, scopes, type Scope } from '../model/index.ts'
import { ALL, GOALS, PROFILES, isCapability, type Capability, type Goal } from '../model/attack/index.ts'
import { UsageError } from './command.ts'

const PICTURES = ['cluster', 'hsm', 'backup', 'hardware', 'overview'] as const
const ENGINES = ['fast', 'plain'] as const
const FORMATS = ['mermaid', 'dot', 'svg'] as const

/** What was given on the command line, defaults filled in; the options that a command does not take have their defaults. */
export interface Given {
  /** The command's argument, as written. */
  readonly argument: string | undefined
  readonly json: boolean
  /** How many runs. */
  readonly runs: number
  /** How many mutants. */
  readonly count: number
  /** What all randomness of the suite comes from; 0 to 2^31 - 1. */
  readonly seed: number
  /** A scope, or the part of the names before a dot, for all of them. */
  readonly scope: string
  /** Whether the scopes are listed, and nothing explored. */
  readonly list: boolean
  /** Whether the first violation ends a check. */
  readonly first: boolean
  /** What explores: the fast explorer, or the plain one that it is held against. */
  readonly engine: (typeof ENGINES)[number]
  /** Megabytes of memory, and seconds, beyond which an exploration gives up. */
  readonly memory: number
  readonly time: number
  /** The clause of a broken implementation, `§id`. */
  readonly fault: string | undefined
  /** Path of a module whose default export makes a target. */
  readonly target: string | undefined
  /** Seconds in which a target has to answer. */
  readonly timeout: number
  /** Of which machine a picture is printed, or the overview. */
  readonly machine: (typeof PICTURES)[number] | undefined
  readonly format: (typeof FORMATS)[number] | undefined
  /** Whether what is generated is written to where it is kept. */
  readonly write: boolean
  /** A profile of an attacker. */
  readonly profile: string | undefined
  /** Capabilities of an attacker. */
  readonly capabilities: readonly Capability[] | undefined
  /** A goal of an attacker, or the part of the names before a dot, for all of them. */
  readonly goal: string | undefined
  /** Whether the minimal sets of capabilities are printed. */
  readonly lattice: boolean
}

export type OptionName = Exclude<keyof Given, 'argument' | 'json'>

interface OptionText<T> {
  readonly flags: string
  readonly says: string
  readonly byDefault: T
  /** Absent for a switch. Throws what commander reports in one line. */
  readonly read?: (text: string) => T
}

const MAX_SEED = 2 ** 31 - 1

/** Reads a whole number within bounds, written with digits only. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN
    if (value >= least && value <= most) return value
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`)
  }

/** The scopes of that name, or whose names begin so before a dot. */
export const scopesOf = (name: string): readonly Scope[] =>
  scopes.filter(scope => scope.name === name || scope.name.startsWith(`${name}.`))

/** The same, of those that stories can be planned in. Throws a UsageError for the others. */
export const smallScopesOf = (name: string): readonly Scope[] => {
  const large = scopesOf(name).find(scope => deep.includes(scope))
  if (large !== undefined) throw new UsageError(`${large.name} is too large for stories: it is there for check`)
  return scopesOf(name)
}

const scopeName = (text: string): string => {
  if (scopesOf(text).length > 0) return text
  const groups = new Set(scopes.map(({ name }) => name.split('.')[0]))
  throw new InvalidArgumentError(`Expected one of ${[...groups, ...scopes.map(({ name }) => name)].join(', ')}.`)
}

/** A clause's name; the sign may be left out, since many keyboards lack it. */
export const clauseName = (text: string): string => (text.startsWith('§') ? text : `§${text}`)

const oneOf =
  <T extends string>(words: readonly T[]) =>
  (text: string): T => {
    const found = words.find(word => word === text)
    if (found !== undefined) return found
    throw new InvalidArgumentError(`Expected one of ${words.join(', ')}.`)
  }

const capabilitiesIn = (text: string): readonly Capability[] =>
  text.split(',').map(word => {
    if (isCapability(word)) return word
    throw new InvalidArgumentError(`Expected capabilities out of ${ALL.join(', ')}.`)
  })

const goalName = (text: string): string => {
  if (goalsOf(text).length > 0) return text
  throw new InvalidArgumentError(`Expected one of ${GOALS.map(({ id }) => id).join(', ')}.`)
}

/** The goals of that name, or whose names begin so before a dot; all without a name. */
export const goalsOf = (name: string | undefined): readonly Goal[] =>
  GOALS.filter(({ id }) => name === undefined || id === name || id.startsWith(`${name}.`))

export const OPTIONS: { readonly [K in OptionName]: OptionText<Given[K]> } = {
  runs: { flags: '--runs <n>', says: 'how many runs', byDefault: 700, read: wholeNumber(1, 1_000_000) },
  count: { flags: '--count <n>', says: 'how many mutants', byDefault: 300, read: wholeNumber(1, 1_000_000) },
  seed: { flags: '--seed <n>', says: 'what all randomness comes from', byDefault: 1, read: wholeNumber(0, MAX_SEED) },
  scope: { flags: '--scope <name>', says: 'the bounds within which to explore', byDefault: 'smoke', read: scopeName },
  list: {
    flags: '--list',
    says: 'list all scopes with the reasons for their bounds, and explore nothing',
    byDefault: false,
  },
  first: { flags: '--first', says: 'stop at the first violation', byDefault: false },
  engine: {
    flags: '--engine <name>',
    says: 'explore with the fast explorer, or with the plain one that it is held against',
    byDefault: 'fast',
    read: oneOf(ENGINES),
  },
  memory: {
    flags: '--memory <MB>',
    says: 'give up, undecided, when the process takes more memory than this',
    byDefault: 8192,
    read: wholeNumber(64, 1_000_000),
  },
  time: {
    flags: '--time <seconds>',
    says: 'give up, undecided, after so long',
    byDefault: 3600,
    read: wholeNumber(1, 1_000_000),
  },
  fault: {
    flags: '--fault <clause>',
    says: 'judge the broken implementation of this clause',
    byDefault: undefined,
    read: clauseName,
  },
  target: {
    flags: '--target <module>',
    says: 'judge what the default export of this module makes',
    byDefault: undefined,
    read: text => text,
  },
  timeout: {
    flags: '--timeout <seconds>',
    says: 'how long a target may take to answer',
    byDefault: 10,
    read: wholeNumber(1, 3600),
  },
  machine: {
    flags: '--machine <name>',
    says: `print the picture of ${PICTURES.join(', ')}`,
    byDefault: undefined,
    read: oneOf(PICTURES),
  },
  format: {
    flags: '--format <form>',
    says: `in this form: ${FORMATS.join(', ')}`,
    byDefault: undefined,
    read: oneOf(FORMATS),
  },
  profile: {
    flags: '--profile <name>',
    says: `judge this attacker alone: ${PROFILES.map(({ id }) => id).join(', ')}`,
    byDefault: undefined,
    read: oneOf(PROFILES.map(({ id }) => id)),
  },
  capabilities: {
    flags: '--capabilities <list>',
    says: `judge an attacker with these, separated by commas: ${ALL.join(', ')}`,
    byDefault: undefined,
    read: capabilitiesIn,
  },
  goal: {
    flags: '--goal <name>',
    says: 'of this goal alone, or of those whose names begin so before a dot, and print the runs',
    byDefault: undefined,
    read: goalName,
  },
  lattice: {
    flags: '--lattice',
    says: 'print the minimal sets of capabilities that reach each goal',
    byDefault: false,
  },
  write: { flags: '--write', says: 'write what is generated to where it is kept', byDefault: false },
}
