/** TypeScript's text cut into tokens: enough to tell code from comments and strings, and to read imports. No parser. */

export interface Token {
  readonly kind: 'word' | 'mark' | 'string' | 'template' | 'regex' | 'comment'
  /** As written, quotes included. */
  readonly text: string
  readonly start: number
  /** Counted from 1. */
  readonly line: number
}

const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y
const STRING = /'(?:\\[\s\S]|[^'\\\n])*'|"(?:\\[\s\S]|[^"\\\n])*"/y
/** From an opening backtick, or from the brace that ends a substitution, up to the next of either. */
const TEMPLATE = /[`}](?:\\[\s\S]|\$(?!\{)|[^`\\$])*(?:`|\$\{)/y
const REGEX = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[dgimsuvy]*/y
const WORD = /[\w$]+/y
const MARK = /\S/y

/** Words after which a slash begins a regular expression; after any other word it divides. */
const BEFORE_REGEX = new Set(['return', 'typeof', 'case', 'in', 'of', 'do', 'else', 'void', 'delete', 'await', 'yield'])

const mayBeginRegex = (last: Token | undefined): boolean => {
  if (last === undefined) return true
  if (last.kind === 'word') return BEFORE_REGEX.has(last.text)
  return last.kind === 'mark' ? !')]}'.includes(last.text) : last.kind === 'template' && last.text.endsWith('${')
}

/** The tokens of a file, in order. Throws a RangeError where a string, template or comment does not end. */
export const tokensOf = (text: string): readonly Token[] => {
  const tokens: Token[] = []
  /** For each substitution that is open, how many braces are open in it. */
  const open: number[] = []
  let last: Token | undefined
  let at = 0
  let line = 1

  const take = (pattern: RegExp, kind: Token['kind']): boolean => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found === undefined) return false
    const token: Token = { kind, text: found, start: at, line }
    tokens.push(token)
    if (kind !== 'comment') last = token
    at += found.length
    line += found.split('\n').length - 1
    return true
  }
  const takeTemplate = (): boolean => {
    const closes = text[at] === '}' && open.at(-1) === 0
    if (text[at] !== '`' && !closes) return false
    if (!take(TEMPLATE, 'template')) return false
    if (closes) open.pop()
    if (last?.text.endsWith('${') === true) open.push(0)
    return true
  }
  const takeMark = (): void => {
    take(MARK, 'mark')
    if (last?.text === "'" || last?.text === '"' || last?.text === '`')
      throw new RangeError(`expected the string in line ${line} to end`)
    if (open.length > 0 && last?.text === '{') open.push((open.pop() ?? 0) + 1)
    if (open.length > 0 && last?.text === '}') open.push((open.pop() ?? 0) - 1)
  }

  while (at < text.length) {
    const character = text[at] as string
    if (/\s/.test(character)) {
      if (character === '\n') line += 1
      at += 1
      continue
    }
    const isTaken =
      take(COMMENT, 'comment') ||
      take(STRING, 'string') ||
      takeTemplate() ||
      (character === '/' && mayBeginRegex(last) && take(REGEX, 'regex')) ||
      take(WORD, 'word')
    if (!isTaken) takeMark()
  }
  return tokens
}

/** The text with everything but code blanked: of the same length, with the same lines. */
export const codeOf = (text: string): string =>
  tokensOf(text)
    .filter(({ kind }) => kind !== 'word' && kind !== 'mark')
    .reduceRight(
      (left, { start, text: written }) =>
        left.slice(0, start) + written.replace(/[^\n]/g, ' ') + left.slice(start + written.length),
      text,
    )

export interface Import {
  /** What is imported: the specifier, or `*` where it is computed. */
  readonly from: string
  readonly line: number
}

const OPENING = new Set(['import', 'require', 'resolve'])

/** Everything that a file imports, re-exports, loads or points at with `new URL(..., import.meta.url)`; types included. */
export const importsOf = (text: string): readonly Import[] => {
  const tokens = tokensOf(text).filter(({ kind }) => kind !== 'comment')
  return tokens.flatMap((token, index): readonly Import[] => {
    const [before, earlier, next] = [tokens[index - 1], tokens[index - 2], tokens[index + 1]]
    const { line } = token
    if (token.kind === 'string') {
      const from = token.text.slice(1, -1)
      const isDeclared = before?.kind === 'word' && (before.text === 'from' || before.text === 'import')
      const isLoaded = before?.text === '(' && earlier?.kind === 'word' && OPENING.has(earlier.text)
      const isPointed = before?.text === '(' && earlier?.text === 'URL' && /^\.{1,2}\/.*\.[jt]s$/.test(from)
      return isDeclared || isLoaded || isPointed ? [{ from, line }] : []
    }
    const isComputed = before?.text === '(' && earlier?.text === 'import' && token.text !== ')' && next !== undefined
    return isComputed ? [{ from: '*', line }] : []
  })
}
