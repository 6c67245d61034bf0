/** Rules of a derivation: Horn clauses over terms, with sorted variables; and the lint that holds them to that. */
import { isVariable, parse, rewrite, variablesIn, type Term } from './term.ts'

/** A rule as it is written down. Terms are text, as `parse` reads it. */
export interface Written {
  readonly id: string
  /** What happens, in a sentence. */
  readonly says: string
  /** Capabilities that it takes. */
  readonly needs?: readonly string[]
  readonly when: readonly string[]
  readonly then: readonly string[]
  /** It takes apart what is known, so that nothing is built for it: who builds something has what is in it. */
  readonly isOpening?: boolean
  /** It is a step of a run; otherwise a mere deduction. */
  readonly isMove?: boolean
  /** Why no run of the model shows it, where none does. */
  readonly unmodelled?: string
  /** A condition of the step that is not asked here, so that more is derived than is so. */
  readonly dropped?: string
}

export interface Rule extends Omit<Written, 'when' | 'then'> {
  readonly when: readonly Term[]
  readonly then: readonly Term[]
}

/** The language that rules are written in. */
export interface Language {
  /** For each letter the heads that a variable of it may stand for; null: any. */
  readonly sorts: Readonly<Record<string, readonly string[] | null>>
  /** Functions that the attacker can compute of what it knows. */
  readonly constructors: readonly string[]
  /** Names and functions of names that everybody knows. */
  readonly publics: readonly string[]
  /** For each function the places in which it takes a key, counted from 0. */
  readonly keyPlaces: Readonly<Record<string, readonly number[]>>
  /** Abbreviations, each a head with its variables and what is meant. */
  readonly abbreviations: readonly (readonly [string, string])[]
  /** Names that each stand for all names beyond a bound: none is dropped, and what is derived of one may be so of none of them. */
  readonly collective?: readonly string[]
}

/** Rules in a language, with what they mean. */
export interface Program {
  readonly language: Language
  readonly rules: readonly Rule[]
}

/** The predicate of what the attacker knows. */
export const KNOW = 'know'

/** Reads a term and writes its abbreviations out. */
export const reader = (language: Language): ((text: string) => Term) => {
  const meanings = language.abbreviations.map(([short, long]) => ({ short: parse(short), long: parse(long) }))
  const expand = (whole: Term): Term =>
    rewrite(whole, part => {
      const found = meanings.find(({ short }) => short.head === part.head && short.args.length === part.args.length)
      if (found === undefined) return part
      const meant = new Map(found.short.args.map((arg, index) => [arg.head, part.args[index] ?? arg]))
      return expand(rewrite(found.long, leaf => meant.get(leaf.head) ?? leaf))
    })
  return text => expand(parse(text))
}

/** Reads rules. Throws where the lint finds something. */
export const program = (language: Language, written: readonly Written[]): Program => {
  const read = reader(language)
  const rules = written.map(rule => ({ ...rule, when: rule.when.map(read), then: rule.then.map(read) }))
  const findings = lint(language, rules)
  if (findings.length > 0) throw new Error(`expected well-formed rules, got: ${findings.join('; ')}`)
  return { language, rules }
}

/** The sort of a variable; undefined where its letter has none. */
export const sortOf = ({ sorts }: Language, variable: string): readonly string[] | null | undefined =>
  sorts[variable.charAt(0)]

/** The term and all that it consists of. */
export const termsIn = (whole: Term): readonly Term[] => [whole, ...whole.args.flatMap(termsIn)]

/** Variables of a move that could be whatever the attacker can build, of which only what it has is tried. */
const buildable = (language: Language, { when, isMove }: Rule): readonly string[] => {
  if (isMove !== true) return []
  const given = new Set(when.filter(({ head }) => head !== KNOW).flatMap(variablesIn))
  return [...new Set(when.flatMap(variablesIn))].filter(variable => {
    const sort = sortOf(language, variable)
    return !given.has(variable) && (sort === null || sort?.some(head => language.constructors.includes(head)) === true)
  })
}

/** What is wrong with rules, one line each: letters without a sort, keys that could be anything, conclusions out of the air. */
export const lint = (language: Language, rules: readonly Rule[]): readonly string[] => {
  const twice = rules.filter(({ id }, index) => rules.findIndex(rule => rule.id === id) !== index)
  return [
    ...twice.map(({ id }) => `${id} is there twice`),
    ...rules.flatMap(rule => {
      const { id, when, then } = rule
      const bound = new Set(when.flatMap(variablesIn))
      const all = [...when, ...then].flatMap(termsIn)
      const keys = all.flatMap(({ head, args }) => (language.keyPlaces[head] ?? []).map(place => args[place]))
      const unsorted = keys.filter(key => key !== undefined && isVariable(key) && !sortOf(language, key.head))
      return [
        ...[...new Set(then.flatMap(variablesIn))]
          .filter(variable => !bound.has(variable))
          .map(variable => `${id} concludes about ${variable}, of which it knows nothing`),
        ...[...new Set(all.filter(isVariable).map(({ head }) => head))]
          .filter(variable => sortOf(language, variable) === undefined)
          .map(variable => `${id} has ${variable}, a letter without a sort`),
        ...buildable(language, rule).map(variable => `${id} takes for ${variable} whatever can be built`),
        ...[...new Set(unsorted.map(key => key?.head))].map(
          variable => `${id} takes ${variable} for a key, which may be anything`,
        ),
      ]
    }),
  ]
}
