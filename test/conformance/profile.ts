/** Profiles: what a target with these parts of the port can be asked. */
import { RULES, type Input, type RuleName, type Scope } from '../../model/index.ts'
import type { Profile } from './port.ts'

/** The parts that a target may lack. */
export const PROFILES: readonly Profile[] = [
  'control',
  'data',
  'regions',
  'accounts',
  'migration',
  'adversary',
  'crashes',
  'sealings',
]

/** The rules that a profile can be asked. What settles belongs to the control plane. */
export const rulesOf = (profile: readonly Profile[]): ReadonlySet<RuleName> =>
  new Set<RuleName>([
    ...RULES.control,
    ...RULES.retention,
    ...RULES.describe,
    ...RULES.settle,
    'ClusterBackedUp',
    ...(profile.includes('data') ? [...RULES.data, ...RULES.quorum] : []),
    ...(profile.includes('regions') ? RULES.copies : []),
    ...(profile.includes('accounts') ? RULES.sharing : []),
    ...(profile.includes('migration') ? RULES.migration : []),
    ...(profile.includes('adversary')
      ? [
          ...RULES.time,
          ...RULES.minutes,
          ...RULES.plan,
          ...RULES.fault,
          ...RULES.tamper,
          ...RULES.splice,
          ...RULES.bench,
          ...RULES.unit,
        ]
      : []),
    ...(profile.includes('crashes') ? RULES.crash : []),
  ])

const hasAny = (rules: ReadonlySet<RuleName>, group: readonly RuleName[]) => group.some(rule => rules.has(rule))

/**
 * Whether an input can be asked of a target: one that does not copy has one Region, one that does not share one account. A limit
 * of its own is a matter of configuration: whoever plays the adversary can set it.
 */
export const canAsk = (rules: ReadonlySet<RuleName>, input: Input): boolean =>
  rules.has(input.rule) &&
  (!('hsmLimit' in input) || rules.has('FailHsm')) &&
  (!('region' in input) || hasAny(rules, RULES.copies)) &&
  (!('account' in input || 'shared' in input) || hasAny(rules, RULES.sharing))

/** A scope with what can be asked of the target, and no more. */
export const within = (rules: ReadonlySet<RuleName>, scopes: readonly Scope[]): readonly Scope[] =>
  scopes.flatMap(scope => {
    const starts = scope.starts.filter(inputs => inputs.every(input => canAsk(rules, input)))
    return starts.length === 0 ? [] : [{ ...scope, starts, inputs: scope.inputs.filter(input => canAsk(rules, input)) }]
  })
