/** Which clause a divergence is charged to: that of the transition that was due, or the one that speaks of what differs. */
import { match } from 'ts-pattern'
import { SEEN, clauseOfPart, type Fired, type Part, type SeenField, type State, type Taken } from '../../model/index.ts'
import type { Difference } from './compare.ts'
import type { Event, Nameable } from './event.ts'
import type { Names } from './names.ts'
import { hasGivenUp } from './shows.ts'

/** A step as the model takes it, with the names before it and after it. */
export interface Due {
  readonly event: Event
  /** The state before. */
  readonly from: State
  readonly taken: Taken
  readonly before: Names
  readonly after: Names
}

/** What happens to a job. */
const OF_JOB: readonly string[] = ['Crash', 'Recover', 'Ask']

/** The clause of a job that a crash stops or that recovery ends in a step; null where none is. */
export const blameJob = ({ fired }: Pick<Taken, 'fired'>): string | null =>
  fired.find(({ machine, event }) => machine === 'job' && OF_JOB.includes(event))?.clause ?? null

/** What starts the bench's unit. */
const STARTS: readonly string[] = ['Boot', 'Restart']
const KINDS: readonly string[] = ['cluster', 'hsm', 'backup']

/** The entry that a thing's own machine took in a step. Slots of new things are those after the step, all others before. */
const ownEntry = (
  { taken, before, after }: Due,
  { kind, name }: Pick<Difference, 'kind' | 'name'>,
): Fired | undefined => {
  if (!KINDS.includes(kind)) return taken.fired.find(({ machine }) => machine === 'hardware')
  const names = kind as Nameable
  const slot = before[names].includes(name) ? before[names].indexOf(name) : after[names].indexOf(name)
  return slot === -1 ? undefined : taken.fired.find(entry => entry.machine === kind && entry.slot === slot)
}

/** The clause of an entry that speaks of the account; where it speaks of a check, the one about this kind of thing if there is one. */
const clauseAbout = (kind: string, { clause, also }: Fired): string =>
  KINDS.some(area => clause.startsWith(`§${area}.`)) ? clause : (also.find(id => id.startsWith(`§${kind}.`)) ?? clause)

/** Fields that are charged to the clause that speaks of them, whatever the step was. */
const always = ({ kind, name, field }: Difference, { before, event, taken }: Due): string | null =>
  match(`${kind}.${field}`)
    .with('cluster.csr', 'cluster.zones', 'cluster.warning', 'cluster.rollback', 'hsm.zone', key => SEEN[key])
    .with('cluster.region', () => SEEN['cluster.region'])
    .with('cluster.account', () => SEEN['cluster.account'])
    .with('backup.account', () => SEEN['backup.account'])
    .with('backup.region', () => (event.rule === 'CopyBackupToRegion' ? null : SEEN['backup.region']))
    .with('cluster.hsmType', () =>
      before.cluster.includes(name) && !isRetyped(event) ? SEEN['cluster.hsmType'] : null,
    )
    .with('cluster.mode', () => (before.cluster.includes(name) ? SEEN['cluster.mode'] : null))
    .with('cluster.retention', () => (event.rule === 'ModifyCluster' ? null : SEEN['cluster.retention']))
    .with('hsm.eniIp', () => (event.rule === 'CreateHsm' ? '§hsm.create' : SEEN['hsm.eniIp']))
    .with('backup.clusterId', 'backup.createTimestamp', () =>
      before.backup.includes(name) ? SEEN[`${kind}.${field}` as SeenField] : detached(field, event),
    )
    .with('bench.mode', 'bench.state', () =>
      STARTS.includes(event.rule) && taken.outcome.kind === 'accepted' ? SEEN['bench.mode'] : null,
    )
    .otherwise(() => null)

/** The cluster has another type from then on. */
const isRetyped = ({ rule }: Event): boolean => rule === 'ClusterMigrated' || rule === 'ClusterRolledBack'

/** A new copy that belongs to a cluster. */
const detached = (field: string, { rule }: Event): string | null =>
  rule === 'CopyBackupToRegion' && field === 'clusterId' ? '§backup.copy.detached' : null

/** A backup that had no part in the step is another than it was, and one of the two is a copy. */
const isBesideCopy = ({ from, before, event }: Due, name: string): boolean =>
  'backup' in event &&
  event.backup !== null &&
  [name, event.backup].some(each => isCopy(from, before.backup.indexOf(each)))

const isCopy = ({ backup }: State, slot: number): boolean => (backup[slot]?.context.sourceRegion ?? null) !== null

/** The clause of one difference in what the account looks like. */
const clauseOf = (due: Due, difference: Difference): string => {
  const { kind, field } = difference
  if (due.taken.outcome.kind === 'refused') return '§port.frame'
  const ofJob = blameJob(due.taken)
  if (ofJob !== null) return ofJob
  const fixed = always(difference, due)
  if (fixed !== null) return fixed
  const own = ownEntry(due, difference)
  if (own !== undefined) return clauseAbout(kind, own)
  if (kind === 'backup' && isBesideCopy(due, difference.name)) return '§backup.copy.apart'
  const other = due.taken.fired.flatMap(({ clause, also }) => [clause, ...also]).find(id => id.startsWith(`§${kind}.`))
  if (field === 'there') return other ?? due.taken.fired[0]?.clause ?? '§port.frame'
  return other ?? SEEN[`${kind}.${field}` as SeenField] ?? '§port.frame'
}

/** The event names the thing. */
const isNamed = ({ event }: Due, { name }: Difference): boolean => Object.values(event).includes(name)

/** The difference that says most, and its clause: one in a thing that took part comes before any other, and one in the HSM that is named first. */
export const blameDifferences = (
  due: Due,
  differences: readonly Difference[],
): { readonly clause: string; readonly difference: Difference } | null => {
  const own = differences.filter(each => ownEntry(due, each) !== undefined)
  const difference = own.find(each => each.kind === 'hsm' && isNamed(due, each)) ?? own[0] ?? differences[0]
  return difference === undefined ? null : { clause: clauseOf(due, difference), difference }
}

/** What the contents of an HSM look like that are not as they should be. */
export interface ContentsLook {
  readonly name: string
  readonly part: Part
  readonly computes: boolean
  /** They are those of a backup other than the one that was due. */
  readonly isOtherBackup: boolean
  /** All such backups are of other clusters. */
  readonly isForeign: boolean
  /** They are those of the newest usable backup, where the peers have others. */
  readonly isBackup: boolean
  /** They are those of an HSM that was just made. */
  readonly isInitial: boolean
  /** Another HSM that took part is as it should be. */
  readonly othersAreRight: boolean
}

/** Operations that write to every HSM of a cluster. */
const WRITES: readonly string[] = [
  'Activate',
  'CreateUser',
  'ChangePassword',
  'DeleteUser',
  'GenerateKey',
  'DeleteKey',
  'SetPolicy',
  'SetQuorum',
]

/** The clause of contents that differ. */
export const blameContents = (due: Due, look: ContentsLook): string => {
  if (due.taken.outcome.kind === 'refused') return '§port.frame'
  const ofJob = blameJob(due.taken)
  if (ofJob !== null) return ofJob
  const own = ownEntry(due, { kind: 'hsm', name: look.name })
  const isWrite = WRITES.includes(due.event.rule)
  const { only = look.name } = due.event as { readonly only?: string }
  if (isWrite && only !== look.name) return '§sync.write'
  if (due.event.rule === 'KeysSynchronised') return blameKeys(due, look)
  if (own === undefined) return isWrite ? '§cluster.write' : look.computes ? '§key.use' : '§port.frame'
  if (isWrite) return look.othersAreRight ? '§cluster.write' : own.clause
  // What an HSM shows again that stays after all is what it had, and the writes that reached it while it was to go.
  if (due.event.rule === 'FailSeal' && look.isOtherBackup) return '§cluster.write'
  if (due.event.rule === 'ClusterRolledBack' && !look.isInitial && !look.isOtherBackup) return clauseOfPart(look.part)
  if (due.event.rule !== 'HsmRestored') return look.computes ? '§key.use' : clauseAbout('hsm', own)
  if (look.isBackup) return '§hsm.join.sync'
  if (look.isOtherBackup) return look.isForeign ? '§hsm.tenant' : '§hsm.join.latest'
  if (look.isInitial) return clauseAbout('hsm', own)
  return clauseOfPart(look.part)
}

/** Steps in which an HSM comes that was given a backup. */
const COMES: readonly string[] = ['HsmRestored', 'HsmMigrated', 'ClusterRolledBack']

/** The clause of contents that differ once keys were brought to an HSM. */
const blameKeys = (due: Due, { name, part }: ContentsLook): string => {
  const own = due.event.rule === 'KeysSynchronised' && due.event.hsm === name
  if (!own || part !== 'keys') return '§sync.users'
  return ownEntry(due, { kind: 'hsm', name })?.clause ?? '§sync.keys'
}

/** The clause of an account that is locked on an HSM and should not be, or the other way round. */
export const blameLock = ({ taken, event: { rule } }: Due, isLocked: boolean): string => {
  if (COMES.includes(rule)) return '§user.lockout.own'
  if (rule === 'ChangePassword') return '§user.unlock'
  if (rule !== 'LogIn') return '§user.lockout.stays'
  if (taken.outcome.kind === 'failed') return SEEN['hsm.locked']
  return isLocked ? '§user.login.anew' : '§user.lockout.stays'
}

/** The clause of the bench's contents. `other` are contents with the same digest, if there are any. */
export const blameBench = ({ taken }: Due, part: Part | null): string => {
  const own = taken.fired.find(({ machine }) => machine === 'hardware')
  if (taken.outcome.kind === 'refused') return own === undefined ? '§port.frame' : '§restore.atomic'
  if (part !== null) return clauseOfPart(part)
  return STARTS.includes(own?.event ?? '') ? '§hardware.zeroise' : (own?.clause ?? '§port.frame')
}

/** Events of a backup that is handed to hardware. */
const READ: readonly string[] = ['HsmRestored', 'RestoreOnto']

/** The clause of an outcome: of what should have been refused or failed, or of what should have been accepted. */
export const blameOutcome = ({ outcome, fired }: Taken, from: State, ruleClause: string): string => {
  const ofJob = blameJob({ fired })
  if (ofJob !== null) return ofJob
  if (outcome.kind !== 'accepted') return outcome.clause
  const isOfCopy = fired.some(
    ({ machine, event, slot }) => machine === 'backup' && READ.includes(event) && isCopy(from, slot),
  )
  if (isOfCopy) return '§backup.copy.exact'
  return fired.some(({ event }) => event === 'HsmRestored') && hasGivenUp(from)
    ? '§rollback.backups'
    : (fired[0]?.clause ?? ruleClause)
}
