/** Stories in which every kind of secret is set, used, changed, carried and guessed at: what two runs are told first. */
import { cloudHsm, scopeNamed, type Input, type Scope } from '../../model/index.ts'
import { storyOf, type Story } from '../conformance/index.ts'

const SLOTS: Scope['slots'] = { cluster: 2, hsm: 3, backup: 4, hardware: 1 }

/** What happens before a scope is explored: its last start. */
const before = (name: string): readonly Input[] => {
  const start = scopeNamed(name)?.starts.at(-1)
  if (start === undefined) throw new Error(`expected a scope with a start, got ${name}`)
  return start
}

const login = (as: 'CO' | 'CU', password: 'right' | 'wrong'): Input => ({ rule: 'LogIn', cluster: 0, as, password })
const cluster = 0

/** One HSM: logins that fail until the account is locked, a new password, a key that is used and deleted, a backup. */
const users: readonly Input[] = [
  ...before('smoke.users'),
  login('CU', 'wrong'),
  login('CU', 'right'),
  ...Array<Input>(5).fill(login('CU', 'wrong')),
  login('CU', 'right'),
  { rule: 'ListUsers', cluster },
  { rule: 'ChangePassword', cluster, as: 'CO', user: 'CU', value: 1 },
  login('CU', 'right'),
  { rule: 'UseKey', cluster, as: 'CU' },
  { rule: 'DeleteKey', cluster, as: 'CU' },
  { rule: 'UseKey', cluster, as: 'CU' },
  { rule: 'DeleteUser', cluster, as: 'CO', user: 'CU' },
  { rule: 'DeleteHsm', hsm: 0 },
  { rule: 'BackupSealed', backup: 0 },
  { rule: 'DescribeBackups', backup: null },
  { rule: 'HsmDeleted', hsm: 0 },
  { rule: 'CreateHsm', cluster },
  { rule: 'HsmRestored', hsm: 0 },
  login('CO', 'right'),
  { rule: 'DescribeClusters', cluster: null },
]

/** Two HSMs: what is written to both, and to one, is brought to the other. */
const peers: readonly Input[] = [
  ...before('smoke.synchronisation'),
  login('CO', 'right'),
  login('CU', 'right'),
  login('CU', 'wrong'),
  { rule: 'ChangePassword', cluster, as: 'CO', user: 'CO', value: 1 },
  { rule: 'ChangePassword', cluster, as: 'CU', user: 'CU', value: 1 },
  login('CO', 'right'),
  login('CU', 'right'),
  { rule: 'GenerateKey', cluster, as: 'CU', value: 1 },
  { rule: 'DeleteKey', cluster, as: 'CU', only: 1 },
  { rule: 'KeysSynchronised', hsm: 0 },
  { rule: 'GenerateKey', cluster, as: 'CU', value: 1, only: 0 },
  { rule: 'SetPolicy', cluster, as: 'CO', value: 1, only: 1 },
  { rule: 'KeysSynchronised', hsm: 1 },
  { rule: 'UseKey', cluster, as: 'CU', checked: true, freest: 1 },
  { rule: 'SetPolicy', cluster, as: 'CO', value: 1 },
  { rule: 'DeleteKey', cluster, as: 'CU', only: 1 },
  { rule: 'KeysSynchronised', hsm: 0 },
  login('CU', 'right'),
]

/** Officers who approve, with signatures that are right and wrong, before ten minutes are over and after. */
const quorum: readonly Input[] = [
  ...before('smoke.quorum'),
  { rule: 'QuorumToken', cluster, as: 'CO', service: 'user' },
  { rule: 'ApproveToken', cluster, as: 'CO', of: 'CO', service: 'user', signature: 'wrong' },
  { rule: 'ApproveToken', cluster, as: 'CO', of: 'CO', service: 'user', signature: 'right' },
  { rule: 'ApproveToken', cluster, as: 'CO2', of: 'CO', service: 'user', signature: 'right' },
  { rule: 'TenMinutes' },
  { rule: 'ChangePassword', cluster, as: 'CO', user: 'CO2', value: 1 },
  { rule: 'QuorumToken', cluster, as: 'CO', service: 'user' },
  { rule: 'ApproveToken', cluster, as: 'CO', of: 'CO', service: 'user', signature: 'right' },
  { rule: 'ApproveToken', cluster, as: 'CO2', of: 'CO', service: 'user', signature: 'right' },
  { rule: 'ChangePassword', cluster, as: 'CO', user: 'CO2', value: 1 },
]

/** A backup in the hands of the service: altered, copied, restored onto a unit of its own, and refused by an HSM. */
const archive: readonly Input[] = [
  ...before('smoke.rollback'),
  { rule: 'CopyBackupToRegion', backup: 1, region: 'us-west-2' },
  { rule: 'BackupCopied', backup: 2 },
  { rule: 'Manufacture', genuine: true, line: 'hsm2m' },
  { rule: 'Commission', officers: 'two' },
  { rule: 'Boot', firmware: 'other' },
  { rule: 'RestoreOnto', backup: 0 },
  { rule: 'Boot', firmware: 'fips' },
  { rule: 'RestoreOnto', backup: 0 },
  { rule: 'SpliceBackup', backup: 1, part: 'wrapped', source: 0 },
  { rule: 'RestoreOnto', backup: 1 },
  { rule: 'CreateHsm', cluster },
  { rule: 'HsmRestored', hsm: 0 },
  { rule: 'AlterBackup', backup: 0, part: 'sealed' },
  { rule: 'RestoreOnto', backup: 0 },
  { rule: 'AlterBackup', backup: 2, part: 'header' },
  { rule: 'RestoreOnto', backup: 2 },
  { rule: 'Tamper' },
]

const model = cloudHsm()

/** Told in this order. */
export const stories: readonly Story[] = [users, peers, quorum, archive].map(inputs =>
  storyOf(model, { slots: SLOTS }, inputs),
)
