/**
 * The variant with another machine: the benchmark network's cluster, HSMs and backups, and users. It differs in this: only a user who is
 * logged in writes or clones an HSM, which is how a second HSM becomes active; a backup is copied; a cluster made anew has no users.
 */
import { network, type Rule } from '../../../../model/network/index.ts'
import type { BenchView } from '../../network/index.ts'
import {
  backupMachine,
  clusterMachine,
  hsmMachine,
  type BackupEvent,
  type Held,
  type HsmEvent,
} from '../../network/machines.ts'
import { bothModes, factsOf, kind, rule, upTo, type Built } from '../variant.ts'
import { userMachine, type UserEvent } from './machine.ts'
import { view, type Users, type UsersInput, type UsersSize } from './view.ts'

type UsersRule = Rule<Users, BenchView, UsersInput>

/** What an active HSM answers, and does not change by it: it is there. */
const THERE: HsmEvent = { type: 'BackUp' }

const onHsm = (name: string, eventOf: (view: BenchView) => HsmEvent): UsersRule =>
  rule(name, ({ hsm = 0 }, read) => [{ kind: 'hsm', slot: hsm, event: eventOf(factsOf(read)) }])
const onBackup = (name: string, event: BackupEvent): UsersRule =>
  rule(name, ({ backup = 0 }) => [{ kind: 'backup', slot: backup, event }])
const onUser = (name: string, eventOf: (view: BenchView) => UserEvent): UsersRule =>
  rule(name, ({ user = 0 }, read) => [{ kind: 'user', slot: user, event: eventOf(factsOf(read)) }])
const onUserAndHsm = (name: string, event: UserEvent): UsersRule =>
  rule(name, ({ user = 0, hsm = 0 }) => [
    { kind: 'user', slot: user, event },
    { kind: 'hsm', slot: hsm, event: THERE },
  ])
const taking = (name: string, event: HsmEvent): UsersRule =>
  rule(name, ({ hsm = 0, backup = 0 }, read) => {
    const { version } = read.local('hsm', hsm).context
    return [
      { kind: 'hsm', slot: hsm, event },
      { kind: 'backup', slot: backup, event: { type: 'Take', version, mode: factsOf(read).mode } },
    ]
  })

const alone = ({ active }: BenchView, held: Held): HsmEvent => ({ type: 'Restore', alone: active === null, ...held })

const rulesOf = ({ versions, mistakes }: UsersSize): readonly UsersRule[] => [
  onHsm('createHsm', () => ({ type: 'Create' })),
  onHsm('start', seen => alone(seen, { version: seen.latest ?? 0, mode: seen.mode })),
  onHsm('fail', () => ({ type: 'Fail' })),
  onHsm('deleteFailed', () => ({ type: 'DeleteFailed' })),
  taking('deleteHsm', { type: 'Delete' }),
  taking('startBackup', { type: 'BackUp' }),
  rule('clone', ({ user = 0, hsm = 0, newHsm = 0 }, read) => [
    { kind: 'user', slot: user, event: { type: 'Clone' } },
    { kind: 'hsm', slot: hsm, event: THERE },
    { kind: 'hsm', slot: newHsm, event: { type: 'Activate', ...read.local('hsm', hsm).context } },
  ]),
  rule('restore', ({ hsm = 0, backup = 0 }, read) => [
    { kind: 'hsm', slot: hsm, event: alone(factsOf(read), read.local('backup', backup).context) },
    { kind: 'backup', slot: backup, event: { type: 'Read', mode: factsOf(read).mode } },
  ]),
  rule('copy', ({ hsm = 0, backup = 0, newBackup = 0 }, read) => [
    { kind: 'hsm', slot: hsm, event: THERE },
    { kind: 'backup', slot: backup, event: { type: 'Read', mode: factsOf(read).mode } },
    { kind: 'backup', slot: newBackup, event: { type: 'Take', ...read.local('backup', backup).context } },
  ]),
  onBackup('finish', { type: 'Finish' }),
  onBackup('deleteBackup', { type: 'DeleteBackup' }),
  onBackup('purge', { type: 'Purge' }),
  onUserAndHsm('enrol', { type: 'Enrol' }),
  onUserAndHsm('logIn', { type: 'LogIn' }),
  onUser('mistake', () => ({ type: 'Mistake', most: mistakes })),
  onUser('logOut', () => ({ type: 'LogOut' })),
  onUser('unlock', ({ active }) => ({ type: 'Unlock', isUp: active !== null })),
  onUser('remove', () => ({ type: 'Remove' })),
  rule('recreate', (_, read) => [
    { kind: 'cluster', slot: 0, event: { type: 'Recreate', allAbsent: factsOf(read).allAbsent } },
    ...read
      .all('user')
      .map(slot => ({ kind: 'user' as const, slot, optional: true, event: { type: 'Vanish' as const } })),
  ]),
  rule('writeKey', ({ user = 0 }, read) => {
    const { active } = factsOf(read)
    const isOpen = active !== null && active.version < versions
    const event: HsmEvent = { type: 'Write', most: versions }
    return [
      { kind: 'user', slot: user, event: { type: 'Write', isOpen } },
      ...read.all('hsm').map(slot => ({ kind: 'hsm' as const, slot, optional: true, event })),
    ]
  }),
]

const ON_HSM = ['createHsm', 'start', 'fail', 'deleteFailed']
const ON_BACKUP = ['finish', 'deleteBackup', 'purge']
const ON_BOTH = ['deleteHsm', 'startBackup', 'restore']
const ON_USER = ['mistake', 'logOut', 'unlock', 'remove', 'writeKey']
const ON_USER_AND_HSM = ['enrol', 'logIn']

const inputsOf = (size: UsersSize): readonly UsersInput[] => {
  const [hsms, backups, users] = [upTo(size.hsms), upTo(size.backups), upTo(size.users)]
  const pairs = (slots: readonly number[]) =>
    slots.flatMap(one => slots.filter(other => other !== one).map(other => [one, other] as const))
  return [
    ...ON_HSM.flatMap(name => hsms.map(hsm => ({ rule: name, hsm }))),
    ...ON_BACKUP.flatMap(name => backups.map(backup => ({ rule: name, backup }))),
    ...ON_USER.flatMap(name => users.map(user => ({ rule: name, user }))),
    ...ON_BOTH.flatMap(name => hsms.flatMap(hsm => backups.map(backup => ({ rule: name, hsm, backup })))),
    ...ON_USER_AND_HSM.flatMap(name => users.flatMap(user => hsms.map(hsm => ({ rule: name, user, hsm })))),
    ...users.flatMap(user => pairs(hsms).map(([hsm, newHsm]) => ({ rule: 'clone', user, hsm, newHsm }))),
    ...hsms.flatMap(hsm => pairs(backups).map(([backup, newBackup]) => ({ rule: 'copy', hsm, backup, newBackup }))),
    { rule: 'recreate' },
  ]
}

/** The network of this size, with its two initial states and every input of every rule. */
export const buildUsers = (size: UsersSize): Built<Users, BenchView, UsersInput> => {
  const net = network<Users, BenchView, UsersInput, string>({
    kinds: {
      cluster: kind(clusterMachine, []),
      hsm: kind(hsmMachine, ['absent']),
      backup: kind(backupMachine, ['empty']),
      user: kind(userMachine, ['none']),
    },
    rules: rulesOf(size),
    view,
  })
  const slots = { cluster: 1, hsm: size.hsms, backup: size.backups, user: size.users }
  return { net, inputs: inputsOf(size), starts: bothModes(net, slots) }
}
