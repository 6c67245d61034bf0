/** Backups: how they are made, and what leaves the HSM. */
import { PARTS, type Part } from '../model/index.ts'
import { attemptOf, ATTEMPT } from './attempt.ts'
import { afterwards, madeBackup } from './afterwards.ts'
import { codeOf, factsOf, type Backup } from './facts.ts'
import { EVERY, always, leadsTo, sometimes, step, type Property, type StepProperty } from './property.ts'
import type { StepReads } from './reads.ts'

/** A backup leaves an HSM in this step. */
const isHandedOver = ({ emitted }: Pick<StepReads, 'emitted'>) => emitted.some(({ event }) => event.type === 'backup')

/** It is being made inside an HSM, and is no copy. */
const isBeingSealed = (one: Backup | undefined) =>
  one?.value === 'CREATE_IN_PROGRESS' && one.context.sourceRegion === null

/** The backups that leave an HSM in this step. */
const handedOver = ({ emitted }: Pick<StepReads, 'emitted'>) =>
  emitted.filter(({ event }) => event.type === 'backup').map(({ event }) => event)

/** Steps in which a backup leaves its HSM. */
const SEALING: readonly string[] = ['BackupSealed', 'Crash', 'Recover']

export const backup: readonly Property[] = [
  step({
    id: '§backup.bek',
    says: 'A BEK seals one backup: a backup is sealed once, under a key that encrypted nothing before, and hands over one text.',
    rules: EVERY,
    skips: 'disabled',
    reads: ['backup', 'emitted'],
    when: isHandedOver,
    holds: ({ before, input, emitted }) => {
      const [{ slot } = { slot: -1 }] = emitted
      const isSealing = SEALING.includes(input.rule) && before.backup[slot]?.context.sealedUnder.length === 0
      return isSealing && emitted.length === 1
    },
  }),
  always({
    id: '§backup.generator',
    says: 'A backup carries the six parts of the contents and no state of a generator.',
    reads: ['backup'],
    each: 'backup',
    holds: ({ backup }, slot) => Object.keys(backup[slot]?.context.contents ?? {}).every(part => part in PARTS),
  }),
  sometimes({
    id: '§backup.generator',
    says: 'A backup carries contents.',
    reads: ['backup'],
    reached: ({ backup }) => backup.some(({ context }) => context.contents.configuration !== 0),
  }),
  step({
    id: '§backup.sealed',
    says: 'A backup leaves the HSM encrypted under its BEK.',
    rules: EVERY,
    skips: 'disabled',
    reads: ['emitted'],
    when: isHandedOver,
    holds: sealing => handedOver(sealing).every(({ under }) => under.includes('BEK')),
  }),
  step({
    id: '§backup.wrapped',
    says: 'The BEK leaves the HSM wrapped under PBK, so that it takes MKBK and AKBK.',
    rules: EVERY,
    skips: 'disabled',
    reads: ['emitted'],
    when: isHandedOver,
    holds: sealing => handedOver(sealing).every(({ wrapped }) => wrapped.includes('MKBK') && wrapped.includes('AKBK')),
  }),
  step({
    id: '§backup.seal',
    says: 'A backup being sealed is of the type that its cluster has, and settles in READY, and has left the HSM.',
    rules: ['BackupSealed', 'PeerBackedUp', 'ClusterBackedUp', 'HsmBackedUp', 'DeleteHsm'],
    reads: ['cluster', 'backup', 'emitted', 'created', 'outcome'],
    when: ({ before, input, outcome }) =>
      input.rule === 'BackupSealed' ? isBeingSealed(before.backup[input.backup]) : outcome.kind === 'accepted',
    holds: sealing => {
      const { after, input } = sealing
      if (input.rule === 'BackupSealed') return after.backup[input.backup]?.value === 'READY' && isHandedOver(sealing)
      const made = madeBackup(sealing)?.context
      return made === undefined || after.cluster[made.cluster ?? -1]?.context.hsmType === made.hsmType
    },
  }),
  always({
    id: '§backup.seal',
    says: 'A backup is of the mode of the cluster it was taken from, and of its type, unless that can change.',
    reads: ['cluster', 'backup'],
    each: 'backup',
    holds: ({ cluster, backup }, slot) => {
      const { cluster: home = null, mode, hsmType } = backup[slot]?.context ?? {}
      const own = home === null ? undefined : cluster[home]?.context
      return home === null || (own?.mode === mode && (own?.hsmType === hsmType || mode === 'FIPS'))
    },
  }),
  sometimes({
    id: '§backup.seal',
    says: 'A backup in NON_FIPS mode is READY.',
    reads: ['backup'],
    reached: ({ backup }) => backup.some(({ value, context }) => value === 'READY' && context.mode === 'NON_FIPS'),
  }),
  leadsTo({
    id: '§backup.seal',
    says: 'A backup being sealed becomes READY in the end, unless its sealing fails and it is DELETED.',
    reads: ['backup'],
    each: 'backup',
    from: ({ backup }, slot) => isBeingSealed(backup[slot]),
    to: ({ backup }, slot) => backup[slot]?.value === 'READY',
  }),
  step({
    id: '§backup.seal.failed',
    says: 'A backup whose sealing fails is DELETED, and an HSM that joins goes on joining and no longer counts on it; a copy is not sealed again.',
    rules: ['FailSeal'],
    reads: ['hsm', 'backup', 'outcome', 'moved'],
    when: ({ before, input }) => before.backup[input.backup]?.value === 'CREATE_IN_PROGRESS',
    holds: failure => {
      if (!isBeingSealed(failure.before.backup[failure.input.backup])) return failure.outcome.kind === 'disabled'
      const { cluster, final } = failure.before.backup[failure.input.backup]?.context ?? {}
      const isGone = codeOf(failure) === 'SEAL_FAILED' && afterwards(failure, failure.input.backup) === undefined
      if (final !== null || cluster === null) return isGone
      const { before, after } = failure
      const areJoining = before.hsm.every(({ value }, slot) => after.hsm[slot]?.value === value)
      return isGone && areJoining && !after.hsm.some(({ context }) => context.copied && context.cluster === cluster)
    },
  }),
]

/** Parts of the contents that are set are in every backup made of them, and are restored from it. */
const carried = (parts: readonly [Part, ...Part[]], what: string): StepProperty =>
  step({
    id: PARTS[parts[0]],
    says: `A backup carries ${what}, from the HSM that it is taken of and onto the hardware that it is restored on.`,
    rules: ['DeleteHsm', 'PeerBackedUp', 'HsmRestored', 'RestoreOnto'],
    skips: 'disabled',
    reads: [...ATTEMPT, 'created'],
    when: step => carriage(parts, step).some(([from]) => from !== undefined && from !== 0),
    holds: step => carriage(parts, step).every(([from, to]) => from === to),
  })

type Carrying = StepReads<'DeleteHsm' | 'PeerBackedUp' | 'HsmRestored' | 'RestoreOnto'>

/** The parts at their source and where the step carries them to: nothing, where the step carries no contents. */
const carriage = (
  parts: readonly Part[],
  step: Carrying,
): readonly (readonly [number | undefined, number | undefined])[] => {
  if (step.outcome.kind !== 'accepted') return []
  const { before, input } = step
  if (input.rule === 'HsmRestored' || input.rule === 'RestoreOnto') {
    const attempt = attemptOf(step as StepReads<'HsmRestored' | 'RestoreOnto'>)
    return attempt === null || attempt.onto.hasPeer
      ? []
      : parts.map(part => [attempt.backup.contents[part], attempt.became[part]])
  }
  const made = madeBackup(step)?.context.contents
  if (made === undefined) return []
  const hsm = before.hsm[input.hsm]?.context
  const [peer = -1] = factsOf(before, hsm?.cluster ?? null).active
  const source = input.rule === 'DeleteHsm' ? hsm : before.hsm[peer]?.context
  return parts.map(part => [source?.contents[part], made[part]])
}

export const contents: readonly Property[] = [
  carried(['users', 'officer', 'second', 'third'], 'all users with their passwords'),
  carried(['keys'], 'all token keys'),
  carried(['certificates'], 'the cluster certificate and its private key'),
  carried(['policies'], 'the policies'),
  carried(['quorum'], 'the quorum settings'),
  carried(['configuration'], 'the configuration'),
]
