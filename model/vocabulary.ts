/** All inputs of a rule within bounds: every slot, every value. What a scope offers is a selection of these. */
import { approvals, quorumsOf, tokenRequests, type Approving } from './approving.ts'
import { askers, listings, sentBy, type Asking } from './asking.ts'
import { crashes } from './crashing.ts'
import type { Input, RuleName } from './input.ts'
import type { As, HsmType, Mode, Zone } from './machines/words.ts'
import { deletions, generations, partly, policies, uses, type Reaching } from './reaching.ts'
import type { AccountSlots } from './things.ts'

export interface Bounds extends Asking, Approving, Reaching {
  readonly slots: AccountSlots
  /** Type and mode that CreateCluster may ask for. */
  readonly clusters: readonly (readonly [HsmType, Mode])[]
  /** Tokens that a write may set. */
  readonly values: readonly number[]
  /** Who may ask, and may be asked for: the first officer and the crypto user, where nothing is said. */
  readonly users?: readonly As[]
  /** Days that a BackupRetentionPolicy may be asked for. */
  readonly retentions?: readonly number[]
  /** What is said of zones; left out: nothing, so that all is in the first. */
  readonly zones?: Zones
}

export interface Zones {
  /** The zones of the subnets that CreateCluster may be given. */
  readonly subnets: readonly (readonly Zone[])[]
  /** The zones that CreateHsm may name. */
  readonly hsms: readonly Zone[]
}

type ByRule = { readonly [Name in RuleName]: (bounds: Bounds) => readonly Extract<Input, { readonly rule: Name }>[] }

const upTo = (count: number): readonly number[] => [...Array(count).keys()]
const clusters = ({ slots }: Bounds) => upTo(slots.cluster)
const hsms = ({ slots }: Bounds) => upTo(slots.hsm)
const backups = ({ slots }: Bounds) => upTo(slots.backup)
const usersOf = ({ users = ['CO', 'CU'] }: Bounds): readonly As[] => users
const retentions = ({ retentions = [] }: Bounds) => retentions
const PARTS = ['header', 'wrapped', 'sealed'] as const
const TYPES = ['hsm1.medium', 'hsm2m.medium'] as const
/** Two backups, of which something of the second is put into the first. */
const pairs = (bounds: Bounds) =>
  backups(bounds).flatMap(backup => backups(bounds).flatMap(source => (source === backup ? [] : [{ backup, source }])))
const subnets = ({ zones }: Bounds) => zones?.subnets.map(each => ({ subnets: each })) ?? [{}]
const places = ({ zones }: Bounds) => zones?.hsms.map(zone => ({ zone })) ?? [{}]

const byRule: ByRule = {
  CreateCluster: bounds =>
    bounds.clusters.flatMap(([hsmType, mode]) =>
      [null, ...backups(bounds)].flatMap(source =>
        sentBy(bounds).flatMap(to =>
          subnets(bounds).flatMap(said => {
            const plain = { rule: 'CreateCluster' as const, hsmType, mode, source, ...to, ...said }
            return [plain, ...retentions(bounds).map(retention => ({ ...plain, retention }))]
          }),
        ),
      ),
    ),
  InitializeCluster: bounds =>
    clusters(bounds).flatMap(cluster => [
      ...bounds.values.map(value => ({
        rule: 'InitializeCluster' as const,
        cluster,
        certificate: 'matching' as const,
        value,
      })),
      ...(['mismatched', 'outdated'] as const).map(certificate => ({
        rule: 'InitializeCluster' as const,
        cluster,
        certificate,
        value: bounds.values[0] ?? 1,
      })),
    ]),
  DeleteCluster: bounds => clusters(bounds).map(cluster => ({ rule: 'DeleteCluster', cluster })),
  ModifyCluster: bounds =>
    clusters(bounds).flatMap(cluster =>
      retentions(bounds).map(retention => ({ rule: 'ModifyCluster' as const, cluster, retention })),
    ),
  ModifyHsmType: bounds =>
    clusters(bounds).flatMap(cluster => TYPES.map(hsmType => ({ rule: 'ModifyHsmType' as const, cluster, hsmType }))),
  DescribeClusters: bounds =>
    [null, ...clusters(bounds)].flatMap(cluster =>
      sentBy(bounds).map(to => ({ rule: 'DescribeClusters' as const, cluster, ...to })),
    ),
  CreateHsm: bounds =>
    clusters(bounds).flatMap(cluster => places(bounds).map(said => ({ rule: 'CreateHsm' as const, cluster, ...said }))),
  DeleteHsm: bounds => hsms(bounds).map(hsm => ({ rule: 'DeleteHsm', hsm })),
  DeleteBackup: bounds => ofBackup('DeleteBackup', bounds),
  RestoreBackup: bounds => ofBackup('RestoreBackup', bounds),
  ModifyBackupAttributes: bounds =>
    ofBackup('ModifyBackupAttributes', bounds).flatMap(asked =>
      [true, false].map(neverExpires => ({ ...asked, neverExpires })),
    ),
  PutResourcePolicy: bounds => ofBackup('PutResourcePolicy', bounds),
  GetResourcePolicy: bounds => ofBackup('GetResourcePolicy', bounds),
  DeleteResourcePolicy: bounds => ofBackup('DeleteResourcePolicy', bounds),
  DescribeBackups: bounds =>
    [null, ...backups(bounds)].flatMap(backup =>
      sentBy(bounds).flatMap(to =>
        listings(bounds).map(which => ({ rule: 'DescribeBackups' as const, backup, ...to, ...which })),
      ),
    ),
  CopyBackupToRegion: bounds =>
    backups(bounds).flatMap(backup =>
      (bounds.regions ?? []).flatMap(region =>
        askers(bounds).map(by => ({ rule: 'CopyBackupToRegion' as const, backup, region, ...by })),
      ),
    ),
  Activate: bounds =>
    clusters(bounds).flatMap(cluster => bounds.values.map(value => ({ rule: 'Activate' as const, cluster, value }))),
  LogIn: bounds =>
    clusters(bounds).flatMap(cluster =>
      usersOf(bounds).flatMap(as =>
        (['right', 'wrong'] as const).map(password => ({ rule: 'LogIn' as const, cluster, as, password })),
      ),
    ),
  ListUsers: bounds => clusters(bounds).map(cluster => ({ rule: 'ListUsers', cluster })),
  CreateUser: bounds =>
    writes(bounds).flatMap(write =>
      usersOf(bounds)
        .filter(user => user !== 'CO')
        .flatMap(user => partly(bounds, [{ rule: 'CreateUser' as const, user, ...write }])),
    ),
  ChangePassword: bounds =>
    writes(bounds).flatMap(write => usersOf(bounds).map(user => ({ rule: 'ChangePassword' as const, user, ...write }))),
  DeleteUser: bounds =>
    asked(bounds).flatMap(ask =>
      usersOf(bounds).flatMap(user => partly(bounds, [{ rule: 'DeleteUser' as const, user, ...ask }])),
    ),
  GenerateKey: bounds => generations(bounds, writes(bounds)),
  UseKey: bounds => uses(bounds, asked(bounds)),
  DeleteKey: bounds => deletions(bounds, asked(bounds)),
  SetPolicy: bounds => policies(bounds, writes(bounds)),
  SetQuorum: bounds =>
    asked(bounds).flatMap(ask => quorumsOf(bounds).map(quorum => ({ rule: 'SetQuorum' as const, ...ask, quorum }))),
  QuorumToken: bounds => tokenRequests(bounds, asked(bounds)),
  ApproveToken: bounds => approvals(bounds, asked(bounds)),
  ClusterCreated: bounds => clusters(bounds).map(cluster => ({ rule: 'ClusterCreated', cluster })),
  ClusterInitialized: bounds => clusters(bounds).map(cluster => ({ rule: 'ClusterInitialized', cluster })),
  ClusterActivated: bounds => clusters(bounds).map(cluster => ({ rule: 'ClusterActivated', cluster })),
  ClusterDeleted: bounds => clusters(bounds).map(cluster => ({ rule: 'ClusterDeleted', cluster })),
  HsmProvisioned: bounds => hsms(bounds).map(hsm => ({ rule: 'HsmProvisioned', hsm })),
  PeerBackedUp: bounds => hsms(bounds).map(hsm => ({ rule: 'PeerBackedUp', hsm })),
  HsmRestored: bounds => hsms(bounds).map(hsm => ({ rule: 'HsmRestored', hsm })),
  HsmReplaced: bounds => hsms(bounds).map(hsm => ({ rule: 'HsmReplaced', hsm })),
  KeysSynchronised: bounds => hsms(bounds).map(hsm => ({ rule: 'KeysSynchronised', hsm })),
  HsmDeleted: bounds => hsms(bounds).map(hsm => ({ rule: 'HsmDeleted', hsm })),
  BackupSealed: bounds => backups(bounds).map(backup => ({ rule: 'BackupSealed', backup })),
  BackupPurged: bounds => backups(bounds).map(backup => ({ rule: 'BackupPurged', backup })),
  BackupCopied: bounds => backups(bounds).map(backup => ({ rule: 'BackupCopied', backup })),
  BackupExpired: bounds => backups(bounds).map(backup => ({ rule: 'BackupExpired', backup })),
  HsmBackedUp: bounds => hsms(bounds).map(hsm => ({ rule: 'HsmBackedUp', hsm })),
  HsmMigrated: bounds => hsms(bounds).map(hsm => ({ rule: 'HsmMigrated', hsm })),
  ClusterMigrated: bounds => clusters(bounds).map(cluster => ({ rule: 'ClusterMigrated', cluster })),
  ClusterRolledBack: bounds => clusters(bounds).map(cluster => ({ rule: 'ClusterRolledBack', cluster })),
  Day: () => [{ rule: 'Day' }],
  ClusterBackedUp: bounds => clusters(bounds).map(cluster => ({ rule: 'ClusterBackedUp', cluster })),
  Elapse: () => [{ rule: 'Elapse' }],
  TenMinutes: () => [{ rule: 'TenMinutes' }],
  FailHsm: bounds => hsms(bounds).map(hsm => ({ rule: 'FailHsm', hsm })),
  FailSeal: bounds => backups(bounds).map(backup => ({ rule: 'FailSeal', backup })),
  FailCopy: bounds => backups(bounds).map(backup => ({ rule: 'FailCopy', backup })),
  AlterBackup: bounds =>
    backups(bounds).flatMap(backup => PARTS.map(part => ({ rule: 'AlterBackup' as const, backup, part }))),
  TruncateBackup: bounds => backups(bounds).map(backup => ({ rule: 'TruncateBackup', backup })),
  RelabelBackup: bounds =>
    backups(bounds).flatMap(backup =>
      (['mode', 'hsmType'] as const).map(field => ({ rule: 'RelabelBackup' as const, backup, field })),
    ),
  SpliceBackup: bounds =>
    pairs(bounds).flatMap(pair => PARTS.map(part => ({ rule: 'SpliceBackup' as const, part, ...pair }))),
  ReplayBackup: bounds => pairs(bounds).map(pair => ({ rule: 'ReplayBackup', ...pair })),
  Manufacture: () =>
    [true, false].flatMap(genuine =>
      (['hsm1', 'hsm2m'] as const).map(line => ({ rule: 'Manufacture' as const, genuine, line })),
    ),
  Commission: () => (['two', 'one', 'same'] as const).map(officers => ({ rule: 'Commission', officers })),
  Boot: () => (['fips', 'other', 'forged'] as const).map(firmware => ({ rule: 'Boot', firmware })),
  UpdateFirmware: () =>
    (['fips', 'other', 'forged', 'outdated'] as const).map(firmware => ({ rule: 'UpdateFirmware', firmware })),
  Restart: () => [{ rule: 'Restart' }],
  FailSelfTest: () => [{ rule: 'FailSelfTest' }],
  Tamper: () => [{ rule: 'Tamper' }],
  RestoreOnto: bounds => backups(bounds).map(backup => ({ rule: 'RestoreOnto', backup })),
  Crash: ({ slots }) => crashes(slots),
  Recover: () => [{ rule: 'Recover' }],
}

/** A request about each backup, by everybody who may ask. */
const ofBackup = <Name extends RuleName>(rule: Name, bounds: Bounds) =>
  backups(bounds).flatMap(backup => askers(bounds).map(by => ({ rule, backup, ...by })))

const asked = (bounds: Bounds) =>
  clusters(bounds).flatMap(cluster => (bounds.askers ?? usersOf(bounds)).map(as => ({ cluster, as })))

const writes = (bounds: Bounds) => asked(bounds).flatMap(ask => bounds.values.map(value => ({ ...ask, value })))

/** Every input of these rules within these bounds, in the order of the rules. */
export const inputsOf = (names: readonly RuleName[], bounds: Bounds): readonly Input[] =>
  names.flatMap((name): readonly Input[] => byRule[name](bounds))

export { RULES } from './families.ts'
