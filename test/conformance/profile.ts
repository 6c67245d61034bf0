/** Profiles: what a target with these parts of the port can be asked. */
import { RULES, type Input, type RuleName, type Scope } from '../../model/index.ts'
import type { Profile } from './port.ts'

/** The parts that a target may lack. */
export const PROFILES: readonly Profile[] = ['control', 'data', 'adversary']

/** The rules that a profile can be asked. What settles belongs to the control plane. */
export const rulesOf = (profile: readonly Profile[]): ReadonlySet<RuleName> =>
  new Set<RuleName>([
    ...RULES.control,
    ...RULES.retention,
    ...RULES.describe,
    ...RULES.settle,
    'ClusterBackedUp',
    ...(profile.includes('data') ? RULES.data : []),
    ...(profile.includes('adversary')
      ? [...RULES.time, ...RULES.plan, ...RULES.fault, ...RULES.tamper, ...RULES.splice, ...RULES.bench, ...RULES.unit]
      : []),
  ])

/** A limit of its own is a matter of configuration: whoever plays the adversary can set it. */
const isAsked = (rules: ReadonlySet<RuleName>, input: Input): boolean =>
  rules.has(input.rule) && (!('hsmLimit' in input) || rules.has('FailHsm'))

/** A scope with what can be asked of the target, and no more. */
export const within = (rules: ReadonlySet<RuleName>, scopes: readonly Scope[]): readonly Scope[] =>
  scopes.flatMap(scope => {
    const starts = scope.starts.filter(inputs => inputs.every(input => isAsked(rules, input)))
    return starts.length === 0
      ? []
      : [{ ...scope, starts, inputs: scope.inputs.filter(input => isAsked(rules, input)) }]
  })
