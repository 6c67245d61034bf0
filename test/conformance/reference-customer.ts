/** The customer of the reference account: its certificate authority, its client, and what it remembers. */
import { bytesToHex } from '@noble/hashes/utils.js'
import {
  createAuthority,
  type Account,
  type Authority,
  type ClientCode,
  type Command,
  type Mode,
} from '../../impl/index.ts'
import type { ObservedContents } from './port.ts'

export type Performed = ReturnType<Account['client']['perform']>

export interface Customer {
  readonly anchor: Uint8Array
  noteMode(clusterId: string, mode: Mode): void
  /** Keeps the CSR that this HSM has just made, if it made one. */
  noteCsr(hsmId: string): void
  /** Signs the current CSR, or hands in again what it signed before; or signs an earlier one; or certifies another key. */
  certificateFor(clusterId: string, which: 'matching' | 'mismatched' | 'outdated'): Uint8Array
  perform(clusterId: string, command: Command): Performed
  /** The contents of an HSM, keys included where a password of a crypto user is known; null where it does not answer. */
  inspect(hsmId: string): ObservedContents | null
  fork(account: Account): Customer
}

/** What a customer remembers. */
interface Memory {
  readonly modes: ReadonlyMap<string, Mode>
  /** The certificate signed last, by cluster. */
  readonly certificates: ReadonlyMap<string, Uint8Array>
  /** The CSRs that the HSMs of a cluster made, by cluster, one for each that was provisioned. */
  readonly csrs: ReadonlyMap<string, readonly Uint8Array[]>
  /** Passwords given to crypto users, newest first. */
  readonly passwords: readonly string[]
}

export type { ClientCode }

export const createCustomer = (account: Account, seed: Uint8Array): Customer =>
  customerOf(account, authorityFor(seed), new Map(), {
    modes: new Map(),
    certificates: new Map(),
    csrs: new Map(),
    passwords: [],
  })

const customerOf = (
  account: Account,
  authority: Authority,
  inspections: Map<string, ObservedContents | null>,
  remembered: Memory,
): Customer => {
  let memory = remembered

  return {
    anchor: authority.anchor,
    noteMode: (clusterId, mode) => {
      memory = { ...memory, modes: new Map([...memory.modes, [clusterId, mode]]) }
    },
    noteCsr: hsmId => {
      const cluster = account.service.look().clusters.find(({ hsms }) => hsms.some(hsm => hsm.hsmId === hsmId))
      if (cluster === undefined || cluster.clusterCsr === null) return
      const { clusterId, clusterCsr } = cluster
      const made = [...(memory.csrs.get(clusterId) ?? []), clusterCsr]
      memory = { ...memory, csrs: new Map([...memory.csrs, [clusterId, made]]) }
    },
    certificateFor: (clusterId, which) => {
      const another = () => authority.issueFor(authority.anchor)
      if (which === 'mismatched') return another()
      const earlier = memory.csrs.get(clusterId)?.at(-2)
      if (which === 'outdated') return (earlier && authority.issue(earlier)) ?? another()
      const cluster = account.service.look().clusters.find(candidate => candidate.clusterId === clusterId)
      const csr = cluster?.clusterCsr ?? null
      const signed = csr === null ? null : authority.issue(csr)
      if (signed !== null) memory = { ...memory, certificates: new Map([...memory.certificates, [clusterId, signed]]) }
      return memory.certificates.get(clusterId) ?? another()
    },
    perform: (clusterId, command) => {
      if (command.op === 'CreateUser') memory = { ...memory, passwords: [command.password, ...memory.passwords] }
      const mode = memory.modes.get(clusterId) ?? 'FIPS'
      return account.client.perform({ clusterId, mode, anchor: authority.anchor }, command)
    },
    inspect: hsmId => {
      // What is seen depends on the contents and the passwords alone, so it is asked once for each.
      const name = `${hsmId} ${account.digest(hsmId)} ${memory.passwords.length}`
      const known = inspections.get(name)
      if (known !== undefined) return known
      if (inspections.size >= KEPT) inspections.clear()
      const seen = inspect(account, hsmId, memory.passwords)
      inspections.set(name, seen)
      return seen
    },
    fork: copy => customerOf(copy, authority, inspections, memory),
  }
}

const KEPT = 512

const inspect = (account: Account, hsmId: string, passwords: readonly string[]): ObservedContents | null => {
  const ask = account.look(hsmId)
  const known = passwords.map(password => ({ user: 'CU', password })).find(as => ask({ op: 'LogIn', as })?.ok)
  const answer = ask({ op: 'Inspect', as: known ?? null })
  if (!answer?.ok || answer.value.kind !== 'inspection') return null
  const { keys, users, certificate, policy, quorum, label } = answer.value
  const checks = keys.map(key => ({ label: key.label, check: bytesToHex(key.check) }))
  return { users, keys: checks, certificate, policy, quorum, label }
}

const authorities = new Map<string, Authority>()

const authorityFor = (seed: Uint8Array): Authority => {
  const name = bytesToHex(seed)
  const known = authorities.get(name) ?? createAuthority(seed)
  if (authorities.size >= KEPT) authorities.clear()
  authorities.set(name, known)
  return known
}
