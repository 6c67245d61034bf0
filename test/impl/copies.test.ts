/** Copies: the bytes of their source in another Region, and a life of their own. */
import { describe, expect, it } from 'vitest'
import { codeOf, dueIn, emptied, inspect, joined, settle, settleAll, SEVEN_DAYS, valueOf } from './world.ts'

const WEST = 'us-west-2'

/** An empty cluster, its final backup, and that backup's copy, which has not arrived. */
const copying = () => {
  const place = emptied()
  place.at.service.elapse(60)
  const answer = valueOf(place.at.service.copyBackupToRegion(place.backupId, WEST))
  const [copy] = place.at.service.describeBackups(undefined, { region: WEST })
  if (copy === undefined) throw new Error('expected a copy, got none')
  return { ...place, answer, copy, copyId: copy.backupId }
}

describe('CopyBackupToRegion', () => {
  it('§backup.copy answers what is copied and shows it, §describe.region in its Region only', () => {
    const { at, clusterId, backupId, answer, copy, copyId } = copying()
    const [source] = at.service.describeBackups()
    const origin = { sourceBackup: backupId, sourceRegion: 'us-east-1', sourceCluster: clusterId }
    expect(answer).toEqual({ createTimestamp: source?.createTimestamp, ...origin })
    const copyTimestamp = (source?.createTimestamp ?? 0) + 60
    const own = { backupId: copyId, clusterId: null, region: WEST, origin: { ...origin, copyTimestamp } }
    expect(copy).toEqual({ ...source, ...own, state: 'CREATE_IN_PROGRESS' })
    expect(at.service.describeBackups().map(({ backupId: id }) => id)).toEqual([backupId])
    expect(at.service.describeBackups(copyId)).toEqual([])
  })

  it('§backup.copy.exact §backup.copy.ready brings the same bytes, in an envelope of their own; no HSM hands over anything', () => {
    const { at, backupId, copyId } = copying()
    const seen = at.service.view.length
    expect(at.service.archive.read(copyId)).toBeNull()
    expect(settle(at, 'BackupCopied')).toBe('accepted')
    expect(at.service.archive.read(copyId)).toEqual(at.service.archive.read(backupId))
    expect(at.service.archive.readStored(copyId)).not.toEqual(at.service.archive.readStored(backupId))
    expect(at.service.view.slice(seen)).toEqual([])
  })

  it('§backup.copy.exact §backup.copy.apart takes the bytes of the moment, whatever becomes of the source', () => {
    const { at, backupId, copyId } = copying()
    const sealed = at.service.archive.read(backupId)
    at.service.archive.write(backupId, new Uint8Array(3))
    valueOf(at.service.deleteBackup(backupId))
    at.service.elapse(SEVEN_DAYS)
    settle(at, 'BackupPurged')
    expect(settle(at, 'BackupCopied')).toBe('accepted')
    expect(at.service.archive.read(copyId)).toEqual(sealed)
    valueOf(at.service.deleteBackup(copyId))
    expect(at.service.describeBackups(copyId, { region: WEST })[0]).toMatchObject({ state: 'PENDING_DELETION' })
  })

  it('§backup.copy.state §backup.copy.region §backup.unknown is refused where there is nothing to copy, or nowhere to', () => {
    const { at, backupId, copyId } = copying()
    expect(codeOf(at.service.copyBackupToRegion(copyId, 'us-east-1'))).toBe('InvalidRequest')
    expect(codeOf(at.service.copyBackupToRegion(backupId, 'us-east-1'))).toBe('InvalidRequest')
    expect(codeOf(at.service.copyBackupToRegion('backup-aaaaaaaaaaa', WEST))).toBe('ResourceNotFound')
  })

  it('§backup.copy says of the copy of a copy where the contents come from', () => {
    const { at, clusterId, copyId } = copying()
    settle(at, 'BackupCopied')
    const answer = valueOf(at.service.copyBackupToRegion(copyId, 'us-east-1'))
    expect(answer).toMatchObject({ sourceBackup: copyId, sourceRegion: WEST, sourceCluster: clusterId })
  })
})

describe('a copy', () => {
  it('§backup.copy.failed is DELETED with COPY_FAILED, once, and also where its source cannot be read', () => {
    const { at, backupId, copyId } = copying()
    expect(codeOf(at.service.failCopy(copyId))).toBe('COPY_FAILED')
    expect(codeOf(at.service.failCopy(copyId))).toBe('ResourceNotFound')
    expect(codeOf(at.service.failCopy(backupId))).toBe('InvalidRequest')
    expect(codeOf(at.service.failSeal(backupId))).toBe('InvalidRequest')
    at.service.archive.writeStored(backupId, new Uint8Array(40))
    valueOf(at.service.copyBackupToRegion(backupId, WEST))
    expect(settle(at, 'BackupCopied')).toBe('COPY_FAILED')
    expect(at.service.describeBackups(undefined, { region: WEST })).toEqual([])
    expect(dueIn(at)).toEqual([])
  })

  it('§cluster.region §cluster.source.region is the source of clusters in its Region, and in no other', () => {
    const { at, backupId, copyId, trust } = copying()
    settle(at, 'BackupCopied')
    const kind = { hsmType: 'hsm2m.medium', mode: 'FIPS' } as const
    const create = (sourceBackupId: string, region?: string) =>
      at.service.createCluster({ ...kind, sourceBackupId, region })
    expect(codeOf(create(copyId))).toBe('ResourceNotFound')
    expect(codeOf(create(backupId, WEST))).toBe('ResourceNotFound')
    const { clusterId } = valueOf(create(copyId, WEST))
    settleAll(at)
    expect(at.service.describeClusters(clusterId)).toEqual([])
    expect(at.service.describeClusters(clusterId, { region: WEST })[0]).toMatchObject({ region: WEST, state: 'ACTIVE' })
    const place = { at, clusterId, trust: { ...trust, clusterId } }
    expect(inspect(place, joined(place))).toMatchObject({ policy: 7, quorum: 1 })
  })

  it('§backup.copy.detached is no backup of the cluster that it was taken from', () => {
    const { at, backupId, clusterId } = copying()
    settle(at, 'BackupCopied')
    valueOf(at.service.deleteBackup(backupId))
    expect(codeOf(at.service.createHsm(clusterId))).toBe('InvalidRequest')
  })

  it('§backup.region is where it is, and so are the backups of a cluster that is created from it', () => {
    const { at, copyId, trust } = copying()
    settle(at, 'BackupCopied')
    const asked = { hsmType: 'hsm2m.medium', mode: 'FIPS', sourceBackupId: copyId, region: WEST } as const
    const { clusterId } = valueOf(at.service.createCluster(asked))
    settleAll(at)
    const hsmId = joined({ at, clusterId, trust })
    valueOf(at.service.deleteHsm(clusterId, hsmId))
    const [, own] = at.service.describeBackups(undefined, { region: WEST })
    expect(own).toMatchObject({ clusterId, region: WEST, origin: null })
  })
})
