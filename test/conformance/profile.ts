/** Profiles: what a target with these parts of the port can be asked. */
import { RULES, type Input, type RuleName, type Scope } from '../../model/index.ts'
import type { Profile } from './port.ts'

/** The parts that a target may lack. */
export const PROFILES: readonly Profile[] = ['control', 'data', 'regions', 'accounts', 'adversary']

/** The rules that a profile can be asked. Settles belong to the control plane. */
export const rulesOf = (profile: readonly Profile[]): ReadonlySet<RuleName> =>
  new Set<RuleName>([
    ...RULES.control,
    ...RULES.describe,
    ...RULES.settle,
    ...(profile.includes('data') ? RULES.data : []),
    ...(profile.includes('regions') ? RULES.copies : []),
    ...(profile.includes('accounts') ? RULES.sharing : []),
    ...(profile.includes('adversary') ? [...RULES.time, ...RULES.fault, ...RULES.tamper, ...RULES.bench] : []),
  ])

const hasAny = (rules: ReadonlySet<RuleName>, group: readonly RuleName[]) => group.some(rule => rules.has(rule))

/** Whether an input can be asked of a target: one that does not copy has one Region, one that does not share one account. */
export const canAsk = (rules: ReadonlySet<RuleName>, input: Input): boolean =>
  rules.has(input.rule) &&
  (!('region' in input) || hasAny(rules, RULES.copies)) &&
  (!('account' in input || 'shared' in input) || hasAny(rules, RULES.sharing))

/** A scope with what can be asked of the target, and no more. */
export const within = (rules: ReadonlySet<RuleName>, scopes: readonly Scope[]): readonly Scope[] =>
  scopes.flatMap(scope => {
    const starts = scope.starts.filter(inputs => inputs.every(input => canAsk(rules, input)))
    return starts.length === 0 ? [] : [{ ...scope, starts, inputs: scope.inputs.filter(input => canAsk(rules, input)) }]
  })
