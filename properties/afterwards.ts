/** Facts about the state after a step: what the step left alone is known from before, and only the rest is looked at. */
import type { Backup, Hsm } from './facts.ts'
import { factsOf } from './facts.ts'
import type { StepReads } from './reads.ts'

type Sides = Pick<StepReads, 'before' | 'after'>

/** Slots of HSMs: of those that the step left alone the ones named, and of those that it changed the ones that are `such`. */
const slotsAfter = ({ before, after }: Sides, named: readonly number[], such: (hsm: Hsm) => boolean) =>
  after.hsm.flatMap((hsm, slot) => ((hsm === before.hsm[slot] ? named.includes(slot) : such(hsm)) ? [slot] : []))

/** The cluster has an HSM after the step, in any state. */
export const hasHsmAfter = (step: Sides, slot: number | null): boolean =>
  slot !== null &&
  slotsAfter(step, factsOf(step.before, slot).hsms, ({ context }) => context.cluster === slot).length > 0

/** Slots of the HSMs of the cluster that are ACTIVE after the step. */
export const activeAfter = (step: Sides, slot: number | null): readonly number[] =>
  slot === null
    ? []
    : slotsAfter(
        step,
        factsOf(step.before, slot).active,
        ({ value, context }) => context.cluster === slot && value === 'ACTIVE',
      )

const isOwn = ({ value, context }: Backup, slot: number) => context.cluster === slot && value !== 'vacant'

/** Slot of the cluster's own newest backup after the step. -1 without one. */
export const newestOwnAfter = ({ after }: Pick<StepReads, 'after'>, slot: number | null): number =>
  slot === null ? -1 : after.backup.findLastIndex(backup => isOwn(backup, slot))

/** Slot of the newest usable backup of the cluster after the step. -1 without one. */
export const newestUsableAfter = ({ after }: Pick<StepReads, 'after'>, slot: number | null): number => {
  if (slot === null) return -1
  const hasOwn = after.backup.some(backup => isOwn(backup, slot))
  return after.backup.findLastIndex(({ value, context }) => {
    const counts = hasOwn ? context.cluster === slot : context.sourceOf.includes(slot)
    return counts && value === 'READY' && !context.rejected
  })
}

/** Where a backup is after the step; undefined where it is no more. */
export const afterwards = ({ after, moved }: Pick<StepReads, 'after' | 'moved'>, slot: number): Backup | undefined => {
  const moves = moved.find(({ kind }) => kind === 'backup')
  const to = moves === undefined ? slot : moves.to[slot]
  return to === null || to === undefined ? undefined : after.backup[to]
}

/** The backup that the step made. */
export const madeBackup = ({ after, created }: Pick<StepReads, 'after' | 'created'>): Backup | undefined => {
  const made = created.find(({ kind }) => kind === 'backup')
  return made === undefined ? undefined : after.backup[made.slot]
}
