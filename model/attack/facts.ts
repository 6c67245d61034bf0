/** The facts that were derived, and how those that fit a pattern are found without looking at all of them. */
import type { Language } from './clause.ts'
import { sortOf } from './clause.ts'
import { isVariable, type Bindings, type Term } from './term.ts'

/** What a pattern's variables stand for when it is this term; null where it is not. */
export const match = (language: Language, pattern: Term, whole: Term, bindings: Bindings): Bindings | null => {
  if (pattern.isGround) return pattern === whole ? bindings : null
  if (isVariable(pattern)) {
    const bound = bindings.get(pattern.head)
    if (bound !== undefined) return bound === whole ? bindings : null
    const sort = sortOf(language, pattern.head)
    if (sort === undefined || (sort !== null && !sort.includes(whole.head))) return null
    return new Map([...bindings, [pattern.head, whole]])
  }
  if (pattern.head !== whole.head || pattern.args.length !== whole.args.length) return null
  let found: Bindings | null = bindings
  for (const [index, arg] of pattern.args.entries()) {
    found = found && match(language, arg, whole.args[index] as Term, found)
    if (found === null) return null
  }
  return found
}

/** Where a term is filed: its head, and for each argument what it is or begins with, down to the arguments of arguments. */
const drawers = (whole: Term): readonly string[] => [
  whole.head,
  ...whole.args.flatMap((arg, index) => {
    const at = `${whole.head}/${index}`
    if (isVariable(arg)) return []
    const inner = arg.args.flatMap((part, place) => (part.isGround ? [`${at}/${arg.head}/${place}=${part.id}`] : []))
    return [`${at}:${arg.head}`, ...(arg.isGround ? [`${at}=${arg.id}`] : []), ...inner]
  }),
]

/** Facts, filed. */
export interface Cabinet<T> {
  readonly add: (fact: Term, item: T) => void
  /** The items that may fit a pattern, whose variables are replaced already: as few as a drawer has. */
  readonly candidates: (pattern: Term) => readonly T[]
}

export const cabinet = <T>(): Cabinet<T> => {
  const filed = new Map<string, T[]>()
  return {
    add: (fact, item) => {
      for (const drawer of drawers(fact)) {
        const items = filed.get(drawer)
        if (items === undefined) filed.set(drawer, [item])
        else items.push(item)
      }
    },
    candidates: pattern =>
      drawers(pattern)
        .map(drawer => filed.get(drawer) ?? [])
        .reduce((fewest, items) => (items.length < fewest.length ? items : fewest)),
  }
}
