/** A fixed story of an account, long enough that everything leaves an HSM or a client that ever does, and what the service saw of it. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import {
  createAccount,
  createAuthority,
  createLedger,
  defaultParts,
  generate,
  instantiate,
  type Account,
  type AccountParts,
  type Command,
  type Ledger,
} from '../../impl/index.ts'
import type { Emission } from '../conformance/index.ts'

/** 32 bytes that differ by number. */
const seedOf = (n: number): Uint8Array => sha256(utf8ToBytes(`seed of a story ${n}`))

/** A password, a label: 16 bytes that nobody else can know, in hex. */
const secretOf = (seed: number, name: string): string => bytesToHex(sha256(utf8ToBytes(`${seed} ${name}`))).slice(0, 32)

/** What the customer keeps to itself in a story. */
export interface Customer {
  readonly officer: string
  readonly changed: string
  readonly user: string
  readonly wrong: string
  readonly label: string
}

export const customerOf = (seed: number): Customer => ({
  officer: secretOf(seed, 'officer'),
  changed: secretOf(seed, 'changed'),
  user: secretOf(seed, 'user'),
  wrong: secretOf(seed, 'wrong'),
  label: secretOf(seed, 'label'),
})

/** The service's own key of the account of a story, which is no secret from the service. */
export const envelopeKeyOf = (seed: number): Uint8Array => {
  const personalization = utf8ToBytes('cloudhsm account')
  return generate(instantiate(seedOf(seed), new Uint8Array(0), personalization), 64).bytes.subarray(32)
}

export interface Told {
  readonly account: Account
  readonly customer: Customer
  /** The service's view, and what was thrown. */
  readonly left: readonly Emission[]
  /** Each time that something was sealed. */
  readonly sealings: Ledger['sealings']
}

/** One step; what it throws has left as well. */
type Step = <T>(step: () => T) => T | null

const valueOf = <T>(
  outcome: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: string },
): T => {
  if (!outcome.ok) throw new Error(`the story expected a value, got ${outcome.code}`)
  return outcome.value
}

const settleAll = ({ service }: Account, step: Step): void => {
  const next = () => service.pending().find(({ effect }) => effect !== 'ClusterBackedUp')
  for (let due = next(), left = 40; due !== undefined && left > 0; due = next(), left -= 1) {
    const settling = due
    step(() => service.settle(settling))
  }
}

/** An ACTIVE cluster of one HSM, with an officer, a crypto user and a key. */
const founded = (account: Account, customer: Customer, seed: number, step: Step) => {
  const { service } = account
  const authority = createAuthority(seedOf(seed + 1))
  const { clusterId } = valueOf(service.createCluster({ hsmType: 'hsm2m.medium', mode: 'FIPS' }))
  settleAll(account, step)
  step(() => service.createHsm(clusterId))
  settleAll(account, step)
  const csr = service.describeClusters(clusterId)[0]?.clusterCsr ?? new Uint8Array(0)
  const signedCert = authority.issue(csr) ?? new Uint8Array(0)
  step(() => service.initializeCluster({ clusterId, signedCert, trustAnchor: authority.anchor }))
  settleAll(account, step)
  const trust = { clusterId, mode: 'FIPS', anchor: authority.anchor } as const
  const tell = (command: Command) => step(() => account.client.perform(trust, command))
  const as = { user: 'CO', password: customer.officer }
  tell({ op: 'Activate', password: customer.officer, label: customer.label })
  settleAll(account, step)
  tell({ op: 'CreateUser', as, name: 'CU', role: 'CU', password: customer.user })
  tell({ op: 'GenerateKey', as: { user: 'CU', password: customer.user }, label: 'key', kind: 'AES' })
  return { clusterId, tell, as }
}

const flipped = (bytes: Uint8Array): Uint8Array => bytes.map((byte, at) => (at === bytes.length - 20 ? byte ^ 1 : byte))

/** A cluster that is to be created from a backup that somebody altered: its HSM refuses it. */
const restoreAltered = (account: Account, step: Step): void => {
  const { service } = account
  const [backup] = step(() => service.describeBackups()) ?? []
  const sealed = backup === undefined ? null : service.archive.read(backup.backupId)
  if (backup === undefined || sealed === null) return
  const { backupId } = backup
  service.archive.write(backupId, flipped(sealed))
  const made = step(() => service.createCluster({ hsmType: 'hsm2m.medium', mode: 'FIPS', sourceBackupId: backupId }))
  settleAll(account, step)
  if (made?.ok === true) step(() => service.createHsm(made.value.clusterId))
  settleAll(account, step)
  service.archive.write(backupId, sealed)
}

/** Tells the story to an account with these collaborators. */
export const tellStory = (parts: Partial<AccountParts> = {}, seed = 1): Told => {
  const ledger = createLedger(seedOf(seed + 2))
  const hsm = { ...(parts.hsm ?? defaultParts), noteSealing: ledger.note }
  const account = createAccount({ seed: seedOf(seed), parts: { ...parts, hsm } })
  const { service } = account
  const customer = customerOf(seed)
  const thrown: Emission[] = []
  const step: Step = doing => {
    try {
      return doing()
    } catch (error) {
      const shown = error instanceof Error ? `${error.message} ${error.stack ?? ''}` : JSON.stringify(error)
      thrown.push({ channel: 'error', from: 'thrown', bytes: utf8ToBytes(shown) })
      return null
    }
  }
  const { clusterId, tell, as } = founded(account, customer, seed, step)
  const cu = { user: 'CU', password: customer.user }
  tell({ op: 'LogIn', as: { user: 'CO', password: customer.wrong } })
  tell({ op: 'UseKey', as: cu, label: 'key', challenge: new Uint8Array(16) })
  for (const byte of [1, 2]) tell({ op: 'Encrypt', as: cu, label: 'key', plaintext: new Uint8Array(20).fill(byte) })
  step(() => service.createHsm(clusterId))
  settleAll(account, step)
  tell({ op: 'ChangePassword', as, name: 'CO', password: customer.changed })
  tell({ op: 'GenerateKey', as: cu, label: 'second', kind: 'EC' })
  tell({ op: 'DeleteKey', as: cu, label: 'key' })
  restoreAltered(account, step)
  step(() => service.describeClusters())
  for (const { hsmId } of step(() => service.describeClusters(clusterId))?.[0]?.hsms ?? []) {
    step(() => service.deleteHsm(clusterId, hsmId))
    settleAll(account, step)
  }
  step(() => service.describeBackups())
  step(() => service.deleteBackup('backup-unknown'))
  return { account, customer, left: [...service.view, ...thrown], sealings: ledger.sealings }
}

/** The bytes of what left on one channel, one after the other. */
export const bytesOn = (left: readonly Emission[], channel: Emission['channel']): Uint8Array =>
  concatBytes(...left.filter(emission => emission.channel === channel).map(({ bytes }) => bytes))
