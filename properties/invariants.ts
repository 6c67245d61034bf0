/** The five invariants, I1 to I5. */
import { EMPTY, archived, archivedIn, heldByService, readable } from '../model/index.ts'
import { ATTEMPT, RESTORES, attemptOf } from './attempt.ts'
import { newestOwnAfter } from './afterwards.ts'
import { clusterState, hasActive, isQuiet, newestOwn, sameContents } from './facts.ts'
import { EVERY, always, sometimes, sometimesStep, step, type Property } from './property.ts'
import type { StepReads } from './reads.ts'

/** All that hardware can give away: what left before it did is read with it afterwards. */
const LEARNED = ['AKBK'] as const

const STARTS = ['Boot', 'Restart'] as const
const isStart = (rule: string) => (STARTS as readonly string[]).includes(rule)

type Last = StepReads<'DeleteHsm' | 'HsmRestored'>

const homeOf = ({ before, input }: Last) => before.hsm[input.hsm]?.context.cluster ?? null

/** The HSM comes to an ACTIVE cluster without ACTIVE HSMs whose newest backup is READY, unaltered, and not given up by a rollback. */
const comesBack = (step: Last): boolean => {
  const [{ before, input }, home] = [step, homeOf(step)]
  if (before.hsm[input.hsm]?.value !== 'CREATE_IN_PROGRESS' || !isQuiet(before, home)) return false
  if (clusterState(before, home) !== 'ACTIVE' || hasActive(before, home)) return false
  const newest = before.backup[newestOwn(before, home)]
  return newest?.value === 'READY' && newest.context.condition === 'intact' && !newest.context.rejected
}

export const invariants: readonly Property[] = [
  always({
    id: '§invariant.plaintext',
    says: 'No backup in the archive can be read with the keys that the service holds.',
    reads: ['backup', 'hardware'],
    each: 'backup',
    holds: (state, slot) => !archivedIn(state, slot).some(item => readable(item, heldByService(state))),
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
    says: 'Nothing of a backup taken in one mode comes onto hardware in the other, whatever the label says and whatever it is spliced with.',
    rules: [...RESTORES, ...STARTS],
    skips: 'disabled',
    reads: ATTEMPT,
    when: step => {
      if (isStart(step.input.rule)) return changesMode(step as StepReads<'Boot' | 'Restart'>)
      const attempt = attemptOf(step as StepReads<'HsmRestored' | 'RestoreOnto'>)
      return attempt !== null && attempt.pieces.some(({ mode }) => mode !== attempt.onto.own.mode)
    },
    holds: step => {
      if (isStart(step.input.rule)) return sameContents(step.after.hardware[0]?.context.contents, EMPTY)
      const attempt = attemptOf(step as StepReads<'HsmRestored' | 'RestoreOnto'>)
      return attempt?.accepted === false && sameContents(attempt.onto.was, attempt.became)
    },
  }),
  step({
    id: '§invariant.exact',
    says: "After a restore the contents are the snapshot's, or the peers' for an HSM that joins them, or what they were, with a code that says why.",
    rules: RESTORES,
    skips: 'disabled',
    reads: ATTEMPT,
    when: tried => attemptOf(tried) !== null,
    holds: tried => {
      const attempt = attemptOf(tried)
      if (attempt?.accepted === false) return attempt.code !== '' && sameContents(attempt.onto.was, attempt.became)
      return sameContents(attempt?.became, attempt?.onto.peer ?? attempt?.backup.contents)
    },
  }),
  step({
    id: '§invariant.lossless',
    says: 'The newest backup of a cluster is that of the HSM that went last, and the next HSM has its contents.',
    rules: ['DeleteHsm', 'HsmRestored'],
    reads: ['cluster', 'hsm', 'facts', 'backup', 'outcome'],
    when: step => {
      if (step.input.rule === 'HsmRestored') return comesBack(step)
      const isActive = step.before.hsm[step.input.hsm]?.value === 'ACTIVE'
      return isActive && clusterState(step.before, homeOf(step)) === 'ACTIVE'
    },
    holds: step => {
      if (step.outcome.kind !== 'accepted') return false
      const kept = (step.input.rule === 'DeleteHsm' ? step.before : step.after).hsm[step.input.hsm]
      const newest = step.after.backup[newestOwnAfter(step, homeOf(step))]
      return sameContents(newest?.context.contents, kept?.context.contents)
    },
  }),
  step({
    id: '§invariant.hardware',
    says: "Hardware that is not both the manufacturer's and commissioned opens no backup.",
    rules: RESTORES,
    skips: 'disabled',
    reads: ATTEMPT,
    when: tried => {
      const attempt = attemptOf(tried)
      return attempt !== null && !(attempt.onto.genuine && attempt.onto.commissioned)
    },
    holds: tried => attemptOf(tried)?.accepted === false,
  }),
  sometimesStep({
    id: '§invariant.hardware',
    says: "The manufacturer's commissioned hardware opens a backup.",
    rules: ['RestoreOnto'],
    reads: ATTEMPT,
    reached: tried => attemptOf(tried)?.accepted === true,
  }),
]

const changesMode = ({ before, after }: StepReads<'Boot' | 'Restart'>): boolean => {
  const [was, became] = [before.hardware[0]?.context.mode, after.hardware[0]?.context.mode]
  return was !== undefined && was !== null && was !== became
}
