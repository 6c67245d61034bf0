/** Sharing: whose clusters and backups are, who may ask what of a backup, and what another account gets of it. */
import { madeBackup } from './afterwards.ts'
import { asker, isHidden, isLent, isOwners } from './callers.ts'
import { isAtHand, isLegal, sourceOf } from './create.ts'
import { isKnown, newestUsable, sameContents } from './facts.ts'
import { EVERY, refusal, sometimesStep, step, type Property } from './property.ts'
import type { StepReads } from './reads.ts'

const BY_OWNER = [
  'DeleteBackup',
  'RestoreBackup',
  'ModifyBackupAttributes',
  'CopyBackupToRegion',
  'PutResourcePolicy',
  'GetResourcePolicy',
  'DeleteResourcePolicy',
] as const

type Naming = StepReads<(typeof BY_OWNER)[number]>

const was = ({ before, input }: Naming) => before.backup[input.backup]
const became = ({ after, input }: Naming) => after.backup[input.backup]
const isOwn = (naming: Naming) => isOwners(naming, was(naming))

export const sharing: readonly Property[] = [
  step({
    id: '§cluster.account',
    says: 'A new cluster is of the account that asked for it, and no cluster becomes that of another.',
    rules: EVERY,
    skips: 'disabled',
    reads: ['cluster', 'facts', 'created'],
    when: ({ before, after }) => before.cluster.some((cluster, slot) => after.cluster[slot] !== cluster),
    holds: step => step.before.cluster.every((_, slot) => isOfItsAccount(step, slot)),
  }),
  refusal({
    id: '§cluster.source.account',
    says: 'CreateCluster from a backup that another account does not share is refused.',
    rules: ['CreateCluster'],
    reads: ['backup'],
    code: 'ResourceNotFound',
    when: creation => isLegal(creation) && isAtHand(creation) && isHidden(creation, sourceOf(creation)),
  }),
  step({
    id: '§describe.account',
    says: 'Whoever asks for a list is answered, and changes nothing; what can be listed says whose it is.',
    rules: ['DescribeClusters', 'DescribeBackups'],
    reads: ['cluster', 'backup', 'seen', 'outcome', 'unchanged'],
    when: () => true,
    holds: ({ before: { cluster, backup, seen }, outcome, unchanged }) =>
      outcome.kind === 'accepted' &&
      unchanged &&
      cluster.every(({ context }, slot) => (seen.cluster(slot)?.account ?? null) === context.account) &&
      backup.every(({ context }, slot) => (seen.backup(slot)?.account ?? null) === context.account),
  }),
  step({
    id: '§describe.shared',
    says: 'A request for what is shared is answered, and changes nothing; a backup that is shared says with whom, and no other does.',
    rules: ['DescribeBackups'],
    reads: ['backup', 'seen', 'outcome', 'unchanged'],
    when: ({ input }) => input.shared === true,
    holds: ({ before: { backup, seen }, outcome, unchanged }) =>
      outcome.kind === 'accepted' &&
      unchanged &&
      backup.every(({ context: { shared, account } }, slot) => {
        const consumer = seen.backup(slot)?.consumer ?? null
        return (consumer !== null) === shared && (consumer === null || consumer !== account)
      }),
  }),
  refusal({
    id: '§backup.hidden',
    says: 'What only its owner may ask of a backup is refused to another account as if there were no such backup.',
    rules: BY_OWNER,
    reads: ['backup'],
    code: 'ResourceNotFound',
    when: naming => isHidden(naming, was(naming)),
  }),
  refusal({
    id: '§backup.denied',
    says: 'What only its owner may ask of a backup is denied to the account that it is shared with.',
    rules: BY_OWNER,
    reads: ['backup'],
    code: 'AccessDenied',
    when: naming => isLent(naming, was(naming)),
  }),
  step({
    id: '§backup.account',
    says: 'A backup is of the account of its cluster, a copy of the account that asked for it, and neither is shared at first.',
    rules: ['DeleteHsm', 'PeerBackedUp', 'ClusterBackedUp', 'CopyBackupToRegion'],
    skips: 'disabled',
    reads: ['cluster', 'backup', 'created'],
    when: making => madeBackup(making) !== undefined,
    holds: ({ before, after, created, input }) => {
      const { cluster, account, shared } = madeBackup({ after, created })?.context ?? {}
      if (input.rule === 'CopyBackupToRegion') return account === asker({ input }) && !shared
      return account === before.cluster[cluster ?? 0]?.context.account && !shared
    },
  }),
  refusal({
    id: '§backup.share.state',
    says: 'PutResourcePolicy by its owner is refused for a backup that is not READY.',
    rules: ['PutResourcePolicy'],
    reads: ['backup'],
    code: 'InvalidRequest',
    when: naming => isOwn(naming) && was(naming)?.value !== 'READY',
  }),
  step({
    id: '§backup.share',
    says: 'PutResourcePolicy by its owner shares a READY backup, and does nothing else to it.',
    rules: ['PutResourcePolicy'],
    reads: ['backup', 'outcome'],
    when: naming => isOwn(naming) && was(naming)?.value === 'READY',
    holds: naming => naming.outcome.kind === 'accepted' && isOnlyShared(naming, true),
  }),
  step({
    id: '§backup.share.show',
    says: 'GetResourcePolicy by its owner is answered for every backup, and changes nothing.',
    rules: ['GetResourcePolicy'],
    reads: ['backup', 'outcome', 'unchanged'],
    when: isOwn,
    holds: ({ outcome, unchanged }) => outcome.kind === 'accepted' && unchanged,
  }),
  step({
    id: '§backup.unshare',
    says: 'DeleteResourcePolicy by its owner ends the sharing, and what was created from the backup stays.',
    rules: ['DeleteResourcePolicy'],
    reads: ['backup', 'outcome'],
    when: isOwn,
    holds: naming => naming.outcome.kind === 'accepted' && isOnlyShared(naming, false),
  }),
  sometimesStep({
    id: '§adversary.consumer',
    says: "An HSM of one account has the users and keys of another's shared backup.",
    rules: ['HsmRestored'],
    reads: ['cluster', 'hsm', 'facts', 'backup', 'outcome'],
    reached: ({ before, after, input, outcome }) => {
      const home = before.hsm[input.hsm]?.context.cluster ?? null
      const source = before.backup[newestUsable(before, home)]?.context
      if (outcome.kind !== 'accepted' || home === null || source === undefined) return false
      const isOthers = source.account !== before.cluster[home]?.context.account
      return isOthers && sameContents(after.hsm[input.hsm]?.context.contents, source.contents)
    },
  }),
]

/** The backup is shared or not, as said, and is otherwise what it was. */
const isOnlyShared = (naming: Naming, shared: boolean): boolean => {
  const [old, now] = [was(naming), became(naming)]
  const isSame = now?.value === old?.value && sameContents(now?.context.contents, old?.context.contents)
  return isSame && now?.context.shared === shared && now.context.sourceOf.join() === old?.context.sourceOf.join()
}

/** A new cluster is of whoever asked for it, and any other of whom it was. */
const isOfItsAccount = ({ before, after, input, created }: StepReads, slot: number): boolean => {
  const [old, now] = [before.cluster[slot]?.context, after.cluster[slot]]
  const isNew = created.some(made => made.kind === 'cluster' && made.slot === slot)
  if (isNew) return input.rule === 'CreateCluster' && now?.context.account === asker({ input })
  return !isKnown(before, slot) || now?.value === 'DELETED' || now?.context.account === old?.account
}
