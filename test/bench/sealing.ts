/** Sealing and restoring a full HSM, 16,666 keys and 1,024 users, beside the bare cipher on the same encoded bytes. */
import { gcm } from '@noble/ciphers/aes.js'
import { createFactory, defaultParts, type Hsm } from '../../impl/index.ts'
import { fullContents } from '../hsm/full.ts'
import { paired, type Paired } from './pairs.ts'

const MEGABYTE = 1_000_000
/** What seals, opens, wraps, encodes and decodes may take at most of what encrypts and decrypts. */
const MOST = 2

/** What the bulk cipher was last given. */
interface Sealed {
  readonly key: Uint8Array
  readonly nonce: Uint8Array
  readonly associated: Uint8Array
  readonly plaintext: Uint8Array
}

/** A full HSM with what it seals, and an empty one of its cluster. */
const full = (): { readonly source: Hsm; readonly target: Hsm; readonly sealed: Sealed } => {
  const { bulk } = defaultParts
  const initialContents = fullContents(16_666, 1_024)
  const fleet = (parts: typeof defaultParts) => (entropy: number) =>
    createFactory(new Uint8Array(32).fill(1), parts).fleet({
      line: 'hsm2m',
      mode: 'FIPS',
      entropy: new Uint8Array(32).fill(entropy),
    })
  const taken: Sealed[] = []
  const seal: typeof bulk.seal = (key, nonce, associated, plaintext) => {
    taken.push({ key: key.slice(), nonce, associated, plaintext: plaintext.slice() })
    return bulk.seal(key, nonce, associated, plaintext)
  }
  const watched = fleet({ ...defaultParts, initialContents, bulk: { ...bulk, seal } })(2)
  watched.provision()
  watched.backup()
  const [sealed] = taken
  if (sealed === undefined) throw new Error('expected something to be sealed')
  const made = fleet({ ...defaultParts, initialContents })
  const [source, target] = [made(2), made(3)]
  source.provision()
  return { source, target, sealed }
}

export const sealing = (): Paired => {
  const { source, target, sealed } = full()
  const { key, nonce, associated, plaintext } = sealed
  const bare = (): void => {
    gcm(key, nonce, associated).decrypt(gcm(key, nonce, associated).encrypt(plaintext))
  }
  const whole = (): void => {
    const backup = source.backup()
    if (!backup.ok || !target.restore(backup.value).ok) throw new Error('expected a restore')
  }
  const megabytes = (plaintext.length / MEGABYTE).toFixed(1)
  const pairs = paired(`seal and restore, ${megabytes} MB / AES-256-GCM, encrypt and decrypt`, bare, whole, MOST)
  if (target.digest() !== source.digest()) throw new Error('expected the contents to be restored')
  return pairs
}
