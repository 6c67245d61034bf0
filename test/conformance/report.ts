/** What the suite reports of a target. */
import type { Coverage } from '../../model/index.ts'
import type { Story } from './event.ts'
import type { Profile } from './port.ts'
import type { Minimality } from './shrink.ts'
import type { Divergence } from './situation.ts'

export interface Failure extends Divergence {
  readonly events: Story
  readonly minimality: Minimality
  /** Events of the story that was found, before it was made shorter. */
  readonly found: number
}

export interface Count {
  readonly covered: number
  readonly reachable: number
}

export interface ConformReport {
  /** `undecided`: it was interrupted, and what was told so far agrees. */
  readonly verdict: 'holds' | 'broken' | 'undecided'
  readonly target: string
  readonly seed: number
  readonly runs: number
  readonly steps: number
  /** Steps that the target was right to refuse. */
  readonly refusals: number
  readonly coverage: {
    readonly transitions: Count
    readonly rules: Count
    readonly refusals: Count
    /** What was reachable and not covered. */
    readonly missed: readonly string[]
  }
  /** The value of each choice that the target shows; null where it showed neither. */
  readonly choices: Readonly<Record<string, string | null>>
  /** Parts of the port that the target does not have, so that what needs them was not asked. */
  readonly skipped: readonly Profile[]
  readonly failure?: Failure
}

/** What was covered of what is reachable. */
export const coverageOf = (covered: Coverage, reachable: Coverage): ConformReport['coverage'] => {
  const counted = (kind: keyof Coverage): Count => ({
    covered: covered[kind].intersection(reachable[kind]).size,
    reachable: reachable[kind].size,
  })
  const missed = (['transitions', 'rules', 'refusals'] as const).flatMap(kind => [
    ...reachable[kind].difference(covered[kind]),
  ])
  return {
    transitions: counted('transitions'),
    rules: counted('rules'),
    refusals: counted('refusals'),
    missed,
  }
}
