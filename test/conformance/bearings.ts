/** Where a run is: what is known of it so far, and what the mapping finds there, such as whom a client is and with what password. */
import { EMPTY, view, type Contents, type Part, type State } from '../../model/index.ts'
import { nobody } from './event.ts'
import type { Names } from './names.ts'
import type { Credentials, UserName } from './port.ts'
import type { Purpose, Secrets } from './secrets.ts'
import type { Tokens } from './tokens.ts'

/** What the mapping needs to know of the run so far. */
export interface Bearings {
  readonly names: Names
  readonly state: State
  readonly secrets: Secrets
  /** The target's ids by name. */
  readonly ids: ReadonlyMap<string, string>
  readonly tokens: ReadonlyMap<string, Tokens>
}

/** The contents of the HSM that answers for a cluster; empty where none is ACTIVE. */
const contentsOf = ({ names, state }: Bearings, cluster: string): Contents => {
  const slot = names.cluster.indexOf(cluster)
  const active = slot === -1 ? null : (view(state)[slot]?.active ?? null)
  return active === null ? EMPTY : (state.hsm[active]?.context.contents ?? EMPTY)
}

/** The key of a cluster, whichever of its ACTIVE HSMs has it; 0 without one. */
export const keyIn = ({ names, state }: Bearings, cluster: string): number => {
  const slot = names.cluster.indexOf(cluster)
  return (slot === -1 ? [] : (view(state)[slot]?.held ?? [])).find(({ key }) => key !== 0)?.key ?? 0
}

/** For each user the part of the contents that holds the password, and what the password is for. */
export const PASSWORDS: Readonly<Record<UserName, { readonly part: Part; readonly purpose: Purpose }>> = {
  CO: { part: 'officer', purpose: 'officer' },
  CO2: { part: 'second', purpose: 'second' },
  CO3: { part: 'third', purpose: 'third' },
  CU: { part: 'users', purpose: 'user' },
}

/** The right password of a user, or one of nobody's where there is no such user. */
export const credentials = (bearings: Bearings, cluster: string, user: UserName): Credentials => {
  const { part, purpose } = PASSWORDS[user]
  const token = contentsOf(bearings, cluster)[part]
  return { user, password: token === 0 ? bearings.secrets.of('absent', 0) : bearings.secrets.of(purpose, token) }
}

/** The cluster that an HSM is in; some cluster where it is in none, since DeleteHsm names both. */
export const clusterOf = ({ names, state }: Bearings, hsm: string): string => {
  const slot = names.hsm.indexOf(hsm)
  const cluster = slot === -1 ? null : (state.hsm[slot]?.context.cluster ?? null)
  const name = cluster === null ? names.cluster.find(known => known !== null) : names.cluster[cluster]
  return name ?? nobody('cluster')
}
