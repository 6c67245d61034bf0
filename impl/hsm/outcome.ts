/** What an HSM answers: a value, or one of the closed set of codes. Codes never carry secrets. */

export type Outcome<T, C extends string> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: C }

/** Why a backup was not restored, in the order in which the checks are made. */
export type RestoreCode = 'FORMAT' | 'MODE' | 'TYPE' | 'UNWRAP' | 'SEAL'

/** Why a command of a client was refused, or failed: a LOGIN_FAILURE is counted. */
export type CommandCode =
  | 'ALREADY_ACTIVATED'
  | 'USER_MISSING'
  | 'USER_LOCKED'
  | 'LOGIN_FAILURE'
  | 'NOT_PERMITTED'
  | 'USER_EXISTS'
  | 'USER_OWNS_KEYS'
  | 'KEY_MISSING'
  | 'QUORUM_REQUIRED'
  | 'QUORUM_VALUE'
  | 'TOKEN_MISSING'
  | 'ALREADY_APPROVED'
  | 'SIGNATURE'
  | 'LIMITED_WRITE'

export const accepted = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value })

export const refused = <C extends string>(code: C): { readonly ok: false; readonly code: C } => ({ ok: false, code })
