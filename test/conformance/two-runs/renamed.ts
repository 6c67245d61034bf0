/** The second of two runs: the same customer and the same service, with every secret renamed, inside the HSMs and outside. */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { defaultParts, instantiate, type AccountParts, type Parts } from '../../../impl/index.ts'
import type { Request } from '../port.ts'
import { createSecrets, type Purpose, type Secrets } from '../secrets.ts'

const SALT = utf8ToBytes('the second of two runs')
const other = (secret: Uint8Array): Uint8Array => hmac(sha256, SALT, secret)

/**
 * Root keys and all that an HSM draws are others. What the service and the client draw, ids and nonces, is what it was: the
 * account has the same seed.
 */
const renamedInside = (parts: Parts): Parts => ({
  ...parts,
  leaveFactory: unit => {
    const left = parts.leaveFactory(unit)
    const { hsm1, hsm2m } = left.roots.fused
    const fused = { ...(hsm1 && { hsm1: other(hsm1) }), ...(hsm2m && { hsm2m: other(hsm2m) }) }
    return { ...left, roots: { ...left.roots, fused }, generator: instantiate(other(left.generator.key), SALT) }
  },
  pbkInputs: source => parts.pbkInputs({ ...source, akbk: source.akbk && other(source.akbk) }),
})

/** The account's parts, with other secrets inside the HSMs. */
export const renamedParts = (parts: Partial<AccountParts>): Partial<AccountParts> => ({
  ...parts,
  hsm: renamedInside(parts.hsm ?? defaultParts),
})

const PASSWORDS: readonly Purpose[] = ['officer', 'second', 'third', 'user']
const LEAST = 17
const LENGTHS = 45

/** A text of hex digits that is as long as the HSM takes it, 17 to 61 characters here: the length is another for each. */
const passwordOf = (seed: number, name: string): string => {
  const digest = sha256(utf8ToBytes(`${seed} ${name}`))
  return bytesToHex(digest).slice(0, LEAST + ((digest[0] ?? 0) % LENGTHS))
}

/**
 * Other passwords, of other lengths, and alike where they were not: the nth of one user is the nth of every other. Key labels,
 * whose lengths show in a backup, have other characters.
 */
export const renamedSecrets = (seed: number): Secrets => {
  const secrets = createSecrets(seed + 0.5)
  const given = new Map<string, string>()
  const counted = new Map<Purpose, number>()
  const numberOf = (purpose: Purpose): number => {
    const number = (counted.get(purpose) ?? 0) + 1
    counted.set(purpose, number)
    return number
  }
  const rename = (purpose: Purpose, token: number): string => {
    if (purpose === 'key' || purpose === 'label') return secrets.of(purpose, token)
    return passwordOf(seed, PASSWORDS.includes(purpose) ? `password ${numberOf(purpose)}` : purpose)
  }
  return {
    of: (purpose, token) => {
      const name = `${purpose} ${token}`
      const known = given.get(name) ?? rename(purpose, token)
      given.set(name, known)
      return known
    },
    challenge: createSecrets(seed).challenge,
    signer: secrets.signer,
    all: () => [...given.values()],
  }
}

/** Numbers up to this take one byte in CBOR, and up to 255 two. */
const SMALL = 23

/** The same request with another value of the policy, which takes as many bytes. */
export const renamedRequest = (request: Request): Request => {
  if (request.op !== 'SetPolicy') return request
  const { value } = request
  return { ...request, value: value <= SMALL ? SMALL - value : SMALL + 256 - value }
}
