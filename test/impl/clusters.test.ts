/** Clusters: created, initialised, activated, emptied, deleted, and what is refused on the way. */
import { describe, expect, it } from 'vitest'
import {
  account,
  active,
  authority,
  certificateOf,
  clusterState,
  CO,
  codeOf,
  dueIn,
  emptied,
  fresh,
  initialised,
  joined,
  provisioned,
  settle,
  settleAll,
  tell,
  valueOf,
} from './world.ts'

const unknown = 'cluster-aaaaaaaaaaa'

describe('CreateCluster', () => {
  it('§cluster.create §cluster.create.fresh answers a cluster in CREATE_IN_PROGRESS that settles in UNINITIALIZED', () => {
    const at = account()
    const { clusterId } = valueOf(at.service.createCluster({ hsmType: 'hsm2m.medium', mode: 'NON_FIPS' }))
    expect(clusterId).toMatch(/^cluster-[2-7a-zA-Z]{11,16}$/)
    const subnetMapping = { 'us-east-1a': 'subnet-0a000000' }
    const label = { mode: 'NON_FIPS', hsmType: 'hsm2m.medium' }
    const place = { region: 'us-east-1', account: '111122223333', subnetMapping }
    const described = { clusterId, ...label, ...place, retentionDays: 90, rollbackExpiration: null, hsms: [] }
    expect(at.service.describeClusters()).toEqual([
      { ...described, state: 'CREATE_IN_PROGRESS', clusterCsr: null, clusterCertificate: null },
    ])
    expect(at.service.pending()).toEqual([{ effect: 'ClusterCreated', subject: clusterId }])
    settle(at, 'ClusterCreated')
    expect(at.service.describeClusters()).toMatchObject([{ ...described, state: 'UNINITIALIZED' }])
    expect(dueIn(at)).toEqual([])
  })

  it('§cluster.mode.hsm1 refuses hsm1.medium in NON_FIPS mode before it looks for the source', () => {
    const request = { hsmType: 'hsm1.medium', mode: 'NON_FIPS', sourceBackupId: 'backup-aaaaaaaaaaa' } as const
    expect(codeOf(account().service.createCluster(request))).toBe('InvalidRequest')
  })

  it('§cluster.create.restored settles in ACTIVE with its certificate present from the start', () => {
    const { at, backupId } = emptied()
    const { clusterId } = valueOf(
      at.service.createCluster({ hsmType: 'hsm2m.medium', mode: 'FIPS', sourceBackupId: backupId }),
    )
    const [source] = at.service.describeClusters()
    expect(at.service.describeClusters(clusterId)).toMatchObject([
      { state: 'CREATE_IN_PROGRESS', clusterCertificate: source?.clusterCertificate, hsms: [] },
    ])
    expect(source?.clusterCertificate).toBeInstanceOf(Uint8Array)
    settle(at, 'ClusterCreated')
    expect(at.service.describeClusters(clusterId)).toMatchObject([{ state: 'ACTIVE', clusterCsr: null }])
  })

  it.each([
    ['§cluster.source.unknown', 'hsm2m.medium', 'FIPS', 'backup-aaaaaaaaaaa', 'ResourceNotFound'],
    ['§cluster.source.mode', 'hsm2m.medium', 'NON_FIPS', null, 'InvalidRequest'],
    ['§cluster.source.type', 'hsm1.medium', 'FIPS', null, 'InvalidRequest'],
    ['§cluster.create.restored', 'hsm2m.medium', 'FIPS', null, 'accepted'],
  ] as const)('%s answers %s in %s mode from %s with %s', (_, hsmType, mode, named, code) => {
    const { at, backupId } = emptied()
    expect(codeOf(at.service.createCluster({ hsmType, mode, sourceBackupId: named ?? backupId }))).toBe(code)
  })

  it('§cluster.source.type allows hsm1.medium for hsm2m.medium', () => {
    const { at, backupId } = emptied(active(initialised(provisioned(fresh(account(), 'hsm1.medium')))))
    expect(at.service.describeBackups()).toMatchObject([{ hsmType: 'hsm1.medium' }])
    const request = { hsmType: 'hsm2m.medium', mode: 'FIPS', sourceBackupId: backupId } as const
    expect(codeOf(at.service.createCluster(request))).toBe('accepted')
  })

  it('§cluster.source.ready §cluster.source.unknown refuses a backup that is being made, being deleted, or DELETED', () => {
    const place = active()
    const { at, clusterId, hsmId } = place
    const create = (sourceBackupId: string) =>
      codeOf(at.service.createCluster({ hsmType: 'hsm2m.medium', mode: 'FIPS', sourceBackupId }))
    valueOf(at.service.deleteHsm(clusterId, hsmId))
    const backupId = at.service.describeBackups()[0]?.backupId ?? ''
    expect(create(backupId)).toBe('InvalidRequest')
    settleAll(at)
    at.service.deleteBackup(backupId)
    expect(create(backupId)).toBe('InvalidRequest')
    at.service.elapse(604_800)
    settle(at, 'BackupPurged')
    expect(create(backupId)).toBe('ResourceNotFound')
  })
})

describe('InitializeCluster', () => {
  const certificate = { signedCert: authority.issueFor(authority.anchor), trustAnchor: authority.anchor }

  it('§cluster.csr shows a CSR exactly while the cluster is UNINITIALIZED and has an ACTIVE HSM', () => {
    const place = fresh()
    const csr = () => place.at.service.describeClusters()[0]?.clusterCsr ?? null
    expect(csr()).toBeNull()
    const { at, clusterId, hsmId } = provisioned(place)
    expect(csr()).toBeInstanceOf(Uint8Array)
    const failing = at.fork()
    failing.service.failHsm(hsmId)
    expect(failing.service.describeClusters()[0]?.clusterCsr).toBeNull()
    valueOf(
      at.service.initializeCluster({ clusterId, signedCert: certificateOf(place), trustAnchor: authority.anchor }),
    )
    expect(csr()).toBeNull()
  })

  it('§cluster.initialize settles in INITIALIZED, with the certificate shown and in the HSM', () => {
    const place = provisioned()
    const { at, clusterId } = place
    const signedCert = certificateOf(place)
    valueOf(at.service.initializeCluster({ clusterId, signedCert, trustAnchor: authority.anchor }))
    expect(clusterState(place)).toBe('INITIALIZE_IN_PROGRESS')
    expect(at.service.describeClusters()[0]?.clusterCertificate).toBeNull()
    expect(codeOf(tell(place, { op: 'LogIn', as: CO }))).toBe('CERTIFICATE')
    settle(at, 'ClusterInitialized')
    expect(at.service.describeClusters()).toMatchObject([{ state: 'INITIALIZED', clusterCertificate: signedCert }])
    expect(codeOf(tell(place, { op: 'LogIn', as: CO }))).toBe('USER_MISSING')
  })

  it('§cluster.initialize goes on without an HSM when the only one has failed', () => {
    const place = provisioned()
    const { at, clusterId, hsmId } = place
    const request = { clusterId, signedCert: certificateOf(place), trustAnchor: authority.anchor }
    valueOf(at.service.initializeCluster(request))
    at.service.failHsm(hsmId)
    expect(settle(at, 'ClusterInitialized')).toBe('accepted')
    expect([clusterState(place), dueIn(at)]).toEqual(['INITIALIZED', []])
  })

  it('§cluster.unknown §cluster.initialize.state §cluster.initialize.csr §cluster.initialize.certificate refuse in this order', () => {
    const place = fresh()
    const ask = (clusterId: string, request = certificate) =>
      codeOf(place.at.service.initializeCluster({ clusterId, ...request }))
    expect(ask(unknown)).toBe('ResourceNotFound')
    expect(ask(place.clusterId)).toBe('InvalidRequest')
    provisioned(place)
    expect(ask(place.clusterId)).toBe('InvalidRequest')
    const right = { signedCert: certificateOf(place), trustAnchor: authority.anchor }
    expect(ask(place.clusterId, { ...right, trustAnchor: right.trustAnchor.map(byte => byte ^ 1) })).toBe(
      'InvalidRequest',
    )
    expect(ask(place.clusterId, right)).toBe('accepted')
    expect(ask(place.clusterId, right)).toBe('InvalidRequest')
  })
})

describe('an ACTIVE cluster', () => {
  it('§cluster.activate is due once the first officer has a password, and not before', () => {
    const place = initialised()
    expect(dueIn(place.at)).toEqual([])
    expect(codeOf(tell(place, { op: 'LogIn', as: CO }))).toBe('USER_MISSING')
    expect(dueIn(place.at)).toEqual([])
    valueOf(tell(place, { op: 'Activate', password: CO.password, label: '' }))
    expect([clusterState(place), dueIn(place.at)]).toEqual(['INITIALIZED', ['ClusterActivated']])
    settle(place.at, 'ClusterActivated')
    expect(clusterState(place)).toBe('ACTIVE')
  })

  it('§cluster.activate is not due when the HSM with the officer has failed', () => {
    const place = initialised()
    valueOf(tell(place, { op: 'Activate', password: CO.password, label: '' }))
    place.at.service.failHsm(place.hsmId)
    expect(dueIn(place.at)).toEqual([])
  })

  it('§cluster.empty stays ACTIVE without HSMs, and is resumed', () => {
    const place = emptied()
    expect([clusterState(place), place.at.service.describeClusters()[0]?.hsms]).toEqual(['ACTIVE', []])
    joined(place)
    expect(codeOf(tell(place, { op: 'LogIn', as: CO }))).toBe('accepted')
  })

  it('§cluster.constant keeps mode and type when it is restored from another line', () => {
    const { at, backupId } = emptied(active(initialised(provisioned(fresh(account(), 'hsm1.medium')))))
    const { clusterId } = valueOf(
      at.service.createCluster({ hsmType: 'hsm2m.medium', mode: 'FIPS', sourceBackupId: backupId }),
    )
    settle(at, 'ClusterCreated')
    joined({ at, clusterId, trust: { clusterId, mode: 'FIPS', anchor: authority.anchor } })
    expect(at.service.describeClusters(clusterId)).toMatchObject([{ hsmType: 'hsm2m.medium', mode: 'FIPS' }])
  })
})

describe('DeleteCluster', () => {
  it('§cluster.delete §backup.archive settles in DELETED; the backups stay and can be restored', () => {
    const place = emptied()
    const { at, clusterId, backupId } = place
    const before = at.service.sealedBackup(backupId)
    valueOf(at.service.deleteCluster(clusterId))
    expect(clusterState(place)).toBe('DELETE_IN_PROGRESS')
    settle(at, 'ClusterDeleted')
    expect(at.service.describeClusters()).toEqual([])
    expect(at.service.describeBackups()).toMatchObject([{ backupId, state: 'READY', clusterId }])
    expect(at.service.sealedBackup(backupId)).toEqual(before)
  })

  it('§cluster.unknown §cluster.delete.state §cluster.delete.empty refuses what is unknown, changing, or not empty', () => {
    const at = account()
    const { clusterId } = valueOf(at.service.createCluster({ hsmType: 'hsm2m.medium', mode: 'FIPS' }))
    const ask = (id = clusterId) => codeOf(at.service.deleteCluster(id))
    expect([ask(unknown), ask()]).toEqual(['ResourceNotFound', 'InvalidRequest'])
    settle(at, 'ClusterCreated')
    valueOf(at.service.createHsm(clusterId))
    expect(ask()).toBe('InvalidRequest')
    settle(at, 'HsmProvisioned')
    expect(ask()).toBe('InvalidRequest')
    const [hsm] = at.service.describeClusters()[0]?.hsms ?? []
    valueOf(at.service.deleteHsm(clusterId, hsm?.hsmId ?? ''))
    expect(ask()).toBe('InvalidRequest')
    settle(at, 'HsmDeleted')
    expect(ask()).toBe('accepted')
    expect(ask()).toBe('InvalidRequest')
    settle(at, 'ClusterDeleted')
    expect(ask()).toBe('ResourceNotFound')
  })
})

describe('DescribeClusters', () => {
  it('§cluster.describe lists one cluster when asked for it, none when it is unknown, and changes nothing', () => {
    const { at, clusterId } = provisioned()
    const other = fresh(at)
    const before = at.service.look()
    expect(at.service.describeClusters(other.clusterId).map(cluster => cluster.clusterId)).toEqual([other.clusterId])
    expect(at.service.describeClusters(unknown)).toEqual([])
    expect(at.service.describeClusters().map(cluster => cluster.clusterId)).toEqual([clusterId, other.clusterId])
    expect(at.service.look()).toEqual(before)
  })
})
