/** What the service carries between clients and HSMs: records that it cannot open. */
import { encodeValue, type Agreement, type Wire } from '../hsm/index.ts'
import { collectAudit } from './audit.ts'
import { spread } from './peers.ts'
import type { HsmRecord } from './records.ts'
import { unitOf, type Site } from './site.ts'

/** A client's way to one HSM. */
export interface Connection {
  readonly hsmId: string
  /** The ideal exchange. The key in what it answers is a handle that only a client's end opens: the service hands it on. §leak.certificates */
  agree(nonce: Uint8Array): Agreement | null
  /**
   * Carries a record there and its answer back; null where the HSM does not answer. What it writes is brought to the others as
   * well, but for those that the client does not reach, by their ids.
   */
  exchange(session: number, record: Uint8Array, unreached?: ReadonlySet<string>): Uint8Array | null
  /**
   * Carries bytes there and back, for a channel of the HSM's other kind; null where it has none. What is written is brought to the
   * others as by `exchange`.
   */
  connect(client: Wire, unreached?: ReadonlySet<string>): Wire | null
  /** How many sessions more the HSM could have: its remaining capacity. §client.distribute */
  remaining(): number
  close(session: number): void
}

/** Ways to the ACTIVE HSMs of a cluster, oldest HSM first; none to a cluster that is unknown. §client.available */
export const connectionsTo = (site: Site, clusterId: string): readonly Connection[] =>
  [...site.stores.hsms.values()]
    .filter(hsm => hsm.clusterId === clusterId && site.stores.units.has(hsm.hsmId) && site.parts.isServing(hsm))
    .map(hsm => connectionTo(site, hsm))

const NOBODY: ReadonlySet<string> = new Set()

const connectionTo = (site: Site, { hsmId }: HsmRecord): Connection => ({
  hsmId,
  agree: nonce => {
    const agreement = unitOf(site, hsmId).agree(nonce)
    if (agreement === null) return null
    const { session, certificate, mode, ephemeral, signature } = agreement
    site.recorder.record('certificate', hsmId, encodeValue([session, nonce, certificate, mode, ephemeral, signature]))
    return agreement
  },
  exchange: (session, record, unreached = NOBODY) => {
    site.recorder.record('record', hsmId, record)
    const answer = unitOf(site, hsmId).exchange(session, record)
    if (answer !== null) site.recorder.record('record', hsmId, answer)
    if (collectAudit(site, hsmId)) spread(site, hsmId, unreached)
    return answer
  },
  connect: (client, unreached = NOBODY) => carryBytes(site, hsmId, client, unreached),
  remaining: () => unitOf(site, hsmId).remaining(),
  close: session => unitOf(site, hsmId).close(session),
})

/** §channel.tls §channel.sealed */
const carryBytes = (site: Site, hsmId: string, client: Wire, unreached: ReadonlySet<string>): Wire | null => {
  const isServing = (): boolean => {
    const hsm = site.stores.hsms.get(hsmId)
    return hsm !== undefined && site.stores.units.has(hsmId) && site.parts.isServing(hsm)
  }
  const back: Wire = {
    send: bytes => {
      site.recorder.record('record', hsmId, bytes)
      client.send(bytes)
    },
    end: () => client.end(),
  }
  const hsm = unitOf(site, hsmId).connect(back, () => {
    if (isServing() && collectAudit(site, hsmId)) spread(site, hsmId, unreached)
  })
  if (hsm === null) return null
  return {
    send: bytes => {
      site.recorder.record('record', hsmId, bytes)
      // Whoever serves no longer is not reached, though a channel to it was open.
      if (isServing()) hsm.send(bytes)
      else hsm.end()
    },
    end: () => hsm.end(),
  }
}
