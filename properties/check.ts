/** The checker: explores scopes under all their choices, all properties at once, and gives each a verdict. */
import type { CloudHsm, Edit, ExploreOptions, Scope } from '../model/index.ts'
import { newTally, type Tally } from './judge.ts'
import type { Property } from './property.ts'
import type { CheckResult, CheckedProperty, CheckedScope, Verdict } from './result.ts'
import { run, type Run } from './run.ts'

export interface Progress {
  readonly scope: string
  /** States of the exploration that is under way. */
  readonly states: number
  readonly depth: number
  /** Explorations that are over, out of `total`: one for each scope and combination of choices. */
  readonly done: number
  readonly total: number
}

export interface CheckOptions {
  readonly scopes: readonly Scope[]
  readonly properties: readonly Property[]
  /** Changes of the model, so that properties can be shown to notice. */
  readonly edits?: readonly Edit[]
  /** Stop at the first violation. */
  readonly first?: boolean
  /** The scopes are not all there are: a property that has no witness there is left out instead of called vacuous. */
  readonly partial?: boolean
  /** An exploration gives up beyond this many states. */
  readonly maxStates?: number
  /** Asked before each state is expanded; true ends the check. */
  readonly stop?: () => boolean
  readonly progress?: (progress: Progress) => void
  /** What else is to be told of the states and steps of each exploration. */
  readonly hooks?: (model: CloudHsm, scope: Scope) => Pick<ExploreOptions, 'onState' | 'onStep'>
}

/**
 * Checks the properties. Breadth first, so each counterexample is a shortest one of its scope. Broken wins over undecided:
 * what was found stays found. Throws on an edit that finds nothing to change, and what hooks throw.
 */
export const check = (options: CheckOptions): CheckResult => {
  const tallies = options.properties.map(newTally)
  const planned = options.scopes.flatMap(scope => scope.choices.map(choices => ({ scope, choices })))
  const runs: Run[] = []
  planned.forEach(({ scope, choices }, done) => {
    if (options.stop?.() === true || (options.first === true && runs.some(isBroken))) return
    const progress = (states: number, depth: number) =>
      options.progress?.({ scope: scope.name, states, depth, done, total: planned.length })
    runs.push(run(options, scope, choices, tallies, progress))
  })
  const isWhole = runs.length === planned.length && runs.every(({ isComplete }) => isComplete)
  const scopes = options.scopes.map(scope => scopeOf(scope, runs))
  const properties = tallies
    .map(tally => propertyOf(tally, tallies, runs, isWhole))
    .filter(({ reason }) => options.partial !== true || !isVacuity(reason))
  const problems = runs.flatMap(({ problem }) => (problem === null ? [] : [problem]))
  return {
    verdict: worst([...scopes, ...properties]),
    states: sum(scopes.map(({ states }) => states)),
    transitions: sum(scopes.map(({ transitions }) => transitions)),
    depth: Math.max(0, ...scopes.map(({ depth }) => depth)),
    scopes,
    properties,
    problems,
  }
}

const VACUOUS = 'vacuous: no state or step of these scopes is concerned'
const UNSHOWN = 'vacuous: its clause has no `sometimes`'
const CUT_SHORT = 'not everything was explored'
const isVacuity = (reason: string | undefined) => reason === VACUOUS

const isBroken = ({ verdict }: { readonly verdict: Verdict }) => verdict === 'broken'
const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0)

const worst = (parts: readonly { readonly verdict: Verdict }[]): Verdict => {
  if (parts.some(isBroken)) return 'broken'
  return parts.some(({ verdict }) => verdict === 'undecided') ? 'undecided' : 'holds'
}

const scopeOf = ({ name, choices }: Scope, runs: readonly Run[]): CheckedScope => {
  const own = runs.filter(one => one.name === name)
  const states = sum(own.map(one => one.states))
  const transitions = sum(own.map(one => one.transitions))
  const depth = Math.max(0, ...own.map(one => one.depth))
  const verdict = own.length < choices.length ? worst([...own, { verdict: 'undecided' }]) : worst(own)
  return { name, states, transitions, depth, verdict }
}

const propertyOf = (tally: Tally, all: readonly Tally[], runs: readonly Run[], isWhole: boolean): CheckedProperty => {
  const { id, kind, says } = tally.property
  const shown =
    kind === 'always' ? all.find(({ property }) => property.kind === 'sometimes' && property.id === id) : tally
  const witnesses = shown?.witnesses ?? 0
  const stated = { id, kind, says, witnesses }
  const found = runs.flatMap(({ broken }) => broken.get(tally) ?? [])[0]
  if (found !== undefined) return { ...stated, verdict: 'broken', ...found }
  if (shown === undefined) return { ...stated, verdict: 'broken', reason: UNSHOWN }
  if (!isWhole) return { ...stated, verdict: 'undecided', reason: CUT_SHORT }
  return witnesses === 0 ? { ...stated, verdict: 'broken', reason: VACUOUS } : { ...stated, verdict: 'holds' }
}
