/** The port's data plane: what the customer's client is asked to carry to the HSMs of a cluster, and for whom. */

/** A user: the officer that activation makes, a second officer, the crypto user. */
export type UserName = 'CO' | 'CO2' | 'CU'

/** Who asks for an operation on the data plane, with the password that goes with the name. */
export interface Credentials {
  readonly user: UserName
  readonly password: string
}

/** Operations that the customer's client carries to the HSMs of a cluster. Passwords and labels are the suite's secrets. */
export type DataRequest =
  | {
      readonly op: 'Activate'
      readonly clusterId: string
      readonly password: string
      /** A label that becomes part of the HSM's configuration. */
      readonly label: string
    }
  | { readonly op: 'LogIn'; readonly clusterId: string; readonly as: Credentials }
  | { readonly op: 'ListUsers'; readonly clusterId: string }
  | {
      readonly op: 'CreateUser'
      readonly clusterId: string
      readonly as: Credentials
      readonly user: UserName
      readonly password: string
    }
  | {
      readonly op: 'ChangePassword'
      readonly clusterId: string
      readonly as: Credentials
      readonly user: UserName
      readonly password: string
    }
  | { readonly op: 'DeleteUser'; readonly clusterId: string; readonly as: Credentials; readonly user: UserName }
  | { readonly op: 'GenerateKey'; readonly clusterId: string; readonly as: Credentials; readonly label: string }
  | {
      readonly op: 'UseKey'
      readonly clusterId: string
      readonly as: Credentials
      readonly label: string
      /** Bytes to compute on, in hex. */
      readonly challenge: string
    }
  | { readonly op: 'DeleteKey'; readonly clusterId: string; readonly as: Credentials; readonly label: string }
  | { readonly op: 'SetPolicy'; readonly clusterId: string; readonly as: Credentials; readonly value: number }
  | { readonly op: 'SetQuorum'; readonly clusterId: string; readonly as: Credentials; readonly value: number }
