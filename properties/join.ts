/** HSMs that join an ACTIVE cluster: what they wait for, what they are restored from, and how they fail to. */
import { madeBackup, newestUsableAfter } from './afterwards.ts'
import {
  activeContents,
  clusterState,
  codeOf,
  hasActive,
  isQuiet,
  isWhole,
  newestUsable,
  sameContents,
  type Hsm,
} from './facts.ts'
import { step, type Property } from './property.ts'
import type { StepReads } from './reads.ts'

type Joining = StepReads<'HsmRestored' | 'PeerBackedUp'>

const rules = ['HsmRestored'] as const

const homeOf = ({ before, input }: Joining) => before.hsm[input.hsm]?.context.cluster ?? null

/** The HSM joins an ACTIVE cluster. */
const isJoining = (joining: Joining) =>
  joining.before.hsm[joining.input.hsm]?.value === 'CREATE_IN_PROGRESS' &&
  clusterState(joining.before, homeOf(joining)) === 'ACTIVE'

const hasPeer = (joining: Joining) => hasActive(joining.before, homeOf(joining))
const peersOf = (joining: Joining) => activeContents(joining.before, homeOf(joining))
const sourceOf = (joining: Joining) => joining.before.backup[newestUsable(joining.before, homeOf(joining))]
const became = ({ after, input }: Joining) => after.hsm[input.hsm]

/** Nothing keeps it waiting. */
const isDue = (joining: Joining) => isJoining(joining) && isQuiet(joining.before, homeOf(joining))
const isAlone = (joining: Joining) => isDue(joining) && !hasPeer(joining)

/** A peer was backed up for it. */
const isCopied = (hsm: Hsm | undefined) => hsm?.value === 'CREATE_IN_PROGRESS' && hsm.context.copied
const before = (joining: Joining) => joining.before.hsm[joining.input.hsm]

/** A peer is backed up, once, and before anything is restored; without a peer nothing is. */
const isCopiedFirst = (joining: Joining): boolean => {
  if (!hasPeer(joining)) return joining.outcome.kind === 'disabled'
  if (isCopied(before(joining))) return joining.input.rule === 'HsmRestored' || joining.outcome.kind === 'disabled'
  if (joining.input.rule === 'HsmRestored') return joining.outcome.kind === 'disabled'
  const { value, context } = madeBackup(joining) ?? {}
  const isCopy = peersOf(joining).some(contents => sameContents(contents, context?.contents))
  const isHome = context?.cluster === homeOf(joining) && isCopied(became(joining))
  return value === 'CREATE_IN_PROGRESS' && isHome && isCopy
}

/** Contents left a peer for the HSM that joins. */
const isSent = ({ emitted }: Joining) => emitted.some(({ event }) => event.type === 'synchronisation')

export const join: readonly Property[] = [
  step({
    id: '§hsm.join.snapshot',
    says: 'For an HSM that joins a cluster with an ACTIVE HSM such a peer is backed up, once, and it is not restored before; without one nothing is.',
    rules: ['PeerBackedUp', 'HsmRestored'],
    reads: ['cluster', 'hsm', 'facts', 'backup', 'outcome', 'created'],
    when: joining => isJoining(joining) && (hasPeer(joining) || joining.input.rule === 'PeerBackedUp'),
    holds: isCopiedFirst,
  }),
  step({
    id: '§hsm.join.wait',
    says: 'A joining HSM waits while a backup of its cluster is being made or an HSM of it is being deleted.',
    rules,
    reads: ['cluster', 'hsm', 'facts', 'backup', 'outcome'],
    when: joining => isJoining(joining) && !isQuiet(joining.before, homeOf(joining)),
    holds: ({ outcome }) => outcome.kind === 'disabled',
  }),
  step({
    id: '§hsm.join.none',
    says: 'A joining HSM fails with NO_BACKUP and becomes DEGRADED when its cluster has neither an ACTIVE HSM nor a usable backup.',
    rules,
    reads: ['cluster', 'hsm', 'facts', 'backup', 'outcome'],
    when: joining => isAlone(joining) && sourceOf(joining) === undefined,
    holds: joining => codeOf(joining) === 'NO_BACKUP' && became(joining)?.value === 'DEGRADED',
  }),
  step({
    id: '§hsm.join.refused',
    says: 'A joining HSM refuses a backup that was altered and becomes DEGRADED, and no peer sends it anything; that backup is marked and no longer usable.',
    rules,
    reads: ['cluster', 'hsm', 'facts', 'backup', 'outcome', 'emitted'],
    when: joining => {
      const isAlteredAlone = isAlone(joining)
      if (!isAlteredAlone && joining.outcome.kind !== 'failed') return false
      const source = sourceOf(joining)
      return source !== undefined && (!isAlteredAlone || !isWhole(source))
    },
    holds: joining => {
      const slot = newestUsable(joining.before, homeOf(joining))
      const isMarked = joining.after.backup[slot]?.context.rejected === true
      const isUnusable = isMarked && newestUsableAfter(joining, homeOf(joining)) !== slot
      return became(joining)?.value === 'DEGRADED' && isUnusable && !isSent(joining)
    },
  }),
  step({
    id: '§hsm.join.latest',
    says: 'A joining HSM without peers is restored from the usable backup whose snapshot is the newest, if it is whole.',
    rules,
    reads: ['cluster', 'hsm', 'facts', 'backup', 'outcome'],
    when: joining => isAlone(joining) && isWhole(sourceOf(joining)),
    holds: joining => {
      const isRestored = sameContents(became(joining)?.context.contents, sourceOf(joining)?.context.contents)
      return joining.outcome.kind === 'accepted' && became(joining)?.value === 'ACTIVE' && isRestored
    },
  }),
  step({
    id: '§hsm.join.sync',
    says: 'A joining HSM becomes ACTIVE with the contents of an ACTIVE HSM of its cluster, which sends it them.',
    rules,
    reads: ['cluster', 'hsm', 'facts', 'backup', 'outcome', 'emitted'],
    when: joining => {
      if (!isDue(joining) || !hasPeer(joining) || !isCopied(before(joining))) return false
      return sourceOf(joining) === undefined || isWhole(sourceOf(joining))
    },
    holds: joining => {
      const isSame = peersOf(joining).some(contents => sameContents(contents, became(joining)?.context.contents))
      return joining.outcome.kind === 'accepted' && became(joining)?.value === 'ACTIVE' && isSame && isSent(joining)
    },
  }),
]
