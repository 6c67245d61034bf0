/** What an HSM holds for its customer, in six parts, and its deterministic, positional encoding. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { clean } from '@noble/ciphers/utils.js'
import { decodeValue, encodeValue, isBytes, isCount, isText, itemsOf, type Value } from './cbor.ts'

/** PRECO sets the first password, CO is the officer, CU uses keys, AU is the appliance's own. */
export type Role = 'PRECO' | 'CO' | 'CU' | 'AU'

/** PBKDF2-HMAC-SHA-256 of a password: 16 bytes of salt, 32 of hash. */
export interface Verifier {
  readonly salt: Uint8Array
  readonly iterations: number
  readonly hash: Uint8Array
}

/** A user without verifier has no password and cannot log in; one without public key approves nothing. */
export interface User {
  readonly name: string
  readonly role: Role
  readonly verifier: Verifier | null
  /** An officer's, of 33 bytes: his approvals are verified with it. */
  readonly publicKey: Uint8Array | null
}

/** A token key: 32 bytes, an AES-256 key or the private key of P-256. */
export interface Key {
  readonly label: string
  readonly kind: 'AES' | 'EC'
  readonly value: Uint8Array
  readonly owner: string
  readonly token: boolean
  readonly sensitive: boolean
  readonly extractable: boolean
}

/** The cluster's key pair, and the certificate that the customer's authority signed; empty until it is installed. */
export interface Certificates {
  readonly privateKey: Uint8Array
  readonly publicKey: Uint8Array
  readonly certificate: Uint8Array
}

/** Values are never changed in place, so that copies of an HSM may share them. */
export interface Contents {
  readonly users: readonly User[]
  readonly keys: readonly Key[]
  readonly certificates: Certificates | null
  readonly policies: number
  readonly quorum: number
  readonly configuration: { readonly label: string }
}

/** Before activation: PRECO and AU, and nothing of anyone. §hsm.provision */
export const initialContents = (certificates: Certificates): Contents => ({
  users: [
    { name: 'PRECO', role: 'PRECO', verifier: null, publicKey: null },
    { name: 'AU', role: 'AU', verifier: null, publicKey: null },
  ],
  keys: [],
  certificates,
  policies: 0,
  quorum: 0,
  configuration: { label: '' },
})

export const encodeContents = (contents: Contents): Uint8Array =>
  encodeValue([
    contents.users.map(encodeUser),
    contents.keys.map(encodeKey),
    contents.certificates === null
      ? []
      : [contents.certificates.privateKey, contents.certificates.publicKey, contents.certificates.certificate],
    contents.policies,
    contents.quorum,
    [contents.configuration.label],
  ])

const encodeUser = ({ name, role, verifier, publicKey }: User): Value => [
  name,
  role,
  verifier === null ? [] : [verifier.salt, verifier.iterations, verifier.hash],
  publicKey === null ? [] : [publicKey],
]

const encodeKey = (key: Key): Value => [
  key.label,
  key.kind,
  key.value,
  key.owner,
  key.token,
  key.sensitive,
  key.extractable,
]

/** Returns null for bytes that no contents encode to. */
export const decodeContents = (bytes: Uint8Array): Contents | null => {
  const [users, keys, certificates, policies, quorum, configuration] = itemsOf(decodeValue(bytes), 6) ?? []
  const [label] = itemsOf(configuration, 1) ?? []
  if (!Array.isArray(users) || !Array.isArray(keys) || !isCount(policies) || !isCount(quorum) || !isText(label))
    return null
  const read = {
    users: users.map(decodeUser),
    keys: keys.map(decodeKey),
    certificates: decodeCertificates(certificates),
  }
  return read.users.every(user => user !== null) && read.keys.every(key => key !== null) && read.certificates !== false
    ? {
        users: read.users,
        keys: read.keys,
        certificates: read.certificates,
        policies,
        quorum,
        configuration: { label },
      }
    : null
}

const isRole = (value: unknown): value is Role => ['PRECO', 'CO', 'CU', 'AU'].includes(value as Role)

const decodeUser = (value: unknown): User | null => {
  const [name, role, verifier, signs] = itemsOf(value, 4) ?? []
  const [salt, iterations, hash] = itemsOf(verifier, 3) ?? []
  const [key] = itemsOf(signs, 1) ?? []
  if (!isText(name) || !isRole(role) || !(itemsOf(signs, 0) || isBytes(key, 33))) return null
  const publicKey = isBytes(key) ? key : null
  if (itemsOf(verifier, 0)) return { name, role, verifier: null, publicKey }
  return isBytes(salt, 16) && isCount(iterations) && isBytes(hash, 32)
    ? { name, role, verifier: { salt, iterations, hash }, publicKey }
    : null
}

const decodeKey = (value: unknown): Key | null => {
  const [label, kind, secret, owner, token, sensitive, extractable] = itemsOf(value, 7) ?? []
  if (!isText(label) || !(kind === 'AES' || kind === 'EC') || !isBytes(secret, 32) || !isText(owner)) return null
  return typeof token === 'boolean' && typeof sensitive === 'boolean' && typeof extractable === 'boolean'
    ? { label, kind, value: secret, owner, token, sensitive, extractable }
    : null
}

const decodeCertificates = (value: unknown): Certificates | null | false => {
  const [privateKey, publicKey, certificate] = itemsOf(value, 3) ?? []
  if (itemsOf(value, 0)) return null
  return isBytes(privateKey, 32) && isBytes(publicKey, 33) && isBytes(certificate)
    ? { privateKey, publicKey, certificate }
    : false
}

/** SHA-256 of the encoding, in hex. It may leave the HSM: contents hold secrets of 256 bits, so nothing can be guessed from it. */
export const digestContents = (contents: Contents): string => {
  const known = digests.get(contents)
  if (known !== undefined) return known
  const bytes = encodeContents(contents)
  const digest = bytesToHex(sha256(bytes))
  clean(bytes)
  digests.set(contents, digest)
  return digest
}

const digests = new WeakMap<Contents, string>()
