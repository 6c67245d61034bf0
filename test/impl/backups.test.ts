/** Backups outside the HSM: sealed, kept, labelled, deleted after their days of grace. */
import { describe, expect, it } from 'vitest'
import { encodeBackup, encodeHeader, parseBackup } from '../../impl/index.ts'
import {
  account,
  active,
  backupState,
  codeOf,
  dueIn,
  emptied,
  filled,
  fresh,
  initialised,
  newestBackup,
  provisioned,
  SEVEN_DAYS,
  settle,
  valueOf,
} from './world.ts'

const unknown = 'backup-aaaaaaaaaaa'

describe('a backup', () => {
  it('§backup.seal is CREATE_IN_PROGRESS until it is sealed, with the mode and type of its cluster and its instant', () => {
    const { at, clusterId, hsmId } = active(initialised(provisioned(fresh(account(), 'hsm2m.medium', 'NON_FIPS'))))
    at.service.elapse(5)
    valueOf(at.service.deleteHsm(clusterId, hsmId))
    const { backupId, createTimestamp } = newestBackup(at)
    expect(backupId).toMatch(/^backup-[2-7a-zA-Z]{11,16}$/)
    const label = { mode: 'NON_FIPS', hsmType: 'hsm2m.medium' }
    const place = { region: 'us-east-1', account: '111122223333', origin: null }
    const described = { backupId, clusterId, ...label, ...place, createTimestamp, neverExpires: false }
    expect(at.service.describeBackups()).toEqual([{ ...described, state: 'CREATE_IN_PROGRESS', deleteTimestamp: null }])
    expect(at.service.archive.read(backupId)).toBeNull()
    at.service.elapse(60)
    settle(at, 'BackupSealed')
    expect(at.service.describeBackups()).toEqual([{ ...described, state: 'READY', deleteTimestamp: null }])
  })

  it('§backup.seal.failed is DELETED with SEAL_FAILED, and nothing of it has left the HSM', () => {
    const { at, clusterId, hsmId } = filled()
    valueOf(at.service.deleteHsm(clusterId, hsmId))
    const { backupId } = newestBackup(at)
    expect(codeOf(at.service.failSeal(backupId))).toBe('SEAL_FAILED')
    expect(codeOf(at.service.failSeal(backupId))).toBe('ResourceNotFound')
    expect(at.service.describeBackups()).toEqual([])
    expect(at.service.view.filter(({ channel }) => channel === 'backup')).toEqual([])
  })

  it('§backup.describe lists one backup when asked for it, none when it is unknown, and changes nothing', () => {
    const { at, backupId } = emptied()
    const before = at.service.look()
    expect(at.service.describeBackups(backupId)).toEqual(before.backups)
    expect(at.service.describeBackups(unknown)).toEqual([])
    expect(at.service.look()).toEqual(before)
  })

  it('§cluster.source.mode §cluster.source.type shows the label that stands in its header, also when that was rewritten', () => {
    const { at, backupId } = emptied()
    const backup = parseBackup(at.service.archive.read(backupId) ?? new Uint8Array())
    if (backup === null) throw new Error('expected a backup')
    const header = encodeHeader({ ...backup, mode: 'NON_FIPS', line: 'hsm1' })
    expect(at.service.archive.write(backupId, encodeBackup({ ...backup, header }))).toBe(true)
    expect(at.service.describeBackups()).toMatchObject([{ mode: 'NON_FIPS', hsmType: 'hsm1.medium' }])
    const create = (mode: 'FIPS' | 'NON_FIPS') =>
      codeOf(at.service.createCluster({ hsmType: 'hsm2m.medium', mode, sourceBackupId: backupId }))
    expect([create('FIPS'), create('NON_FIPS')]).toEqual(['InvalidRequest', 'accepted'])
  })

  it('§backup.describe keeps its label when it is cut short, and where no header can be read', () => {
    const { at, backupId } = emptied()
    const sealed = at.service.archive.read(backupId) ?? new Uint8Array()
    for (const length of [sealed.length - 1, 60, 1, 0]) {
      at.service.archive.write(backupId, sealed.subarray(0, length))
      expect(at.service.describeBackups()).toMatchObject([{ mode: 'FIPS', hsmType: 'hsm2m.medium' }])
    }
    expect(at.service.archive.write(unknown, sealed)).toBe(false)
  })
})

describe('DeleteBackup and RestoreBackup', () => {
  it('§backup.delete §backup.purge is DELETED when seven days are over, and not a second before', () => {
    const { at, backupId } = emptied()
    const { createTimestamp } = newestBackup(at)
    valueOf(at.service.deleteBackup(backupId))
    expect(at.service.describeBackups()).toMatchObject([
      { state: 'PENDING_DELETION', deleteTimestamp: createTimestamp + SEVEN_DAYS },
    ])
    at.service.elapse(SEVEN_DAYS - 1)
    expect(dueIn(at)).toEqual([])
    at.service.elapse(1)
    expect(at.service.pending()).toEqual([{ effect: 'BackupPurged', subject: backupId }])
    settle(at, 'BackupPurged')
    expect([backupState(at, backupId), at.service.archive.read(backupId)]).toEqual(['gone', null])
  })

  it('§backup.undelete §backup.undelete.grace is READY again until the seven days are over', () => {
    const { at, backupId } = emptied()
    const before = newestBackup(at)
    valueOf(at.service.deleteBackup(backupId))
    at.service.elapse(SEVEN_DAYS - 1)
    const late = at.fork()
    valueOf(at.service.restoreBackup(backupId))
    expect(newestBackup(at)).toEqual(before)
    at.service.elapse(1)
    expect(dueIn(at)).toEqual([])
    late.service.elapse(1)
    expect(codeOf(late.service.restoreBackup(backupId))).toBe('InvalidRequest')
    expect(backupState(late, backupId)).toBe('PENDING_DELETION')
  })

  it('§backup.unknown §backup.delete.state §backup.undelete.state refuses what is unknown or in another state', () => {
    const { at, clusterId, hsmId } = filled()
    valueOf(at.service.deleteHsm(clusterId, hsmId))
    const { backupId } = newestBackup(at)
    const ask = (id = backupId) => [codeOf(at.service.deleteBackup(id)), codeOf(at.service.restoreBackup(id))]
    expect(ask(unknown)).toEqual(['ResourceNotFound', 'ResourceNotFound'])
    expect(ask()).toEqual(['InvalidRequest', 'InvalidRequest'])
    settle(at, 'BackupSealed')
    expect(codeOf(at.service.restoreBackup(backupId))).toBe('InvalidRequest')
    valueOf(at.service.deleteBackup(backupId))
    at.service.elapse(SEVEN_DAYS)
    settle(at, 'BackupPurged')
    expect(ask()).toEqual(['ResourceNotFound', 'ResourceNotFound'])
  })

  it.each([
    ['refused', 'InvalidRequest'],
    ['accepted', 'accepted'],
  ] as const)('§backup.delete.state answers as chosen (%s) a second time, without effect', (chosen, code) => {
    const { at, backupId } = emptied(
      active(initialised(provisioned(fresh(account({ choices: { 'choice.backup.delete.again': chosen } }))))),
    )
    valueOf(at.service.deleteBackup(backupId))
    const before = newestBackup(at)
    at.service.elapse(10)
    expect(codeOf(at.service.deleteBackup(backupId))).toBe(code)
    expect(newestBackup(at)).toEqual(before)
  })
})
