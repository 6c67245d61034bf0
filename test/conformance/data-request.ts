/** The port's data plane: what the customer's client is asked to carry to the HSMs of a cluster, and for whom. */

/** An officer: the one that activation makes, a second, a third. */
export type OfficerName = 'CO' | 'CO2' | 'CO3'
/** A user: an officer, or the crypto user. */
export type UserName = OfficerName | 'CU'

/** What a token is for: CreateUser, ChangePassword and DeleteUser, or SetQuorum. */
export type Service = 'user' | 'quorum'

/** A token of an HSM, and the signature of an officer for it, both in hex. */
export interface Approval {
  readonly token: string
  readonly signature: string
}

/** A token that an HSM has: who asked for it, for what, and who has approved it. */
export interface ObservedToken {
  readonly of: string
  readonly service: string
  readonly approvals: readonly string[]
}

/** Who asks for an operation on the data plane, with the password that goes with the name. */
export interface Credentials {
  readonly user: UserName
  readonly password: string
}

/** How far the client reaches while the operation lasts: to this HSM only; left out: to all. */
interface Reached {
  readonly only?: string
}

/** The client checks the availability of keys: it wants two HSMs; left out: it has been told to do without. */
interface Checked {
  readonly checked?: true
}

/** Operations that the customer's client carries to the HSMs of a cluster. Passwords and labels are the suite's secrets. */
export type DataRequest =
  | {
      readonly op: 'Activate'
      readonly clusterId: string
      readonly password: string
      /** A label that becomes part of the HSM's configuration. */
      readonly label: string
      /** The officer's, as of P-256, compressed, in hex: his approvals are verified with it. */
      readonly publicKey: string
    }
  | { readonly op: 'LogIn'; readonly clusterId: string; readonly as: Credentials }
  | { readonly op: 'ListUsers'; readonly clusterId: string }
  | ({
      readonly op: 'CreateUser'
      readonly clusterId: string
      readonly as: Credentials
      readonly user: UserName
      readonly password: string
      /** An officer's. */
      readonly publicKey?: string
    } & Reached)
  | {
      readonly op: 'ChangePassword'
      readonly clusterId: string
      readonly as: Credentials
      readonly user: UserName
      readonly password: string
    }
  | ({
      readonly op: 'DeleteUser'
      readonly clusterId: string
      readonly as: Credentials
      readonly user: UserName
    } & Reached)
  | ({
      readonly op: 'GenerateKey'
      readonly clusterId: string
      readonly as: Credentials
      readonly label: string
    } & Reached &
      Checked)
  | ({
      readonly op: 'UseKey'
      readonly clusterId: string
      readonly as: Credentials
      readonly label: string
      /** Bytes to compute on, in hex. */
      readonly challenge: string
      /** While it lasts this HSM has more capacity left than any other of the cluster; left out: as much. */
      readonly freest?: string
    } & Checked)
  | ({
      readonly op: 'DeleteKey'
      readonly clusterId: string
      readonly as: Credentials
      readonly label: string
    } & Reached)
  | ({
      readonly op: 'SetPolicy'
      readonly clusterId: string
      readonly as: Credentials
      readonly value: number
    } & Reached)
  | { readonly op: 'SetQuorum'; readonly clusterId: string; readonly as: Credentials; readonly value: number }
  | { readonly op: 'QuorumToken'; readonly clusterId: string; readonly as: Credentials; readonly service: Service }
  | {
      readonly op: 'ApproveToken'
      readonly clusterId: string
      readonly as: Credentials
      /** Who asked for the token, and for what. */
      readonly of: OfficerName
      readonly service: Service
      /** By the id of the HSM whose token it is: the ones that QuorumToken answered last. */
      readonly approvals: Readonly<Record<string, Approval>>
    }
