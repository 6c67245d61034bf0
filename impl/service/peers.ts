/** What the service brings from one HSM of a cluster to another: writes of clients, and, because it looks, keys. */
import type { KeyDigests, Outcome } from '../hsm/index.ts'
import { encodeValue } from '../hsm/index.ts'
import { collectAudit } from './audit.ts'
import { synchronise } from './joins.ts'
import type { HsmRecord } from './records.ts'
import { membersOf, unitOf, type Site } from './site.ts'

/** A write reaches every HSM of the cluster that holds its contents, but for those that the client does not reach. §cluster.write §sync.write */
export const spread = (site: Site, from: string, unreached: ReadonlySet<string>): void => {
  const { hsms, units } = site.stores
  const origin = hsms.get(from)
  if (origin === undefined) return
  for (const hsm of hsms.values())
    if (hsm.hsmId !== from && units.has(hsm.hsmId) && site.parts.isReachedByWrites(origin, hsm))
      if (!site.parts.isBeyondReach(hsm, unreached)) bring(site, from, hsm.hsmId)
}

/** To an HSM that was like this one all of its contents, to any other what the write changed. §sync.alike */
const bring = (site: Site, from: string, to: string): void => {
  const [origin, target] = [unitOf(site, from), unitOf(site, to)]
  const [before, own] = [origin.digestBefore(), target.digest()]
  site.recorder.record('audit', to, encodeValue([before, own])) // §leak.digests
  if (before === own) return void synchronise(site, from, to)
  target.redo(sealedOf(site, from, origin.synchroniseBefore()), sealedOf(site, from, origin.synchronise()))
  collectAudit(site, to)
}

/** Sealed contents on their way; throws where an HSM has none. */
const sealedOf = (site: Site, from: string, sealed: Outcome<Uint8Array, string>): Uint8Array => {
  if (!sealed.ok) throw new Error(`expected the contents of ${from}, got ${sealed.code}`)
  site.recorder.record('synchronisation', from, sealed.value)
  return sealed.value
}

/** The other ACTIVE HSMs of its cluster. */
const peersOf = (site: Site, { hsmId, clusterId }: HsmRecord): readonly HsmRecord[] =>
  membersOf(site, clusterId).filter(hsm => hsm.state === 'ACTIVE' && hsm.hsmId !== hsmId)

const digestsOf = (site: Site, { hsmId }: HsmRecord): KeyDigests => unitOf(site, hsmId).keyDigests()

/** The keys of an HSM are not those that its cluster should have. §sync.keys §sync.deleted */
export const needsKeys = (site: Site, hsm: HsmRecord): boolean => {
  if (hsm.state !== 'ACTIVE') return false
  const peers = peersOf(site, hsm)
  if (peers.length === 0) return false
  const [own, others] = [digestsOf(site, hsm), peers.map(peer => digestsOf(site, peer))]
  return site.parts.mustBringKeys(own, others) || site.parts.mustDeleteKeys(own, others)
}

/** Each peer's keys, and news of those that were deleted, whose digests the service may see. §sync.keys §sync.deleted §sync.users */
export const settleKeys = (site: Site, hsm: HsmRecord): void => {
  for (const peer of peersOf(site, hsm)) {
    const { held, deleted } = digestsOf(site, peer)
    site.recorder.record('audit', peer.hsmId, encodeValue([held, deleted])) // §leak.digests
    unitOf(site, hsm.hsmId).takeKeys(sealedOf(site, peer.hsmId, unitOf(site, peer.hsmId).synchronise()), deleted)
  }
}
