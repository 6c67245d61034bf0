/** The five invariants, I1 to I5. */
import { EMPTY, archived, heldByService, readable } from '../model/index.ts'
import { ATTEMPT, RESTORES, attemptOf } from './attempt.ts'
import { activeContents, clusterState, isQuiet, newestOwn, sameContents } from './facts.ts'
import { EVERY, always, sometimes, sometimesStep, step, type Property } from './property.ts'
import type { StepReads } from './reads.ts'

/** All that hardware can give away: what left before it did is read with it afterwards. */
const LEARNED = ['AKBK'] as const

type Last = StepReads<'DeleteHsm' | 'HsmRestored'>

const homeOf = ({ before, input }: Last) => before.hsm[input.hsm]?.context.cluster ?? null

/** The HSM comes to an ACTIVE cluster without ACTIVE HSMs whose newest backup is READY and unaltered. */
const comesBack = (step: Last): boolean => {
  const newest = step.before.backup[newestOwn(step.before, homeOf(step))]
  const isEmpty =
    clusterState(step.before, homeOf(step)) === 'ACTIVE' && activeContents(step.before, homeOf(step)).length === 0
  const isJoining =
    step.before.hsm[step.input.hsm]?.value === 'CREATE_IN_PROGRESS' && isQuiet(step.before, homeOf(step))
  return isEmpty && isJoining && newest?.value === 'READY' && newest.context.condition === 'intact'
}

export const invariants: readonly Property[] = [
  always({
    id: '§invariant.plaintext',
    says: 'No backup in the archive can be read with the keys that the service holds.',
    reads: ['backup', 'hardware'],
    holds: state => !archived(state).some(item => readable(item, heldByService(state))),
  }),
  sometimes({
    id: '§invariant.plaintext',
    says: 'The service holds AKBK, and a backup is in the archive.',
    reads: ['backup', 'hardware'],
    reached: state => heldByService(state).includes('AKBK') && archived(state).length > 0,
  }),
  step({
    id: '§invariant.plaintext',
    says: 'Nothing leaves an HSM or a client that can be read with what the service holds, or could ever learn.',
    rules: EVERY,
    skips: 'disabled',
    reads: ['hardware', 'emitted'],
    when: ({ emitted }) => emitted.length > 0,
    holds: ({ after, emitted }) => !emitted.some(({ event }) => readable(event, [...heldByService(after), ...LEARNED])),
  }),
  step({
    id: '§invariant.mode',
    says: 'Contents of a backup taken in one mode never are on hardware in the other, whatever the label says.',
    rules: [...RESTORES, 'Boot'],
    reads: ATTEMPT,
    when: step => {
      if (step.input.rule === 'Boot') return changesMode(step as StepReads<'Boot'>)
      const attempt = attemptOf(step as StepReads<'HsmRestored' | 'RestoreOnto'>)
      return attempt !== null && attempt.backup.mode !== attempt.own.mode
    },
    holds: step => {
      if (step.input.rule === 'Boot') return sameContents(step.after.hardware[0]?.context.contents, EMPTY)
      const { accepted, was, became } = attemptOf(step as StepReads<'HsmRestored' | 'RestoreOnto'>) ?? {}
      return accepted === false && sameContents(was, became)
    },
  }),
  step({
    id: '§invariant.exact',
    says: "After a restore the contents are the snapshot's, or the peers' for an HSM that joins them, or what they were, with a code that says why.",
    rules: RESTORES,
    reads: ATTEMPT,
    when: tried => attemptOf(tried) !== null,
    holds: tried => {
      const { accepted, code, was, became, peers, backup } = attemptOf(tried) ?? {}
      if (accepted === false) return code !== '' && sameContents(was, became)
      return sameContents(became, peers?.[0] ?? backup?.contents)
    },
  }),
  step({
    id: '§invariant.lossless',
    says: 'The newest backup of a cluster is that of the HSM that went last, and the next HSM has its contents.',
    rules: ['DeleteHsm', 'HsmRestored'],
    reads: ['cluster', 'hsm', 'backup', 'outcome'],
    when: step => {
      if (step.input.rule === 'HsmRestored') return comesBack(step)
      const isActive = clusterState(step.before, homeOf(step)) === 'ACTIVE'
      return isActive && step.before.hsm[step.input.hsm]?.value === 'ACTIVE'
    },
    holds: step => {
      const [was, became] = [step.before.hsm[step.input.hsm], step.after.hsm[step.input.hsm]]
      const newest = step.after.backup[newestOwn(step.after, homeOf(step))]?.context.contents
      const kept = (step.input.rule === 'DeleteHsm' ? was : became)?.context.contents
      return step.outcome.kind === 'accepted' && sameContents(newest, kept)
    },
  }),
  step({
    id: '§invariant.hardware',
    says: "Hardware that is not both the manufacturer's and commissioned opens no backup.",
    rules: RESTORES,
    reads: ATTEMPT,
    when: tried => {
      const attempt = attemptOf(tried)
      return attempt !== null && !(attempt.genuine && attempt.commissioned)
    },
    holds: tried => attemptOf(tried)?.accepted === false,
  }),
  sometimesStep({
    id: '§invariant.hardware',
    says: "The manufacturer's commissioned hardware opens a backup.",
    rules: ['RestoreOnto'],
    reads: ['backup', 'hardware', 'outcome'],
    reached: tried => attemptOf(tried)?.accepted === true,
  }),
]

const changesMode = ({ before, after }: StepReads<'Boot'>): boolean => {
  const [was, became] = [before.hardware[0]?.context.mode, after.hardware[0]?.context.mode]
  return was !== undefined && was !== null && was !== became
}
