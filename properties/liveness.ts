/** What must come in the end: every `leadsTo` asked of the graph of one exploration, under fairness. */
import {
  fromEmpty,
  graphOfScope,
  leadsTo as decide,
  look,
  type Account,
  type CloudHsm,
  type Extent,
  type Fairness,
  type Graph,
  type Input,
  type RuleName,
  type Scope,
  type State,
} from '../model/index.ts'
import type { CheckOptions } from './check.ts'
import type { Found } from './explore.ts'
import { folded, type Facts } from './folded.ts'
import type { Tally } from './judge.ts'
import type { LeadsTo } from './property.ts'
import { sightOf } from './reads.ts'
import type { Broken } from './result.ts'
import { tellLasso } from './story.ts'

/** A graph is explicit: of more states than this none is made, unless the options say otherwise. */
const GRAPH_STATES = 300_000

/**
 * Families whose rules are fair: what is due takes place in the end if nothing keeps it from doing so (weakly, but for rules that
 * a property names), and faults come to an end. Nobody has to ask for anything.
 */
export const FAIRNESS = { weak: ['settle', 'time', 'recovery'], finite: ['fault', 'crash'] } as const

/** Families without which nothing comes of what is due; only a service that is out has to recover. */
const DUE = ['settle', 'time'] as const

/** What came of the `leadsTo` in one exploration, each by its place among the properties that are asked. */
export interface Awaited {
  /** All of them were asked that could be. */
  readonly isComplete: boolean
  /** What the answer rests on, of those that were asked. */
  readonly extents: ReadonlyMap<number, Extent>
  /** Why it was not asked, of those that could not be. */
  readonly skipped: ReadonlyMap<number, string>
  readonly broken: ReadonlyMap<number, Broken>
}

interface Asking {
  readonly tally: Tally
  readonly property: LeadsTo
}

/** Asks all of them. Adds to the tallies. `found`: what the exploration of the scope found. */
export const awaitAll = (
  options: CheckOptions,
  model: CloudHsm,
  scope: Scope,
  tallies: readonly Tally[],
  found: Pick<Found, 'states' | 'isComplete'>,
  progress: (states: number, depth: number, frontier: number) => void,
): Awaited => {
  const all = tallies.flatMap(tally => (tally.property.kind === 'leadsTo' ? [{ tally, property: tally.property }] : []))
  const limit = options.maxGraph ?? GRAPH_STATES
  const reasons = all.map(
    ({ tally, property }) => [tally.at, whyNot(model, scope, property, found.states, limit)] as const,
  )
  const skipped = new Map(reasons.flatMap(([at, why]) => (why === null ? [] : [[at, why] as const])))
  const asked = all.filter(({ tally }) => !skipped.has(tally.at))
  const graph = asked.length > 0 && found.isComplete ? graphUntil(options, model, scope, progress) : null
  if (graph === null) return { isComplete: asked.length === 0, extents: new Map(), skipped, broken: new Map() }
  return { skipped, ...askAll(options, model, scope, graph, asked) }
}

/** Why a `leadsTo` is not asked in a scope: where what is due cannot take place, a run would seem to end. Null: it is. */
const whyNot = (model: CloudHsm, { inputs }: Scope, { fair = [] }: LeadsTo, states: number, limit: number) => {
  const offered = new Set(inputs.map(({ rule }) => rule))
  const due = model.rules.flatMap(({ name, family }) => (isDue(family) ? [name as RuleName] : []))
  const [missing, ...more] = [...new Set([...due, ...fair])].filter(rule => !offered.has(rule))
  const others = more.length === 0 ? '' : ` and of ${more.length} other rules`
  if (missing !== undefined) return `no input of ${missing}${others}, which a fair run needs`
  return states > limit ? `more than ${limit} states` : null
}

const isOneOf = (families: readonly string[], family: string): boolean => families.includes(family)

const isDue = (family: string): boolean => isOneOf(DUE, family)

/** The graph; null where it was stopped before it was whole. */
const graphUntil = (
  { stop, maxStates = Infinity }: CheckOptions,
  model: CloudHsm,
  scope: Scope,
  progress: (states: number, depth: number, frontier: number) => void,
): Graph<Account, Input> | null => {
  let expanded = 0
  const graph = graphOfScope(model, scope, {
    maxStates,
    stop: () => {
      expanded += 1
      return stop?.() === true
    },
    progress: (states, depth) => progress(states, depth, states - expanded),
  })
  return graph.expanded === graph.states.length ? graph : null
}

const askAll = (
  { first = false }: CheckOptions,
  model: CloudHsm,
  scope: Scope,
  graph: Graph<Account, Input>,
  asked: readonly Asking[],
): Omit<Awaited, 'skipped'> => {
  const extents = new Map<number, Extent>()
  const broken = new Map<number, Broken>()
  const claimOf = claims(model)
  for (const { tally, property } of asked) {
    if (first && broken.size > 0) break
    try {
      const answer = decide(graph, claimOf(property), fairness(model, property))
      tally.witnesses += answer.extent.triggers
      extents.set(tally.at, answer.extent)
      if (answer.verdict !== 'broken') continue
      const { reason, ...told } = tellLasso(model, scope, fromEmpty(scope, answer.counterexample), property.each)
      broken.set(tally.at, { reason, counterexample: { scope: scope.name, choices: model.choices, ...told } })
    } catch (error) {
      broken.set(tally.at, { reason: `the property itself ${error instanceof Error ? error.message : String(error)}` })
    }
    tally.isBroken = true
  }
  return { isComplete: asked.every(({ tally }) => extents.has(tally.at) || broken.has(tally.at)), extents, broken }
}

const fairness = (model: CloudHsm, { fair = [] }: LeadsTo): Fairness<Input> => ({
  fair: ({ rule }) =>
    fair.includes(rule) ? 'strong' : isOneOf(FAIRNESS.weak, model.rule(rule).family) ? 'weak' : 'none',
  finite: ({ rule }) => isOneOf(FAIRNESS.finite, model.rule(rule).family),
})

/** What a property says, asked through the window that it declares. */
const claims = (model: CloudHsm) => {
  const sight = sightOf(model)
  const seen = new WeakMap<State, readonly Facts[]>()
  const factsOf = (state: State): readonly Facts[] => {
    const facts = seen.get(state) ?? look(folded, state)
    seen.set(state, facts)
    return facts
  }
  return ({ each, reads, from, to }: LeadsTo) => {
    const { state: window } = sight.windows(reads)
    const through = (ask: LeadsTo['from']) => (state: State, slot: number) => {
      sight.look(state, reads.includes('facts') ? factsOf(state) : [])
      return ask(window, slot)
    }
    return { kind: each, from: through(from), to: through(to) }
  }
}
