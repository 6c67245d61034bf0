/** The customer's network: two subnets in each of two Availability Zones, and the addresses in them. */

/** An Availability Zone, by AWS's name. */
export type Zone = 'us-east-1a' | 'us-east-1b'

export interface Subnet {
  readonly subnetId: string
  readonly zone: Zone
  /** Its addresses are those of 10.`block`.0.0/16. */
  readonly block: number
}

/** In the order in which they are taken where the customer names a zone only. */
export const SUBNETS: readonly Subnet[] = [
  { subnetId: 'subnet-0a000000', zone: 'us-east-1a', block: 0 },
  { subnetId: 'subnet-0b000000', zone: 'us-east-1b', block: 64 },
  { subnetId: 'subnet-0a000001', zone: 'us-east-1a', block: 128 },
  { subnetId: 'subnet-0b000001', zone: 'us-east-1b', block: 192 },
]

/** The subnet of a cluster in each of its zones. */
export type SubnetMapping = Readonly<Partial<Record<Zone, string>>>

/** The zones of a mapping, in their order. */
export const zonesOf = (mapping: SubnetMapping): readonly Zone[] => (Object.keys(mapping) as Zone[]).toSorted()

/** The first addresses of a subnet are the provider's own. */
const RESERVED = 4

/** The address of the n-th HSM of the account, counted from 0, in the subnet where it stands. */
export const addressIn = (subnetId: string | undefined, n: number): string => {
  const { block } = SUBNETS.find(subnet => subnet.subnetId === subnetId) ?? { block: 255 }
  const host = n + RESERVED
  return `10.${(block + (host >> 16)) & 255}.${(host >> 8) & 255}.${host & 255}`
}
