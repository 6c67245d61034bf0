/** The collaborators of the client, each replaceable by itself, and the parts that are used when nothing is replaced. */
import { records, verifyAgreement, type Agreement, type Mode, type RecordCipher, type UserList } from '../hsm/index.ts'
import type { Connection, DescribedCluster } from '../service/index.ts'

/** What the customer knows of its cluster before it talks to it. */
export interface Trust {
  readonly clusterId: string
  readonly mode: Mode
  /** Public key of the customer's own authority. */
  readonly anchor: Uint8Array
}

export interface ClientParts {
  /** The HSM that is asked; the first that is ACTIVE. §client.available */
  readonly choose: (connections: readonly Connection[]) => readonly Connection[]
  /** The HSMs that a login goes to. §user.login */
  readonly chooseForLogin: (connections: readonly Connection[]) => readonly Connection[]
  /** Whether a user may try, given what every ACTIVE HSM says of its users. §user.lockout */
  readonly isOpen: (lists: readonly UserList[], user: string) => boolean
  /** Whether an HSM is of the cluster. §client.certificate */
  readonly isTrusted: (agreement: Agreement, trust: Trust) => boolean
  /** Whether a cluster is one to warn of. §client.warning */
  readonly isExposed: (cluster: DescribedCluster) => boolean
  /** The client's end of the channel. §channel.sealed */
  readonly records: RecordCipher
}

export const defaultClientParts: ClientParts = {
  choose: connections => connections.slice(0, 1),
  chooseForLogin: connections => connections, // §user.login
  isOpen: (lists, user) => lists.every(({ locked }) => !locked.includes(user)), // §user.lockout
  // §client.certificate
  isTrusted: (agreement, { anchor, mode }) => agreement.mode === mode && verifyAgreement(agreement, anchor),
  // §client.warning
  isExposed: ({ state, hsms }) => {
    const active = hsms.filter(hsm => hsm.state === 'ACTIVE')
    return state === 'ACTIVE' && new Set(active.map(({ availabilityZone }) => availabilityZone)).size < 2
  },
  records, // §channel.sealed
}
