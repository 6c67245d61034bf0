/** The symbolic check of a design: what its rules let attackers reach that the rules of SPEC.md do not, and a run that shows it. */
import { cloudHsm, type Edit, type Input } from '../../model/index.ts'
import {
  DOMAIN,
  GOALS,
  LANGUAGE,
  PROFILES,
  WRITTEN,
  cheapest,
  judgeAll,
  program,
  saturate,
  type Goal,
  type Language,
  type Program,
  type Written,
} from '../../model/attack/index.ts'

/** A design that differs: in its rules, and, where the model can say so, in its machines. */
export interface Design {
  readonly language?: (language: Language) => Language
  readonly rules?: (rules: readonly Written[]) => readonly Written[]
  readonly edits?: readonly Edit[]
}

/** Who is asked: every profile, once with a client that trusts the customer's authority and once with one that pins the cluster's key. */
export const ATTACKERS: readonly (readonly string[])[] = PROFILES.flatMap(({ capabilities }) => {
  const pinned = capabilities.filter(capability => capability !== 'unpinned')
  return pinned.length === capabilities.length ? [capabilities] : [capabilities, pinned]
})

const goalsReached = (rules: Program, capabilities: readonly string[], goals: readonly Goal[]): readonly Goal[] => {
  const saturated = saturate(rules, { capabilities })
  return goals.filter(({ patterns }) => cheapest(rules.language, saturated, patterns) !== null)
}

const known = new Map<string, ReadonlySet<string>>()

/** What is reached under the rules of SPEC.md. */
const reachedAnyway = (capabilities: readonly string[]): ReadonlySet<string> => {
  const name = capabilities.join()
  const ids = known.get(name) ?? new Set(goalsReached(DOMAIN, capabilities, GOALS).map(({ id }) => id))
  known.set(name, ids)
  return ids
}

/** Capabilities of which none can be left out: `carry` is the first to be tried, since the model keeps nothing of what is carried. */
const minimal = (rules: Program, capabilities: readonly string[], goal: Goal): readonly string[] =>
  ['carry', ...capabilities].reduce<readonly string[]>((set, left) => {
    const smaller = set.filter(capability => capability !== left)
    return goalsReached(rules, smaller, [goal]).length > 0 ? smaller : set
  }, capabilities)

export interface Added {
  readonly goal: string
  /** A minimal set that reaches it under the design, and does not under the rules of SPEC.md. */
  readonly capabilities: readonly string[]
  /** How many inputs of the edited model reach it; null where no run was found, with the cause. */
  readonly inputs: number | null
  readonly cause: string
  /** That run; empty where none was found. */
  readonly run: readonly Input[]
}

/** The first minimal set that a design adds; null where it adds none. */
export const added = ({ language = same => same, rules = same => same, edits = [] }: Design): Added | null => {
  const changed = program(language(LANGUAGE), rules(WRITTEN))
  for (const capabilities of ATTACKERS) {
    const before = reachedAnyway(capabilities)
    const fresh = goalsReached(
      changed,
      capabilities,
      GOALS.filter(({ id }) => !before.has(id)),
    )
    const [goal] = fresh
    if (goal === undefined) continue
    const set = minimal(changed, capabilities, goal)
    const [judged] = judgeAll(set, { program: changed, model: cloudHsm({ edits }), goals: [goal] })
    const verdict = judged?.verdict
    const run = verdict?.kind === 'attack' ? verdict.run.state.told.map(({ input }) => input) : []
    const inputs = verdict?.kind === 'attack' ? run.length : null
    return { goal: goal.id, capabilities: set, inputs, cause: verdict?.kind === 'undecided' ? verdict.cause : '', run }
  }
  return null
}

/** The same in a sentence; `come` is what came of it on an implementation, where it was played on one. */
export const sayAdded = ({ goal, capabilities, inputs, cause }: Added, come: string | null = null): string => {
  const shown = inputs === null ? cause : `in a run of ${inputs} inputs`
  return `${goal} by {${capabilities.join(', ')}}, ${come === null ? shown : `played on an implementation: ${come}`}`
}
