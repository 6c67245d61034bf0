/** The customer of the reference account: its certificate authority, its client, and what it remembers. */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import {
  createAuthority,
  type Account,
  type Authority,
  type ClientCode,
  type Command,
  type DescribedCluster,
  type Mode,
  type Terms,
  type Trust,
} from '../../impl/index.ts'
import type { DataRequest, ObservedContents } from './port.ts'

type Ask<Op> = Extract<DataRequest, { readonly op: Op }>
type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: string }
export type Performed = ReturnType<Account['client']['perform']>

export interface Customer {
  readonly anchor: Uint8Array
  noteMode(clusterId: string, mode: Mode): void
  /** Keeps the CSR that this HSM has just made, if it made one. */
  noteCsr(hsmId: string): void
  /** Notes those of all clusters, where they are new. */
  noteCsrs(): void
  /** Signs the current CSR, or hands in again what it signed before; or signs an earlier one; or certifies another key. */
  certificateFor(clusterId: string, which: 'matching' | 'mismatched' | 'outdated'): Uint8Array
  perform(clusterId: string, command: Command, terms?: Circumstances): Performed
  /** Tokens in hex, by the id of the HSM. */
  askForTokens(request: Ask<'QuorumToken'>): Outcome<Readonly<Record<string, string>>>
  approve(request: Ask<'ApproveToken'>): Outcome<null>
  /** The contents of an HSM, keys included where a crypto user is let in; null where it does not answer. */
  inspect(hsmId: string): ObservedContents | null
  fork(account: Account): Customer
}

/** How an operation is done, and which HSM has the most capacity left meanwhile. */
type Circumstances = Terms & { readonly freest?: string }

/** How far the client reaches, what it checks, and who has the most capacity left. */
export const termsOf = (request: DataRequest): Circumstances => {
  const { freest, only, checked } = request as Circumstances
  return {
    ...(freest !== undefined && { freest }),
    ...(only !== undefined && { only }),
    ...(checked !== undefined && { checked }),
  }
}

/** What a customer remembers. */
interface Memory {
  readonly modes: ReadonlyMap<string, Mode>
  /** The certificate signed last, by cluster. */
  readonly certificates: ReadonlyMap<string, Uint8Array>
  /** The CSRs that the HSMs of a cluster made, by cluster, one for each that was provisioned. */
  readonly csrs: ReadonlyMap<string, readonly Uint8Array[]>
  /** Passwords given to each user, newest first. */
  readonly passwords: Readonly<Record<string, readonly string[]>>
  /** How often somebody asked who may have been given a password, or have been counted. */
  readonly asked: number
  /** Somebody has asked for a token: there is none before. */
  readonly asksForTokens: boolean
}

export type { ClientCode }

export const createCustomer = (account: Account, seed: Uint8Array): Customer =>
  customerOf(account, authorityFor(seed), new Map(), {
    modes: new Map(),
    certificates: new Map(),
    csrs: new Map(),
    passwords: {},
    asked: 0,
    asksForTokens: false,
  })

const customerOf = (
  account: Account,
  authority: Authority,
  inspections: Map<string, ObservedContents | null>,
  remembered: Memory,
): Customer => {
  let memory = remembered
  const trustIn = (clusterId: string): Trust => {
    const mode = memory.modes.get(clusterId) ?? 'FIPS'
    return { clusterId, mode, anchor: authority.anchor }
  }

  const note = ({ clusterId, clusterCsr }: DescribedCluster): void => {
    const known = memory.csrs.get(clusterId) ?? []
    if (clusterCsr === null) return
    memory = { ...memory, csrs: new Map([...memory.csrs, [clusterId, [...known, clusterCsr]]]) }
  }

  return {
    anchor: authority.anchor,
    noteMode: (clusterId, mode) => {
      memory = { ...memory, modes: new Map([...memory.modes, [clusterId, mode]]) }
    },
    noteCsr: hsmId => {
      const cluster = account.service.look().clusters.find(({ hsms }) => hsms.some(hsm => hsm.hsmId === hsmId))
      if (cluster !== undefined) note(cluster)
    },
    noteCsrs: () => {
      const isKnown = ({ clusterId, clusterCsr }: DescribedCluster) =>
        memory.csrs.get(clusterId)?.at(-1)?.join() === clusterCsr?.join()
      for (const cluster of account.service.look().clusters) if (!isKnown(cluster)) note(cluster)
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
    perform: (clusterId, command, terms) => {
      memory = noting(memory, command)
      const leave = terms?.freest === undefined ? () => {} : occupy(account, clusterId, terms.freest)
      const performed = account.client.perform(trustIn(clusterId), command, terms)
      leave()
      return performed
    },
    askForTokens: ({ clusterId, as, service }) => {
      memory = { ...memory, asked: memory.asked + 1, asksForTokens: true }
      const tokens = account.client.askForTokens(trustIn(clusterId), as, service)
      if (!tokens.ok) return tokens
      return { ok: true, value: Object.fromEntries([...tokens.value].map(([id, token]) => [id, bytesToHex(token)])) }
    },
    approve: ({ clusterId, as, of, service, approvals }) => {
      memory = { ...memory, asked: memory.asked + 1 }
      const signed = Object.entries(approvals).map(([id, { token, signature }]) => {
        return [id, { token: hexToBytes(token), signature: hexToBytes(signature) }] as const
      })
      return account.client.approve(trustIn(clusterId), { as, of, service, approvals: new Map(signed) })
    },
    inspect: hsmId => {
      // What is seen depends on the contents, the passwords and the logins alone, so it is asked once for each: but for tokens.
      const name = `${hsmId} ${account.digest(hsmId)} ${memory.asked}`
      const seen = inspections.get(name) ?? inspect(account, hsmId, memory.passwords)
      if (inspections.size >= KEPT) inspections.clear()
      inspections.set(name, seen)
      return seen === null || !memory.asksForTokens ? seen : { ...seen, tokens: tokensOf(account, hsmId) }
    },
    fork: copy => customerOf(copy, authority, inspections, memory),
  }
}

/** Has other applications keep all HSMs of a cluster but one busy, until what it returns is called. */
const occupy = (account: Account, clusterId: string, freest: string): (() => void) => {
  const busy = account.service.connectionsTo(clusterId).filter(({ hsmId }) => hsmId !== freest)
  const open = busy.map(connection => ({ connection, agreement: connection.agree(new Uint8Array(16)) }))
  return () => {
    for (const { connection, agreement } of open) if (agreement !== null) connection.close(agreement.session)
  }
}

const KEPT = 512

const noting = (memory: Memory, command: Command): Memory => {
  const given =
    command.op === 'Activate'
      ? { name: 'CO', password: command.password }
      : command.op === 'CreateUser' || command.op === 'ChangePassword'
        ? command
        : null
  if (given === null) return command.op === 'LogIn' ? { ...memory, asked: memory.asked + 1 } : memory
  const { name, password } = given
  const passwords = { ...memory.passwords, [name]: [password, ...(memory.passwords[name] ?? [])] }
  return { ...memory, passwords, asked: memory.asked + 1 }
}

/** Whether a password is a user's: on a copy of the HSM that is thrown away, he sets it once more, or lacks nothing but approval. */
const isPassword = (account: Account, hsmId: string, user: string, password: string): boolean => {
  const as = { user, password }
  const answer = account.look(hsmId)({ op: 'ChangePassword', as, name: user, password })
  return answer !== null && (answer.ok || answer.code === 'QUORUM_REQUIRED')
}

/** Each password is tried on a copy of its own, so that none is counted. */
const inspect = (account: Account, hsmId: string, tried: Memory['passwords']): ObservedContents | null => {
  const letIn = Object.entries(tried).flatMap(([user, given]) => {
    const known = given.filter(password => isPassword(account, hsmId, user, password))
    return known.length === 0 ? [] : [[user, known] as const]
  })
  const passwords = Object.fromEntries(letIn)
  const [password] = passwords['CU'] ?? []
  const as = password === undefined ? null : { user: 'CU', password }
  const answer = account.look(hsmId)({ op: 'Inspect', as })
  if (!answer?.ok || answer.value.kind !== 'inspection') return null
  const { keys, users, locked, certificate, policy, quorum, label, publicKeys, tokens } = answer.value
  const checks = keys.map(key => ({ label: key.label, check: bytesToHex(key.check) }))
  return {
    users,
    locked,
    passwords,
    keys: checks,
    certificate,
    policy,
    quorum,
    label,
    publicKeys: Object.fromEntries(publicKeys.map(({ name, publicKey }) => [name, bytesToHex(publicKey)])),
    tokens,
  }
}

const tokensOf = (account: Account, hsmId: string): ObservedContents['tokens'] => {
  const answer = account.look(hsmId)({ op: 'ListTokens' })
  return answer?.ok === true && answer.value.kind === 'tokens' ? answer.value.tokens : []
}

const authorities = new Map<string, Authority>()

const authorityFor = (seed: Uint8Array): Authority => {
  const name = bytesToHex(seed)
  const known = authorities.get(name) ?? createAuthority(seed)
  if (authorities.size >= KEPT) authorities.clear()
  authorities.set(name, known)
  return known
}
