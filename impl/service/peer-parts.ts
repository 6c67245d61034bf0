/** The collaborators that decide what is brought from one HSM to another: one function for each thing that SPEC.md §9.1 says of it. */
import type { KeyDigests } from '../hsm/index.ts'
import type { HsmRecord } from './records.ts'

const isDeleted = (digest: string, all: readonly KeyDigests[]): boolean =>
  all.some(({ deleted }) => deleted.includes(digest))

export const peerParts = {
  // §sync.write
  isBeyondReach: ({ hsmId }: HsmRecord, unreached: ReadonlySet<string>): boolean => unreached.has(hsmId),
  // §sync.keys
  mustBringKeys: (own: KeyDigests, peers: readonly KeyDigests[]): boolean =>
    peers.some(({ held }) => held.some(digest => !own.held.includes(digest) && !isDeleted(digest, [own, ...peers]))),
  // §sync.deleted
  mustDeleteKeys: (own: KeyDigests, peers: readonly KeyDigests[]): boolean =>
    own.held.some(digest => isDeleted(digest, peers)),
}
