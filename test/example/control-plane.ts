/** A minimal target: a control plane in memory, without data plane and adversary. The place to start from when you write your own. */
import type { Answer, ObservedCluster, Pending, Request, Target, TargetOptions } from '../conformance/index.ts'

interface Hsm {
  readonly hsmId: string
  readonly eniIp: string
  readonly zone: string
  readonly state: 'CREATE_IN_PROGRESS' | 'ACTIVE' | 'DELETE_IN_PROGRESS'
}

interface Cluster {
  readonly clusterId: string
  readonly state: string
  readonly mode: string
  readonly hsmType: string
  readonly zones: readonly string[]
  readonly hsm: Hsm | null
  readonly certified: boolean
  readonly retentionDays: number
}

const refused = (code: 'InvalidRequest' | 'ResourceNotFound'): Answer => ({ kind: 'refused', code })
const accepted: Answer = { kind: 'accepted' }

const isPolicy = (days: number): boolean => days >= 7 && days <= 379

const BUSY = ['CREATE_IN_PROGRESS', 'INITIALIZE_IN_PROGRESS', 'DELETE_IN_PROGRESS']

const target = (_options: TargetOptions): Target => {
  const clusters = new Map<string, Cluster>()
  let made = 0
  const change = (cluster: Cluster, changed: Partial<Cluster>): Answer => {
    clusters.set(cluster.clusterId, { ...cluster, ...changed })
    return accepted
  }
  const described = (cluster: Cluster): ObservedCluster => ({
    clusterId: cluster.clusterId,
    state: cluster.state,
    mode: cluster.mode,
    hsmType: cluster.hsmType,
    csr: cluster.state === 'UNINITIALIZED' && cluster.hsm?.state === 'ACTIVE',
    certificate: cluster.certified,
    retentionDays: cluster.retentionDays,
    zones: cluster.zones,
    hsms: cluster.hsm === null ? [] : [cluster.hsm],
  })

  const create = (request: Extract<Request, { readonly op: 'CreateCluster' }>): Answer => {
    const { mode, hsmType, sourceBackupId, retentionDays = 90, subnets: zones = ['a'] } = request
    if (mode === 'NON_FIPS' && hsmType === 'hsm1.medium') return refused('InvalidRequest')
    if (!isPolicy(retentionDays)) return refused('InvalidRequest')
    if (zones.length === 0 || new Set(zones).size < zones.length) return refused('InvalidRequest')
    if (sourceBackupId !== undefined) return refused('ResourceNotFound')
    const clusterId = `cluster-${(made += 1)}`
    const created = { clusterId, mode, hsmType, zones, retentionDays, hsm: null, certified: false }
    clusters.set(clusterId, { ...created, state: 'CREATE_IN_PROGRESS' })
    return { kind: 'accepted', result: { clusterId } }
  }
  const addHsm = (cluster: Cluster, zone = 'a'): Answer => {
    if (cluster.state !== 'UNINITIALIZED' || cluster.hsm !== null) return refused('InvalidRequest')
    if (!cluster.zones.includes(zone)) return refused('InvalidRequest')
    const hsmId = `hsm-${(made += 1)}`
    change(cluster, { hsm: { hsmId, eniIp: `10.0.0.${made % 256}`, zone, state: 'CREATE_IN_PROGRESS' } })
    return { kind: 'accepted', result: { hsmId } }
  }
  const deleteHsm = (hsmId: string): Answer => {
    const cluster = [...clusters.values()].find(({ hsm }) => hsm?.hsmId === hsmId)
    if (cluster === undefined || cluster.hsm === null) return refused('ResourceNotFound')
    if (cluster.hsm.state !== 'ACTIVE') return refused('InvalidRequest')
    return change(cluster, { hsm: { ...cluster.hsm, state: 'DELETE_IN_PROGRESS' } })
  }

  const apply = (request: Request): Answer => {
    if (request.op === 'CreateCluster') return create(request)
    if (request.op === 'DescribeClusters') {
      const listed = [...clusters.values()].filter(({ clusterId }) => (request.clusterId ?? clusterId) === clusterId)
      return { kind: 'accepted', result: { clusters: listed.map(described) } }
    }
    if (request.op === 'DescribeBackups') return { kind: 'accepted', result: { backups: [] } }
    if (request.op === 'DeleteHsm') return deleteHsm(request.hsmId)
    const cluster = 'clusterId' in request ? clusters.get(request.clusterId ?? '') : undefined
    if (cluster === undefined) return refused('ResourceNotFound')
    if (request.op === 'CreateHsm') return addHsm(cluster, request.zone)
    if (request.op === 'ModifyCluster')
      return BUSY.includes(cluster.state) || !isPolicy(request.retentionDays)
        ? refused('InvalidRequest')
        : change(cluster, { retentionDays: request.retentionDays })
    if (request.op === 'DeleteCluster')
      return BUSY.includes(cluster.state) || cluster.hsm !== null
        ? refused('InvalidRequest')
        : change(cluster, { state: 'DELETE_IN_PROGRESS' })
    if (request.op !== 'InitializeCluster') throw new Error(`not in the profile: ${request.op}`)
    return described(cluster).csr && request.certificate === 'matching'
      ? change(cluster, { state: 'INITIALIZE_IN_PROGRESS' })
      : refused('InvalidRequest')
  }

  const dueOf = ({ clusterId, state, hsm }: Cluster): readonly Pending[] => {
    const ofCluster = {
      CREATE_IN_PROGRESS: 'ClusterCreated',
      INITIALIZE_IN_PROGRESS: 'ClusterInitialized',
      DELETE_IN_PROGRESS: 'ClusterDeleted',
    } as const
    const ofHsm = { CREATE_IN_PROGRESS: 'HsmProvisioned', ACTIVE: null, DELETE_IN_PROGRESS: 'HsmDeleted' } as const
    const [first, second] = [ofCluster[state as keyof typeof ofCluster], hsm && ofHsm[hsm.state]]
    return [
      ...(first === undefined ? [] : [{ effect: first, subject: clusterId }]),
      ...(hsm === null || second === null ? [] : [{ effect: second, subject: hsm.hsmId }]),
    ]
  }
  const settle = ({ effect, subject }: Pending): Answer => {
    const cluster = [...clusters.values()].find(({ clusterId, hsm }) => subject === clusterId || subject === hsm?.hsmId)
    if (cluster === undefined) throw new Error(`not due: ${effect} ${subject}`)
    if (effect === 'ClusterCreated') return change(cluster, { state: 'UNINITIALIZED' })
    if (effect === 'ClusterInitialized') return change(cluster, { state: 'INITIALIZED', certified: true })
    if (effect === 'HsmDeleted') return change(cluster, { hsm: null })
    if (effect === 'HsmProvisioned') return change(cluster, { hsm: cluster.hsm && { ...cluster.hsm, state: 'ACTIVE' } })
    clusters.delete(cluster.clusterId)
    return accepted
  }

  return {
    name: 'a control plane in memory',
    profile: ['control'],
    apply,
    pending: () => [...clusters.values()].flatMap(dueOf),
    settle,
    observe: () => ({
      clusters: [...clusters.values()].map(described),
      backups: [],
      contents: {},
      bench: { state: 'vacant', mode: '', digest: '' },
    }),
    view: () => [],
  }
}

export default target
