/** Building on demand: what a rule wants to be known may also be built, so it is unfolded where it is wanted and nowhere else. */
import { KNOW, type Language, type Rule } from './clause.ts'
import { isVariable, term, type Term } from './term.ts'

/** Whether everybody knows it: a public name, or a public function of what everybody knows. */
export const isPublic = (language: Language, whole: Term): boolean =>
  language.publics.includes(whole.head) &&
  whole.args.every(arg => isPublic(language, arg) || (isVariable(arg) && isPublicSort(language, arg.head)))

const isPublicSort = ({ sorts, publics }: Language, variable: string): boolean =>
  sorts[variable.charAt(0)]?.every(head => publics.includes(head)) === true

/** Public names that a variable may stand for which may also stand for a secret: the attacker has to be said to know them. */
export const mixedNames = ({ sorts, publics }: Language): readonly Term[] => {
  const mixed = Object.values(sorts).filter(sort => sort?.some(head => !publics.includes(head)))
  const names = publics.filter(name => mixed.some(sort => sort?.includes(name)))
  return names.map(name => term(KNOW, term(name)))
}

/** The ways in which to come to know a term with variables: as a whole, or by building it; each a list of terms to know. */
const ways = (language: Language, wanted: Term): readonly (readonly Term[])[] => {
  if (isPublic(language, wanted)) return [[]]
  if (isVariable(wanted)) return isPublicSort(language, wanted.head) ? [[]] : [[wanted]]
  if (wanted.isGround || !language.constructors.includes(wanted.head)) return [[wanted]]
  const built = wanted.args
    .map(arg => ways(language, arg))
    .reduce<readonly (readonly Term[])[]>(
      (before, next) => before.flatMap(left => next.map(right => [...left, ...right])),
      [[]],
    )
  return [[wanted], ...built]
}

/** The premises of a rule, in every way in which they can be met. What has no variable is built later, when it is asked for. */
export const unfold = (language: Language, { when, isOpening = false }: Rule): readonly (readonly Term[])[] => {
  if (isOpening) return [when]
  return when
    .map(premise => {
      const [wanted] = premise.args
      if (premise.head !== KNOW || wanted === undefined) return [[premise]]
      return ways(language, wanted).map(terms => terms.map(known => term(KNOW, known)))
    })
    .reduce<readonly (readonly Term[])[]>(
      (before, next) => before.flatMap(left => next.map(right => [...new Set([...left, ...right])])),
      [[]],
    )
}

/** What building this one term takes; null where it cannot be built. */
export const buildingOf = (language: Language, wanted: Term): readonly Term[] | null =>
  language.constructors.includes(wanted.head) && wanted.args.length > 0
    ? wanted.args.filter(arg => !isPublic(language, arg)).map(arg => term(KNOW, arg))
    : null
