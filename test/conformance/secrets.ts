/** The customer's secrets: each a function of the run's seed and of the token that the model knows it by. */
import { sha256 } from '@noble/hashes/sha2.js'
import { privateKeyOf, signerOf, type Signer } from './signing.ts'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** What a secret is for. `absent` and `wrong` are passwords of nobody. */
export type Purpose = 'officer' | 'second' | 'third' | 'user' | 'key' | 'label' | 'wrong' | 'absent'

/** Secrets by purpose and token, and all that were handed out so far. */
export interface Secrets {
  /** A text of 32 hex digits, 16 bytes that nobody else can know. */
  readonly of: (purpose: Purpose, token: number) => string
  /** Sixteen bytes in hex for a key to compute on. They are no secret. */
  readonly challenge: (token: number) => string
  /** The keys that an officer signs with, who keeps them for himself. */
  readonly signer: (name: string) => Signer
  /** Every secret handed out, in order, and the private keys of those who sign. */
  readonly all: () => readonly string[]
}

const derive = (seed: number, purpose: string, token: number): string =>
  bytesToHex(sha256(utf8ToBytes(`${seed} ${purpose} ${token}`))).slice(0, 32)

export const createSecrets = (seed: number): Secrets => {
  const handed = new Map<string, string>()
  return {
    of: (purpose, token) => {
      const name = `${purpose} ${token}`
      const known = handed.get(name) ?? derive(seed, purpose, token)
      handed.set(name, known)
      return known
    },
    signer: name => {
      const secret = derive(seed, `signer ${name}`, 0)
      handed.set(`signer ${name}`, privateKeyOf(secret))
      return signerOf(secret)
    },
    challenge: token => derive(seed, 'challenge', token),
    all: () => [...handed.values()],
  }
}
