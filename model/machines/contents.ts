/** The contents of an HSM: the six parts of a backup and the officers' passwords apart, each a number, 0 while it is initial and otherwise a token that no rule looks into, but for the quorum. */

/** The parts of an HSM's contents, each with the clause that says a backup carries it. */
export const PARTS = {
  users: '§contents.users',
  officer: '§contents.users',
  second: '§contents.users',
  third: '§contents.users',
  keys: '§contents.keys',
  certificates: '§contents.certificates',
  policies: '§contents.policies',
  quorum: '§contents.quorum',
  configuration: '§contents.configuration',
} as const

/** What an HSM has and no backup carries, each with the clause that says so: it is no part of `Contents`. */
export const NOT_CARRIED = { generator: '§backup.generator' } as const

export type Part = keyof typeof PARTS

/**
 * One value for each part. `configuration` set means activated, `keys` that the crypto user's key exists. `users`, `officer`,
 * `second` and `third` are the passwords of CU, CO, CO2 and CO3: set means that there is such a user. `quorum` is how many officers
 * have to approve: 0 and 1, none.
 */
export type Contents = Readonly<Record<Part, number>>

/** The contents of an HSM that was just made: the users PRECO and AU and nothing else. */
export const EMPTY: Contents = {
  users: 0,
  officer: 0,
  second: 0,
  third: 0,
  keys: 0,
  certificates: 0,
  policies: 0,
  quorum: 0,
  configuration: 0,
}
