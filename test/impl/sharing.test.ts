/** Sharing: what another account gets of a backup, and what it does not. */
import { describe, expect, it } from 'vitest'
import { codeOf, emptied, inspect, joined, SEVEN_DAYS, settleAll, valueOf } from './world.ts'

const CONSUMER = '444455556666'
const STRANGER = '777788889999'
const KIND = { hsmType: 'hsm2m.medium', mode: 'FIPS' } as const

/** The backup of an empty cluster, shared. */
const shared = () => {
  const place = emptied()
  valueOf(place.at.service.putResourcePolicy(place.backupId, CONSUMER))
  return place
}

/** What a request that only the owner may make answers to an account. */
const owning = ({ at, backupId }: ReturnType<typeof emptied>, account: string) => [
  codeOf(at.service.deleteBackup(backupId, account)),
  codeOf(at.service.restoreBackup(backupId, account)),
  codeOf(at.service.copyBackupToRegion(backupId, 'us-west-2', account)),
  codeOf(at.service.putResourcePolicy(backupId, STRANGER, account)),
  codeOf(at.service.getResourcePolicy(backupId, account)),
  codeOf(at.service.deleteResourcePolicy(backupId, account)),
]

describe('a backup', () => {
  it('§backup.hidden §cluster.source.account is nothing to another account while it is not shared', () => {
    const place = emptied()
    const { at, backupId } = place
    const before = at.service.look()
    expect(owning(place, CONSUMER)).toEqual(Array(6).fill('ResourceNotFound'))
    const request = { ...KIND, sourceBackupId: backupId, account: CONSUMER }
    expect(codeOf(at.service.createCluster(request))).toBe('ResourceNotFound')
    expect(at.service.describeBackups(undefined, { account: CONSUMER })).toEqual([])
    expect(at.service.describeBackups(undefined, { account: CONSUMER, shared: true })).toEqual([])
    expect(at.service.look()).toEqual(before)
  })

  it('§backup.denied is not to be changed by the account that it is shared with, and unknown to any third', () => {
    const place = shared()
    const before = place.at.service.look()
    expect(owning(place, CONSUMER)).toEqual(Array(6).fill('AccessDenied'))
    expect(owning(place, STRANGER)).toEqual(Array(6).fill('ResourceNotFound'))
    expect(place.at.service.look()).toEqual(before)
  })

  it('§backup.share §describe.shared §describe.account is listed among what is shared, by its own account alone as its own', () => {
    const { at, backupId } = shared()
    const listed = (account: string, isShared = false) =>
      at.service.describeBackups(undefined, { account, shared: isShared }).map(({ backupId: id }) => id)
    expect([listed(CONSUMER), listed(CONSUMER, true)]).toEqual([[], [backupId]])
    expect([listed('111122223333'), listed('111122223333', true)]).toEqual([[backupId], []])
    expect(at.service.describeClusters(undefined, { account: CONSUMER })).toEqual([])
  })

  it('§backup.share.state §backup.share.show §backup.unshare is shared while READY, until its policy is deleted', () => {
    const { at, backupId } = shared()
    valueOf(at.service.deleteBackup(backupId))
    expect(codeOf(at.service.putResourcePolicy(backupId, CONSUMER))).toBe('InvalidRequest')
    expect(valueOf(at.service.getResourcePolicy(backupId))).toEqual({ consumer: CONSUMER })
    expect(valueOf(at.service.deleteResourcePolicy(backupId))).toEqual({ consumer: CONSUMER })
    expect(valueOf(at.service.getResourcePolicy(backupId))).toEqual({ consumer: null })
    expect(valueOf(at.service.deleteResourcePolicy(backupId))).toEqual({ consumer: null })
    at.service.elapse(SEVEN_DAYS)
    settleAll(at)
    expect(codeOf(at.service.getResourcePolicy(backupId))).toBe('ResourceNotFound')
  })

  it('§backup.account is not shared by being copied', () => {
    const { at, backupId } = shared()
    valueOf(at.service.copyBackupToRegion(backupId, 'us-west-2'))
    const asked = { region: 'us-west-2', account: CONSUMER, shared: true }
    expect(at.service.describeBackups(undefined, asked)).toEqual([])
    expect(at.service.describeBackups(undefined, { region: 'us-west-2' })).toHaveLength(1)
  })
})

describe('a cluster of the account that a backup is shared with', () => {
  const created = () => {
    const place = shared()
    const request = { ...KIND, sourceBackupId: place.backupId, account: CONSUMER }
    const { clusterId } = valueOf(place.at.service.createCluster(request))
    settleAll(place.at)
    return { ...place, clusterId, trust: { ...place.trust, clusterId } }
  }

  it("§cluster.account §adversary.consumer is its own, and holds the owner's users and keys", () => {
    const place = created()
    const { at, clusterId } = place
    expect(at.service.describeClusters()).toHaveLength(1)
    expect(at.service.describeClusters(undefined, { account: CONSUMER })).toMatchObject([{ clusterId }])
    expect(inspect(place, joined(place))).toMatchObject({ users: ['AU', 'CO', 'CU'], policy: 7 })
  })

  it('§backup.unshare keeps its source when the sharing ends, and has backups of its own', () => {
    const place = created()
    const { at, backupId, clusterId } = place
    valueOf(at.service.deleteResourcePolicy(backupId))
    const hsmId = joined(place)
    valueOf(at.service.deleteHsm(clusterId, hsmId))
    settleAll(at)
    expect(at.service.describeBackups(undefined, { account: CONSUMER })).toMatchObject([{ clusterId }])
  })
})
