/** Targets that break a clause about the port itself. */
import { defaultServiceParts, type Cluster } from '../../impl/index.ts'
import { referenceTarget, type Target } from '../conformance/index.ts'
import { inService, type Fault } from './fault.ts'

/** A target whose list of backups is no list. */
const mute = (target: Target): Target => ({
  ...target,
  apply: request => {
    if (request.op === 'DescribeBackups') throw new Error('not implemented')
    return target.apply(request)
  },
  ...(target.fork && { fork: () => mute(target.fork?.() ?? target) }),
})

const opened = referenceTarget({ name: 'does not implement DescribeBackups' })

export const portFaults: readonly Fault[] = [
  {
    clause: '§port.answer',
    what: 'does not implement DescribeBackups',
    target: async options => mute(await opened(options)),
  },
  inService('§port.frame', 'remembers a cluster that somebody merely asked for', {
    findCluster: (clusters, clusterId) => {
      const found = defaultServiceParts.findCluster(clusters, clusterId)
      if (found === undefined) {
        const kind = { clusterId, mode: 'FIPS', hsmType: 'hsm2m.medium' } as const
        const place = { region: 'us-east-1', account: '111122223333', subnetMapping: {} }
        const empty = { ...kind, ...place, hsmLimit: 28, source: null, retentionDays: 90 }
        // The bug: a map that makes what it does not find.
        const making = clusters as Map<string, Cluster>
        making.set(clusterId, { ...defaultServiceParts.foundCluster(empty), state: 'UNINITIALIZED' })
      }
      return found
    },
  }),
]
