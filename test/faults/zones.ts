/** Services and clients that break a clause about zones, or let a cluster grow beyond its limit. */
import { defaultClientParts, defaultServiceParts, zonesOf } from '../../impl/index.ts'
import { inClient, inService, type Fault } from './fault.ts'

export const zoneFaults: readonly Fault[] = [
  inService('§cluster.subnets.none', 'creates clusters without a subnet', { hasSubnets: () => true }),
  inService('§cluster.subnets.zone', 'takes two subnets of one zone', { isOnePerZone: () => true }),
  inService('§cluster.subnets', 'maps the first of the subnets only', {
    mapSubnets: subnets => defaultServiceParts.mapSubnets(subnets.slice(0, 1)),
  }),
  inService('§hsm.create.zone', 'adds an HSM in a zone where its cluster has no subnet', { isMapped: () => true }),
  inService('§hsm.create.limit', 'adds one HSM more than a cluster may have', {
    isFull: (cluster, members) => defaultServiceParts.isFull(cluster, members.slice(1)),
  }),
  inService('§hsm.zone', 'puts every HSM into the first zone of its cluster', {
    placeNew: (asked, { subnetMapping }) => zonesOf(subnetMapping)[0] ?? asked,
  }),
  inClient('§client.warning', 'counts HSMs, and not the zones that they are in', {
    isExposed: cluster =>
      defaultClientParts.isExposed(cluster) && cluster.hsms.filter(({ state }) => state === 'ACTIVE').length < 2,
  }),
]
