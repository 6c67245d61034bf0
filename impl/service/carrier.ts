/** What the service carries between clients and HSMs: records that it cannot open, and the contents of one HSM to its peers. */
import { encodeValue, type Agreement } from '../hsm/index.ts'
import { collectAudit } from './audit.ts'
import { synchronise } from './joins.ts'
import type { HsmRecord } from './records.ts'
import { unitOf, type Site } from './site.ts'

/** A client's way to one HSM. */
export interface Connection {
  readonly hsmId: string
  /** The ideal exchange. The key in what it answers is the client's: the service hands it on and keeps what is public. */
  agree(nonce: Uint8Array): Agreement | null
  /** Carries a record there and its answer back; null where the HSM does not answer. */
  exchange(session: number, record: Uint8Array): Uint8Array | null
  close(session: number): void
}

/** Ways to the ACTIVE HSMs of a cluster, oldest HSM first; none to a cluster that is unknown. §client.available */
export const connectionsTo = (site: Site, clusterId: string): readonly Connection[] =>
  [...site.stores.hsms.values()]
    .filter(hsm => hsm.clusterId === clusterId && site.stores.units.has(hsm.hsmId) && site.parts.isServing(hsm))
    .map(hsm => connectionTo(site, hsm))

const connectionTo = (site: Site, { hsmId }: HsmRecord): Connection => ({
  hsmId,
  agree: nonce => {
    const agreement = unitOf(site, hsmId).agree(nonce)
    if (agreement === null) return null
    const { session, certificate, mode, ephemeral, signature } = agreement
    site.recorder.record('certificate', hsmId, encodeValue([session, nonce, certificate, mode, ephemeral, signature]))
    return agreement
  },
  exchange: (session, record) => {
    site.recorder.record('record', hsmId, record)
    const answer = unitOf(site, hsmId).exchange(session, record)
    if (answer !== null) site.recorder.record('record', hsmId, answer)
    if (collectAudit(site, hsmId)) spread(site, hsmId)
    return answer
  },
  close: session => unitOf(site, hsmId).close(session),
})

/** A write reaches every HSM of the cluster that holds its contents. §cluster.write */
const spread = (site: Site, from: string): void => {
  const { hsms, units } = site.stores
  const origin = hsms.get(from)
  if (origin === undefined) return
  for (const hsm of hsms.values())
    if (hsm.hsmId !== from && units.has(hsm.hsmId) && site.parts.isReachedByWrites(origin, hsm))
      synchronise(site, from, hsm.hsmId)
}
