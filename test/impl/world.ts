/** An account for the tests of the service and the client, and the way to the places where most stories begin. */
import {
  createAccount,
  createAuthority,
  type Account,
  type AccountOptions,
  type Command,
  type Due,
  type Effect,
  type HsmType,
  type Inspection,
  type Mode,
  type Trust,
} from '../../impl/index.ts'

/** 32 bytes that differ by number. */
export const entropy = (n: number): Uint8Array => {
  const bytes = new Uint8Array(32).fill(0x5a)
  new DataView(bytes.buffer).setUint32(0, n)
  return bytes
}

export const authority = createAuthority(entropy(1_000_001))
export const CO = { user: 'CO', password: 'officer-password' }
export const CU = { user: 'CU', password: 'user-password' }
export const SEVEN_DAYS = 604_800

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: string }

/** The value of an outcome that is expected to be one. */
export const valueOf = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(`refused with ${outcome.code}`)
  return outcome.value
}

export const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'accepted' : outcome.code)

export const account = (options: Partial<AccountOptions> = {}): Account =>
  createAccount({ seed: entropy(1), ...options })

/** The effects that are due, by name. */
export const dueIn = ({ service }: Account): readonly Effect[] => service.pending().map(({ effect }) => effect)

/** The one effect of this name that is due. */
export const dueOf = ({ service }: Account, effect: Effect): Due => {
  const [due, ...others] = service.pending().filter(pending => pending.effect === effect)
  if (due === undefined || others.length > 0) throw new Error(`expected one ${effect}, got ${others.length}`)
  return due
}

/** Settles the one effect of this name that is due, and answers with which code. */
export const settle = (at: Account, effect: Effect): string => codeOf(at.service.settle(dueOf(at, effect)))

/** What nothing waits for: a cluster is backed up because it is time. */
const isPlanned = ({ effect }: Due): boolean => effect === 'ClusterBackedUp'

/** Settles everything until nothing is due but what the service plans for itself. */
export const settleAll = ({ service }: Account): void => {
  const next = () => service.pending().find(due => !isPlanned(due))
  for (let due = next(); due !== undefined; due = next()) service.settle(due)
}

export interface Place {
  readonly at: Account
  readonly clusterId: string
  readonly trust: Trust
}

/** A cluster that was just created, and is UNINITIALIZED. */
export const fresh = (at: Account = account(), hsmType: HsmType = 'hsm2m.medium', mode: Mode = 'FIPS'): Place => {
  const { clusterId } = valueOf(at.service.createCluster({ hsmType, mode }))
  settle(at, 'ClusterCreated')
  return { at, clusterId, trust: { clusterId, mode, anchor: authority.anchor } }
}

/** With its first HSM, before it is initialised. */
export const provisioned = (place: Place = fresh()): Place & { readonly hsmId: string } => {
  const { hsmId } = valueOf(place.at.service.createHsm(place.clusterId))
  settle(place.at, 'HsmProvisioned')
  return { ...place, hsmId }
}

/** The certificate that the customer's authority makes of the current CSR. */
export const certificateOf = ({ at, clusterId }: Place): Uint8Array => {
  const [cluster] = at.service.describeClusters(clusterId)
  const certificate = cluster?.clusterCsr ? authority.issue(cluster.clusterCsr) : null
  if (certificate === null) throw new Error('expected a CSR, got none')
  return certificate
}

export const initialised = (place = provisioned()) => {
  const { at, clusterId } = place
  const request = { clusterId, signedCert: certificateOf(place), trustAnchor: authority.anchor }
  valueOf(at.service.initializeCluster(request))
  settle(at, 'ClusterInitialized')
  return place
}

/** An ACTIVE cluster whose HSM has an officer. */
export const active = (place = initialised()) => {
  valueOf(tell(place, { op: 'Activate', password: CO.password, label: 'a label' }))
  settle(place.at, 'ClusterActivated')
  return place
}

/** With a crypto user, a key, a policy and a quorum as well. */
export const filled = (place = active()) => {
  valueOf(tell(place, { op: 'CreateUser', as: CO, name: 'CU', role: 'CU', password: CU.password }))
  valueOf(tell(place, { op: 'GenerateKey', as: CU, label: 'key', kind: 'AES' }))
  valueOf(tell(place, { op: 'SetPolicy', as: CO, value: 7 }))
  valueOf(tell(place, { op: 'SetQuorum', as: CO, value: 1 }))
  return place
}

/** An ACTIVE cluster whose only HSM was deleted, and its final backup. */
export const emptied = (place = filled()) => {
  valueOf(place.at.service.deleteHsm(place.clusterId, place.hsmId))
  settleAll(place.at)
  return { ...place, backupId: newestBackup(place.at).backupId }
}

/** One more HSM, joined. */
export const joined = (place: Place): string => {
  const { hsmId } = valueOf(place.at.service.createHsm(place.clusterId))
  settleAll(place.at)
  return hsmId
}

/** One command of the customer's client. */
export const tell = ({ at, trust }: Place, command: Command) => at.client.perform(trust, command)

/** The contents of an HSM as the crypto user sees them. */
export const inspect = ({ at }: Place, hsmId: string): Inspection => {
  const answer = at.look(hsmId)({ op: 'Inspect', as: CU })
  if (answer === null) throw new Error(`expected an answer of ${hsmId}, got none`)
  const value = valueOf(answer)
  if (value.kind !== 'inspection') throw new Error('expected an inspection')
  const { kind: _kind, ...inspection } = value
  return inspection
}

export const stateOf = ({ at }: Place, hsmId: string): string =>
  at.service
    .describeClusters()
    .flatMap(({ hsms }) => hsms)
    .find(hsm => hsm.hsmId === hsmId)?.state ?? 'gone'

export const hsmsOf = ({ at, clusterId }: Place) => at.service.describeClusters(clusterId)[0]?.hsms ?? []

export const clusterState = ({ at, clusterId }: Place): string =>
  at.service.describeClusters(clusterId)[0]?.state ?? 'gone'

export const newestBackup = ({ service }: Account) => {
  const newest = service.describeBackups().at(-1)
  if (newest === undefined) throw new Error('expected a backup, got none')
  return newest
}

export const backupState = (at: Account, backupId: string): string =>
  at.service.describeBackups(backupId)[0]?.state ?? 'gone'
