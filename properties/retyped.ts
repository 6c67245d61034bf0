/** What the jobs that replace HSMs by others of another type have done once they ended, however often they began. */
import { madeBackup } from './afterwards.ts'
import { clusterState, codeOf, factsOf, isWhole, newestUsable, sameContents } from './facts.ts'
import { areKept } from './limited.ts'
import type { StateReads, StepReads } from './reads.ts'

type Working = StepReads<'Crash' | 'Recover'>

const homeOf = ({ hsm }: StateReads, slot: number): number | null => hsm[slot]?.context.cluster ?? null

/** It is an ACTIVE HSM of a cluster that is migrated. */
export const isMigrating = (state: StateReads, slot: number | null): boolean =>
  state.hsm[slot ?? -1]?.value === 'ACTIVE' && clusterState(state, homeOf(state, slot ?? -1)) === 'MODIFY_IN_PROGRESS'

/** Its backup is made, and it waits for a new HSM. */
export const isReady = (state: StateReads, slot: number | null): boolean => {
  const isCopied = state.hsm[slot ?? -1]?.context.copied === true
  return isMigrating(state, slot) && isCopied && !factsOf(state, homeOf(state, slot ?? -1)).isSealing
}

/** The HSM is in its step: one backup was made, of what it had. */
export const isPrepared = (step: Working, slot: number): boolean => {
  const made = madeBackup(step)
  const { contents } = step.before.hsm[slot]?.context ?? {}
  const isOwn = made?.context.cluster === homeOf(step.before, slot) && made.context.hsmType === 'hsm1.medium'
  const isMade = made?.value === 'CREATE_IN_PROGRESS' && isOwn && sameContents(made.context.contents, contents)
  return isMade && step.after.hsm[slot]?.context.copied === true
}

/** The backup that was tried is marked, the cluster is in this state, and the HSMs stay. */
const isRefused = (step: Working, cluster: number | null, tried: number): boolean => {
  const isMarked = step.after.backup[tried]?.context.rejected === true
  const isBack = clusterState(step.after, cluster) === 'ROLLBACK_IN_PROGRESS'
  return codeOf(step) === 'VALIDATION' && isMarked && isBack && areKept(step)
}

/** One of the newer type with the same contents is in its place; or that refused the backup, and the cluster goes back. */
export const isMigrated = (step: Working, slot: number): boolean => {
  const { before, after } = step
  const home = homeOf(before, slot)
  const newest = newestUsable(before, home)
  if (before.backup[newest] !== undefined && !isWhole(before.backup[newest])) return isRefused(step, home, newest)
  const [was, is] = [before.hsm[slot]?.context, after.hsm[slot]]
  const isThere = is?.value === 'ACTIVE' && is.context.zone === was?.zone && !is.context.copied
  return isThere && is.context.hsmType === 'hsm2m.medium' && sameContents(is.context.contents, was?.contents)
}

/** All HSMs are of the original type; or one of them refused the backup, or there was none, and all stay. */
export const isReturned = (step: Working, cluster: number): boolean => {
  const { before, after } = step
  const { active, types, newestOlder } = factsOf(before, cluster)
  const newer = active.filter((_, at) => types[at] === 'hsm2m.medium')
  const peer = active.find((_, at) => types[at] === 'hsm1.medium')
  const source = before.backup[newestOlder]
  const { value, context } = after.cluster[cluster] ?? {}
  if (newer.length > 0 && source !== undefined && !isWhole(source)) return isRefused(step, cluster, newestOlder)
  if (newer.length > 0 && peer === undefined && source === undefined)
    return codeOf(step) === 'NO_BACKUP' && value === 'ACTIVE' && context?.hsmType === 'hsm2m.medium' && areKept(step)
  const left = peer === undefined ? source?.context.contents : before.hsm[peer]?.context.contents
  const areBack = before.hsm.every((hsm, slot) => {
    const is = after.hsm[slot]
    if (!newer.includes(slot)) return is === hsm
    const isThere = is?.value === 'ACTIVE' && is.context.zone === hsm.context.zone
    return isThere && is.context.hsmType === 'hsm1.medium' && sameContents(is.context.contents, left)
  })
  return areBack && value === 'ACTIVE' && context?.hsmType === 'hsm1.medium'
}
