/** Zones and subnets of the reference account, as the port describes them. */
import { SUBNETS, type Zone as ZoneName } from '../../impl/index.ts'
import type { Zone } from './port.ts'

export const nameOf = (zone: Zone): ZoneName => `us-east-1${zone}`
export const letterOf = (zone: ZoneName): string => zone.slice(-1)

/** A subnet of the customer's in each of these zones, none of them twice. */
export const subnetsIn = (zones: readonly Zone[]): readonly string[] =>
  zones.flatMap((zone, at) => {
    const earlier = zones.slice(0, at).filter(other => other === zone).length
    return SUBNETS.filter(subnet => subnet.zone === nameOf(zone))[earlier]?.subnetId ?? []
  })
