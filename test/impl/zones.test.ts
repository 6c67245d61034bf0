/** Zones and the limit, as the reference does them where the suite does not look: subnets, addresses, 28 HSMs. */
import { describe, expect, it } from 'vitest'
import { SUBNETS } from '../../impl/index.ts'
import {
  account,
  active,
  codeOf,
  fresh,
  hsmsOf,
  initialised,
  provisioned,
  settle,
  settleAll,
  valueOf,
} from './world.ts'

const [inA, inB, alsoInA] = SUBNETS.map(({ subnetId }) => subnetId)
const create = (subnetIds: readonly string[], at = account()) =>
  at.service.createCluster({ hsmType: 'hsm2m.medium', mode: 'FIPS', subnetIds })

/** An ACTIVE cluster over two zones, whose HSM is in the first. */
const spread = (hsmLimit?: number) => {
  const place = fresh()
  const request = { hsmType: 'hsm2m.medium', mode: 'FIPS', subnetIds: [String(inA), String(inB)], hsmLimit } as const
  const { clusterId } = valueOf(place.at.service.createCluster(request))
  settle(place.at, 'ClusterCreated')
  return active(initialised(provisioned({ ...place, clusterId, trust: { ...place.trust, clusterId } })))
}

describe('CreateCluster', () => {
  it.each([
    ['no subnet', []],
    ['two subnets of a zone', [inA, alsoInA]],
    ['a subnet that is not in the network', ['subnet-ffffffff']],
    ['one of its subnets and another', [inA, 'subnet-ffffffff']],
  ])('§cluster.subnets.none §cluster.subnets.zone refuses %s', (_, subnetIds) => {
    expect(codeOf(create(subnetIds.map(String)))).toBe('InvalidRequest')
  })
  it('§cluster.subnets maps each zone to the subnet in it', () => {
    const { subnetMapping } = valueOf(create([String(inB), String(inA)]))
    expect(subnetMapping).toEqual({ 'us-east-1a': inA, 'us-east-1b': inB })
  })
})

describe('an HSM', () => {
  it('§hsm.zone has an address in the subnet of its zone, and so has the one that replaces it', () => {
    const place = spread()
    const { hsmId, eniIp } = valueOf(place.at.service.createHsm(place.clusterId, 'us-east-1b'))
    expect([hsmsOf(place)[0]?.eniIp, eniIp]).toEqual([
      expect.stringMatching(/^10\.0\./),
      expect.stringMatching(/^10\.64\./),
    ])
    settleAll(place.at)
    place.at.service.failHsm(hsmId)
    settle(place.at, 'HsmReplaced')
    expect(hsmsOf(place)[1]).toMatchObject({ availabilityZone: 'us-east-1b', eniIp })
  })
  it('§hsm.create.limit is the 28th of its cluster, or the last that the cluster may have, and none comes after it', () => {
    for (const limit of [28, 3]) {
      const place = spread(limit === 28 ? undefined : limit)
      const ask = () => codeOf(place.at.service.createHsm(place.clusterId, 'us-east-1b'))
      expect(Array.from({ length: limit }, ask)).toEqual([...Array(limit - 1).fill('accepted'), 'InvalidRequest'])
    }
  })
})

describe('the client', () => {
  it('§client.warning warns of an ACTIVE cluster until its HSMs are in two zones, and of no other', () => {
    const early = fresh()
    const place = spread()
    const warned = ({ at, clusterId }: typeof early) => {
      const [cluster] = at.service.describeClusters(clusterId)
      return cluster !== undefined && at.client.warnsOf(cluster)
    }
    const join = (zone: 'us-east-1a' | 'us-east-1b') => {
      valueOf(place.at.service.createHsm(place.clusterId, zone))
      settleAll(place.at)
      return warned(place)
    }
    expect([warned(early), warned(place), join('us-east-1a'), join('us-east-1b')]).toEqual([false, true, true, false])
  })
})
