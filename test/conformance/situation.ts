/** Where a run stands: the target, what it has shown so far, and the hypotheses that explain it. */
import type { Watched } from './answer.ts'
import type { Watch } from './bytes.ts'
import type { Hypothesis } from './explain.ts'
import type { Memory } from './memory.ts'
import type { Names } from './names.ts'
import type { Profile } from './port.ts'
import type { Secrets } from './secrets.ts'

export interface Situation {
  /** Parts of the port that the target has: what it lacks is not compared. */
  readonly profile: readonly Profile[]
  readonly target: Watched
  readonly memory: Memory
  readonly secrets: Secrets
  readonly watch: Watch
  hypotheses: readonly Hypothesis[]
  names: Names
}

/** Where a target and every explanation of it part. */
export interface Divergence {
  readonly clause: string
  /** What was looked at, in words. */
  readonly what: string
  readonly expected: string
  readonly actual: string
}

/** The first hypothesis: all that are left agree on what should be seen. */
export const hypothesisOf = ({ hypotheses: [first] }: Situation): Hypothesis => {
  if (first === undefined) throw new Error('expected a hypothesis')
  return first
}
