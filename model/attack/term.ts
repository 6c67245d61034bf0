/** Terms: names and functions of terms, each existing once, so that two are equal when they are the same object. */

/** A term. A variable is one capital letter, with a digit or without, and has no arguments. */
export interface Term {
  readonly id: number
  readonly head: string
  readonly args: readonly Term[]
  /** It has no variable in it. */
  readonly isGround: boolean
  /** Names and variables: 1; else one more than the deepest argument. */
  readonly depth: number
}

const known = new Map<string, Term>()

/** The term of this head and these arguments. */
export const term = (head: string, ...args: readonly Term[]): Term => {
  const key = args.length === 0 ? head : `${head} ${args.map(({ id }) => id).join(' ')}`
  const found = known.get(key)
  if (found !== undefined) return found
  const isGround = args.length === 0 ? !isVariableName(head) : args.every(arg => arg.isGround)
  const made = { id: known.size, head, args, isGround, depth: 1 + Math.max(0, ...args.map(({ depth }) => depth)) }
  known.set(key, made)
  return made
}

const isVariableName = (head: string): boolean => /^[A-Z]\d?$/.test(head)

export const isVariable = ({ head, args, isGround }: Term): boolean => !isGround && args.length === 0 && head !== ''

/** Variables by name, and what each stands for. */
export type Bindings = ReadonlyMap<string, Term>

/** A term written out, as `parse` reads it. */
export const show = ({ head, args }: Term): string =>
  args.length === 0 ? head : `${head}(${args.map(show).join(', ')})`

/** The term with its variables replaced by what they stand for; those that stand for nothing stay. */
export const substitute = (pattern: Term, bindings: Bindings): Term => {
  if (pattern.isGround) return pattern
  if (pattern.args.length === 0) return bindings.get(pattern.head) ?? pattern
  return term(pattern.head, ...pattern.args.map(arg => substitute(arg, bindings)))
}

/** The names of the variables in a term. */
export const variablesIn = (pattern: Term): readonly string[] => {
  if (pattern.isGround) return []
  return pattern.args.length === 0 ? [pattern.head] : pattern.args.flatMap(variablesIn)
}

/** Rewrites a term from the inside out. */
export const rewrite = (whole: Term, change: (part: Term) => Term): Term =>
  change(whole.args.length === 0 ? whole : term(whole.head, ...whole.args.map(arg => rewrite(arg, change))))

/** Reads a term: `senc(contents(O), B)`. Throws on anything else. */
export const parse = (text: string): Term => {
  const tokens = text.match(/[A-Za-z0-9_'-]+|[(),]|\S/g) ?? []
  let at = 0
  const fail = (): never => {
    throw new Error(`expected a term, got '${text}', at token ${at + 1}`)
  }
  const read = (): Term => {
    const head = tokens[at++]
    if (head === undefined || !/^\w/.test(head)) return fail()
    if (tokens[at] !== '(') return term(head)
    const args: Term[] = []
    do {
      at += 1
      args.push(read())
    } while (tokens[at] === ',')
    if (tokens[at++] !== ')') return fail()
    return term(head, ...args)
  }
  const parsed = read()
  return at === tokens.length ? parsed : fail()
}
