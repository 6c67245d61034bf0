/** How the reference's clusters look through the port. */
import { zonesOf, type Account, type DescribedCluster } from '../../impl/index.ts'
import type { ObservedCluster } from './port.ts'
import { letterOf } from './reference-zones.ts'

export const observedCluster = ({ client }: Account, described: DescribedCluster): ObservedCluster => {
  const { clusterCsr, clusterCertificate, subnetMapping, rollbackExpiration, hsms, ...cluster } = described
  return {
    ...cluster,
    csr: clusterCsr !== null,
    certificate: clusterCertificate !== null,
    zones: zonesOf(subnetMapping).map(letterOf),
    warning: client.warnsOf(described),
    ...(rollbackExpiration !== null && { rollbackExpiration }),
    hsms: hsms.map(({ availabilityZone, ...hsm }) => ({ ...hsm, zone: letterOf(availabilityZone) })),
  }
}
