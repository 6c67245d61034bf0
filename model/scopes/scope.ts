/** A scope: named bounds, and how one is written. */
import { DEFAULT_CHOICES, type Choices } from '../cloudhsm.ts'
import type { Input, RuleName } from '../input.ts'
import type { AccountId, Region } from '../machines/words.ts'
import type { As } from '../machines/words.ts'
import type { AccountSlots } from '../things.ts'
import type { Approving } from '../approving.ts'
import type { Reaching } from '../reaching.ts'
import { inputsOf, type Zones } from '../vocabulary.ts'
import type { Kind } from './kinds.ts'

export interface Scope {
  readonly name: string
  /** Why these bounds suffice for its question. */
  readonly why: string
  readonly slots: AccountSlots
  /** The combinations of choices that it explores. */
  readonly choices: readonly Choices[]
  /** What happens before exploration begins: one list for each start. */
  readonly starts: readonly (readonly Input[])[]
  /** Every input that is tried in every state. */
  readonly inputs: readonly Input[]
}

export interface Question extends Approving, Reaching {
  readonly name: string
  readonly why: string
  readonly slots: readonly [cluster: number, hsm: number, backup: number, hardware: number, job?: number]
  readonly rules: readonly RuleName[]
  readonly clusters?: readonly Kind[]
  readonly regions?: readonly Region[]
  readonly accounts?: readonly AccountId[]
  readonly retentions?: readonly number[]
  readonly zones?: Zones
  readonly choices?: readonly Choices[]
  readonly starts?: readonly (readonly Input[])[]
  readonly users?: readonly As[]
}

export const scope = ({
  name,
  why,
  slots: counts,
  rules,
  clusters = [],
  choices,
  starts,
  ...more
}: Question): Scope => {
  const [cluster, hsm, backup, hardware, job = 0] = counts
  const slots = { cluster, hsm, backup, hardware, job }
  const inputs = inputsOf(rules, { slots, clusters, values: [1], ...more })
  return { name, why, slots, choices: choices ?? [DEFAULT_CHOICES], starts: starts ?? [[]], inputs }
}
