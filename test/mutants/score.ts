/** The score of the properties: what became of the mutants of each operator, and how many of those that differ were not noticed. */
import type { Fate, Judged } from './judge.ts'
import { OPERATORS, type Operator } from './mutant.ts'
import { permitted } from './permitted.ts'

/** Of a hundred mutants that are not equivalent, at most so many may be left by the properties. */
export const MOST_LEFT = 5

export type Counts = Readonly<Record<Fate, number>>

export interface Score {
  readonly rows: readonly { readonly operator: Operator | 'all'; readonly mutants: number; readonly counts: Counts }[]
  /** Mutants that some run can tell from the model. */
  readonly different: number
  /** Those of them that broke no property: they survived, or have no answer. */
  readonly left: number
  /** Those that survived, and that no clause permits. */
  readonly unexplained: readonly Judged[]
  /** Those that a clause permits, and that a property condemns all the same. */
  readonly condemned: readonly Judged[]
  /** At most 5 % are left, and each that survived is permitted. */
  readonly isPassed: boolean
}

const countsOf = (judged: readonly Judged[]): Counts => {
  const count = (fate: Fate) => judged.filter(one => one.fate === fate).length
  return {
    killed: count('killed'),
    equivalent: count('equivalent'),
    unobservable: count('unobservable'),
    'no answer': count('no answer'),
    survived: count('survived'),
  }
}

export const score = (judged: readonly Judged[]): Score => {
  const all = countsOf(judged)
  const rows = OPERATORS.map(operator => {
    const own = judged.filter(one => one.operator === operator)
    return { operator, mutants: own.length, counts: countsOf(own) }
  })
  const different = judged.length - all.equivalent - all.unobservable
  const left = all.survived + all['no answer']
  const unexplained = judged.filter(({ fate, id }) => fate === 'survived' && permitted(id) === undefined)
  const condemned = judged.filter(({ fate, id }) => fate === 'killed' && permitted(id) !== undefined)
  return {
    rows: [...rows, { operator: 'all', mutants: judged.length, counts: all }],
    different,
    left,
    unexplained,
    condemned,
    isPassed: unexplained.length === 0 && condemned.length === 0 && left * 100 <= different * MOST_LEFT,
  }
}
