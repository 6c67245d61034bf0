/** A run that was found on the model, taken on an implementation: every answer and everything that can be seen after it is compared. */
import { cloudHsm, type Edit, type Input } from '../../model/index.ts'
import { referenceTarget, run, storyOf, type TargetFactory } from '../conformance/index.ts'

export interface OnTarget {
  /** Inputs that the target took as the model did. */
  readonly taken: number
  /** Where it went another way, and how; null where it did not. */
  readonly divergence: string | null
}

const SLOTS = { cluster: 5, hsm: 6, backup: 6, hardware: 1 }

/** Takes the inputs on the reference, or on another target, against the model, or a model that is broken in the same way. */
export const onTarget = async (
  inputs: readonly Input[],
  target: TargetFactory = referenceTarget(),
  edits: readonly Edit[] = [],
): Promise<OnTarget> => {
  const model = cloudHsm({ edits })
  const story = storyOf(model, { slots: SLOTS }, inputs)
  const { events, divergence } = await run(target, story, { seed: 1, models: [model] })
  const said = divergence === null ? null : `${divergence.clause} ${divergence.what}: ${divergence.actual}`
  return { taken: events.length - (divergence === null ? 0 : 1), divergence: said }
}
