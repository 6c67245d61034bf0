/** The mapping between the two worlds: what an event of the model is when it is asked of a target. */
import { match } from 'ts-pattern'
import { CUSTOMER, RULES, otherThan } from '../../model/index.ts'
import { PASSWORDS, clusterOf, credentials, keyIn, type Bearings } from './bearings.ts'
import type { Event, Nameable } from './event.ts'
import type { Asked, Effect, Pending, Request, Sent } from './port.ts'
import { approvalsBy, tokenName } from './tokens.ts'

/** Seven days, the grace of a deleted backup, in seconds. */
export const GRACE = 7 * 24 * 60 * 60
/** Ten minutes, the life of a token. */
export const TEN_MINUTES = 10 * 60

/** What to ask: a request, or a settle of something that is pending. */
export type Ask =
  { readonly kind: 'request'; readonly request: Request } | { readonly kind: 'settle'; readonly pending: Pending }

/** An id that no target has given: of the shape that AWS's have. */
const UNKNOWN: Readonly<Record<Nameable, string>> = {
  cluster: 'cluster-aaaaaaaaaaa',
  hsm: 'hsm-aaaaaaaaaaa',
  backup: 'backup-aaaaaaaaaaa',
}

/** By whom a request is made, if it says. */
const by = ({ account }: Asked): Asked => (account === undefined ? {} : { account })

/** Where it is sent as well. */
const sentBy = ({ region, ...asked }: Sent & Asked): Sent & Asked => ({ ...(region && { region }), ...by(asked) })

const isSettle = (rule: string): rule is Effect =>
  (RULES.settle as readonly string[]).includes(rule) || rule === 'ClusterBackedUp'

/** What an event is when it is asked of the target. */
export const askOf = (bearings: Bearings, event: Event): Ask => {
  const { ids, secrets } = bearings
  const id = (kind: Nameable, name: string): string => ids.get(name) ?? UNKNOWN[kind]
  const request = (asked: Request): Ask => ({ kind: 'request', request: asked })
  const reach = (said: object) => {
    const { only } = said as { readonly only?: string }
    return only === undefined ? {} : { only: id('hsm', only) }
  }
  if (isSettle(event.rule)) {
    const named = event as Extract<Event, { readonly rule: Effect }>
    const subject =
      'cluster' in named
        ? id('cluster', named.cluster)
        : 'hsm' in named
          ? id('hsm', named.hsm)
          : id('backup', named.backup)
    return { kind: 'settle', pending: { effect: event.rule, subject } }
  }
  return match(event as Exclude<Event, { readonly rule: Effect }>)
    .with({ rule: 'CreateCluster' }, ({ hsmType, mode, source, retention, subnets, hsmLimit, ...asked }) =>
      request({
        op: 'CreateCluster',
        hsmType,
        mode,
        ...(source === null ? {} : { sourceBackupId: id('backup', source) }),
        ...sentBy(asked),
        ...(retention === undefined ? {} : { retentionDays: retention }),
        ...(subnets && { subnets }),
        ...(hsmLimit !== undefined && { hsmLimit }),
      }),
    )
    .with({ rule: 'InitializeCluster' }, ({ rule: op, cluster, certificate }) =>
      request({ op, clusterId: id('cluster', cluster), certificate }),
    )
    .with({ rule: 'DeleteCluster' }, ({ rule: op, cluster }) => request({ op, clusterId: id('cluster', cluster) }))
    .with({ rule: 'CreateHsm' }, ({ rule: op, cluster, zone }) =>
      request({ op, clusterId: id('cluster', cluster), ...(zone && { zone }) }),
    )
    .with({ rule: 'ModifyCluster' }, ({ rule: op, cluster, retention }) =>
      request({ op, clusterId: id('cluster', cluster), retentionDays: retention }),
    )
    .with({ rule: 'ModifyHsmType' }, ({ rule: op, cluster, hsmType }) =>
      request({ op, clusterId: id('cluster', cluster), hsmType }),
    )
    .with({ rule: 'DescribeClusters' }, ({ rule: op, cluster, ...asked }) =>
      request({ op, ...(cluster === null ? {} : { clusterId: id('cluster', cluster) }), ...sentBy(asked) }),
    )
    .with({ rule: 'DeleteHsm' }, ({ rule: op, hsm }) =>
      request({ op, clusterId: id('cluster', clusterOf(bearings, hsm)), hsmId: id('hsm', hsm) }),
    )
    .with({ rule: 'DeleteBackup' }, { rule: 'RestoreBackup' }, ({ rule: op, backup, ...asked }) =>
      request({ op, backupId: id('backup', backup), ...by(asked) }),
    )
    .with({ rule: 'ModifyBackupAttributes' }, ({ rule: op, backup, neverExpires, ...asked }) =>
      request({ op, backupId: id('backup', backup), neverExpires, ...by(asked) }),
    )
    .with({ rule: 'DescribeBackups' }, ({ rule: op, backup, shared, ...asked }) => {
      const which = { ...(backup === null ? {} : { backupId: id('backup', backup) }), ...(shared && { shared }) }
      return request({ op, ...which, ...sentBy(asked) })
    })
    .with({ rule: 'CopyBackupToRegion' }, ({ rule: op, backup, region, ...asked }) =>
      request({ op, backupId: id('backup', backup), region, ...by(asked) }),
    )
    .with({ rule: 'PutResourcePolicy' }, ({ rule: op, backup, ...asked }) => {
      const consumer = otherThan(asked.account ?? CUSTOMER)
      return request({ op, backupId: id('backup', backup), consumer, ...by(asked) })
    })
    .with({ rule: 'GetResourcePolicy' }, { rule: 'DeleteResourcePolicy' }, ({ rule: op, backup, ...asked }) =>
      request({ op, backupId: id('backup', backup), ...by(asked) }),
    )
    .with({ rule: 'Activate' }, ({ rule: op, cluster, value }) =>
      request({
        op,
        clusterId: id('cluster', cluster),
        password: secrets.of('officer', value),
        label: secrets.of('label', value),
        publicKey: secrets.signer('CO').publicKey,
      }),
    )
    .with({ rule: 'LogIn' }, ({ rule: op, cluster, as, password }) =>
      request({
        op,
        clusterId: id('cluster', cluster),
        as: password === 'right' ? credentials(bearings, cluster, as) : { user: as, password: secrets.of('wrong', 0) },
      }),
    )
    .with({ rule: 'ListUsers' }, ({ rule: op, cluster }) => request({ op, clusterId: id('cluster', cluster) }))
    .with({ rule: 'CreateUser' }, { rule: 'ChangePassword' }, ({ rule: op, cluster, as, user, value, ...far }) =>
      request({
        op,
        ...reach(far),
        clusterId: id('cluster', cluster),
        as: credentials(bearings, cluster, as),
        user,
        password: secrets.of(PASSWORDS[user].purpose, value),
        ...(op === 'CreateUser' && user !== 'CU' && { publicKey: secrets.signer(user).publicKey }),
      }),
    )
    .with({ rule: 'DeleteUser' }, ({ rule: op, cluster, as, user, ...far }) =>
      request({ op, ...reach(far), clusterId: id('cluster', cluster), as: credentials(bearings, cluster, as), user }),
    )
    .with({ rule: 'GenerateKey' }, ({ rule: op, cluster, as, value, checked, ...far }) =>
      request({
        op,
        ...reach(far),
        ...(checked && { checked }),
        clusterId: id('cluster', cluster),
        as: credentials(bearings, cluster, as),
        label: secrets.of('key', value),
      }),
    )
    .with({ rule: 'UseKey' }, { rule: 'DeleteKey' }, ({ rule, cluster, as, ...said }) => {
      const keys = keyIn(bearings, cluster)
      const asked = {
        clusterId: id('cluster', cluster),
        as: credentials(bearings, cluster, as),
        label: keys === 0 ? secrets.of('absent', 0) : secrets.of('key', keys),
      }
      if (rule === 'DeleteKey') return request({ op: rule, ...asked, ...reach(said) })
      const { checked, freest } = said as { readonly checked?: true; readonly freest?: string }
      const terms = { ...(checked && { checked }), ...(freest !== undefined && { freest: id('hsm', freest) }) }
      return request({ op: rule, ...asked, challenge: secrets.challenge(keys), ...terms })
    })
    .with({ rule: 'SetPolicy' }, ({ rule: op, cluster, as, value, ...far }) =>
      request({ op, ...reach(far), clusterId: id('cluster', cluster), as: credentials(bearings, cluster, as), value }),
    )
    .with({ rule: 'SetQuorum' }, ({ rule: op, cluster, as, quorum }) =>
      request({ op, clusterId: id('cluster', cluster), as: credentials(bearings, cluster, as), value: quorum }),
    )
    .with({ rule: 'QuorumToken' }, ({ rule: op, cluster, as, service }) =>
      request({ op, clusterId: id('cluster', cluster), as: credentials(bearings, cluster, as), service }),
    )
    .with({ rule: 'ApproveToken' }, ({ rule: op, cluster, as, of, service, signature }) => {
      const signer = secrets.signer(signature === 'right' ? as : 'nobody')
      const approvals = approvalsBy(signer, bearings.tokens.get(tokenName(cluster, of, service)))
      const asked = { clusterId: id('cluster', cluster), as: credentials(bearings, cluster, as) }
      return request({ op, ...asked, of, service, approvals })
    })
    .with({ rule: 'TenMinutes' }, () => request({ op: 'Elapse', seconds: TEN_MINUTES }))
    .with({ rule: 'Elapse' }, () => request({ op: 'Elapse', seconds: GRACE }))
    .with({ rule: 'Day' }, ({ rule: op }) => request({ op }))
    .with({ rule: 'FailHsm' }, ({ rule: op, hsm }) => request({ op, hsmId: id('hsm', hsm) }))
    .with(
      { rule: 'FailSeal' },
      { rule: 'FailCopy' },
      { rule: 'TruncateBackup' },
      { rule: 'RestoreOnto' },
      ({ rule: op, backup }) => request({ op, backupId: id('backup', backup) }),
    )
    .with({ rule: 'AlterBackup' }, ({ rule: op, backup, part }) =>
      request({ op, backupId: id('backup', backup), part }),
    )
    .with({ rule: 'RelabelBackup' }, ({ rule: op, backup, field }) =>
      request({ op, backupId: id('backup', backup), field }),
    )
    .with({ rule: 'SpliceBackup' }, ({ rule: op, backup, part, source }) =>
      request({ op, backupId: id('backup', backup), part, sourceBackupId: id('backup', source) }),
    )
    .with({ rule: 'ReplayBackup' }, ({ rule: op, backup, source }) =>
      request({ op, backupId: id('backup', backup), sourceBackupId: id('backup', source) }),
    )
    .with({ rule: 'Manufacture' }, ({ rule: op, genuine, line }) => request({ op, genuine, line }))
    .with({ rule: 'Commission' }, ({ rule: op, officers }) => request({ op, officers }))
    .with({ rule: 'UpdateFirmware' }, ({ rule: op, firmware }) => request({ op, firmware }))
    .with({ rule: 'Boot' }, ({ rule: op, firmware }) => request({ op, firmware }))
    .with({ rule: 'Restart' }, { rule: 'FailSelfTest' }, { rule: 'Tamper' }, ({ rule: op }) => request({ op }))
    .with({ rule: 'Crash' }, ({ rule: op, job: effect, step, moment, ...named }) => {
      const [[kind, name] = ['hsm', '']] = Object.entries(named).filter(([field]) => field !== 'makes')
      return request({ op, effect, subject: id(kind as Nameable, name), step, moment })
    })
    .with({ rule: 'Recover' }, ({ rule: op }) => request({ op }))
    .exhaustive()
}
