/** The checker: explores scopes under all their choices, all properties at once, and gives each a verdict. */
import type { Choices, Edit, Scope, Store } from '../model/index.ts'
import { groundsOf, isAskedNowhere, nowhere } from './grounds.ts'
import type { Property } from './property.ts'
import type { CheckResult, CheckedProperty, CheckedScope, Verdict } from './result.ts'
import { run, type Run } from './run.ts'

export interface Progress {
  readonly scope: string
  /** States of the exploration that is under way. */
  readonly states: number
  readonly depth: number
  /** States that are found and not yet expanded. */
  readonly frontier: number
  /** The scope is explored a second time, for the graph that a `leadsTo` is asked of. */
  readonly isGraph: boolean
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
  /** The scopes are not all there are: a property that has no witness there, or is not asked there, is left out. */
  readonly partial?: boolean
  /** An exploration gives up beyond this many states. */
  readonly maxStates?: number
  /** Asked before each state is expanded; true ends the check. */
  readonly stop?: () => boolean
  readonly progress?: (progress: Progress) => void
  /** Bytes of the store of states beyond which an exploration gives up. */
  readonly maxBytes?: number
  /** States of a scope beyond which no `leadsTo` is asked there, since its graph is explicit; 300,000 by default. */
  readonly maxGraph?: number
  /** One state stands for all that differ in the order of HSM slots only; that this is a symmetry is checked too. */
  readonly symmetry?: boolean
  /** The plain explorer is the oracle of the fast one, at a hundredth of its speed. */
  readonly engine?: 'fast' | 'plain'
}

/** One exploration that a check consists of. */
export interface Planned {
  readonly scope: Scope
  readonly choices: Choices
}

/** The explorations: one for each scope and combination of choices. */
export const planOf = (scopes: readonly Scope[]): readonly Planned[] =>
  scopes.flatMap(scope => scope.choices.map(choices => ({ scope, choices })))

/** The exploration at this place of the plan. Throws on an edit that finds nothing to change. */
export const explorePlanned = (options: CheckOptions, at: number, done = at): Run => {
  const plan = planOf(options.scopes)
  const planned = plan[at]
  if (planned === undefined) throw new RangeError(`expected one of ${plan.length} explorations, got ${at}`)
  const { scope, choices } = planned
  return run(options, scope, choices, (states, depth, frontier, isGraph) =>
    options.progress?.({ scope: scope.name, states, depth, frontier, isGraph, done, total: plan.length }),
  )
}

/**
 * Checks the properties. Breadth first, so each counterexample is a shortest one of its scope. Broken wins over undecided:
 * what was found stays found. Throws on an edit that finds nothing to change.
 */
export const check = (options: CheckOptions): CheckResult => {
  const runs: Run[] = []
  for (const at of planOf(options.scopes).keys()) {
    if (options.stop?.() === true || (options.first === true && runs.some(isBroken))) break
    runs.push(explorePlanned(options, at))
  }
  return conclude(options, runs)
}

/** A verdict for each property, from what the explorations found, in the order of the plan; some may be missing. */
export const conclude = (options: CheckOptions, runs: readonly Run[]): CheckResult => {
  const isWhole = runs.length === planOf(options.scopes).length && runs.every(({ isComplete }) => isComplete)
  const scopes = options.scopes.map(scope => scopeOf(scope, runs))
  const properties = options.properties
    .map((property, at) => propertyOf(property, at, options.properties, runs, isWhole))
    .filter(({ reason }) => options.partial !== true || !isNothing(reason))
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
const isNothing = (reason: string | undefined) => reason === VACUOUS || isAskedNowhere(reason)

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
  const isComplete = own.length === choices.length && own.every(one => one.isComplete)
  return { name, states, transitions, depth, verdict, isComplete, store: stored(own.map(one => one.store)) }
}

/** All stores together; null where one is not known. */
const stored = (stores: readonly (Store | null)[]): Store | null => {
  const known = stores.flatMap(store => store ?? [])
  if (known.length === 0 || known.length < stores.length) return null
  const bits = sum(known.map(({ states, fill }) => states / fill))
  const states = sum(known.map(store => store.states))
  return {
    states,
    pages: sum(known.map(({ pages }) => pages)),
    bytes: sum(known.map(({ bytes }) => bytes)),
    fill: states / bits,
  }
}

/** How often the situation of the property at this place was given; null where there is no such property. */
const witnessesOf = (at: number, runs: readonly Run[]): number | null =>
  at < 0 ? null : sum(runs.map(({ witnesses }) => witnesses[at] ?? 0))

const propertyOf = (
  { id, kind, says }: Property,
  at: number,
  all: readonly Property[],
  runs: readonly Run[],
  isWhole: boolean,
): CheckedProperty => {
  const grounds = kind === 'leadsTo' ? groundsOf(at, runs) : null
  const shownAt = kind === 'always' ? all.findIndex(other => other.kind === 'sometimes' && other.id === id) : at
  const shown = witnessesOf(shownAt, runs)
  const stated = { id, kind, says, witnesses: shown ?? 0, ...(grounds && { grounds }) }
  const found = runs.flatMap(({ broken }) => broken.get(at) ?? [])[0]
  if (found !== undefined) return { ...stated, verdict: 'broken', ...found }
  if (shown === null) return { ...stated, verdict: 'broken', reason: UNSHOWN }
  if (!isWhole || (grounds !== null && !runs.every(({ awaited }) => awaited.isComplete)))
    return { ...stated, verdict: 'undecided', reason: CUT_SHORT }
  if (grounds?.scopes.length === 0) return { ...stated, verdict: 'undecided', reason: nowhere(grounds) }
  return shown === 0 ? { ...stated, verdict: 'broken', reason: VACUOUS } : { ...stated, verdict: 'holds' }
}
