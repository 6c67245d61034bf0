/** I1 on bytes: nothing that leaves an HSM or a client shows a secret, and no BEK is exposed or used twice. */
import { gcm } from '@noble/ciphers/aes.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { match } from 'ts-pattern'
import type { CandidateClass } from './bytes-candidates.ts'
import { createSamples, keep, openedBy, type Samples } from './bytes-opened.ts'
import { createScanner, type Scanner } from './bytes-scan.ts'
import { readSealedBackup, type SealedBackup } from './cbor.ts'
import type { Emission, Sealing } from './port.ts'

/** Something that the service sees and should not. */
export interface Leak {
  readonly clause: string
  readonly what: string
}

/** What was seen before, in one run. */
export interface Watch {
  /** Sealed backups, each with what it came from. */
  readonly blobs: Set<string>
  readonly snapshots: Map<string, string>
  readonly wrapped: Map<string, string>
  /** Digests of keys and nonces that something was sealed under. */
  readonly sealings: Set<string>
  /** Nonces that a backup's key has seen twice, and how many backups have left with each nonce. */
  readonly reused: Set<string>
  readonly nonces: Map<string, number>
  /** Looks for secrets. */
  readonly scanner: Scanner
  /** What keys are tried on in the end. */
  readonly samples: Samples
}

export const createWatch = (): Watch => ({
  blobs: new Set(),
  snapshots: new Map(),
  wrapped: new Map(),
  sealings: new Set(),
  reused: new Set(),
  nonces: new Map(),
  scanner: createScanner(),
  samples: createSamples(),
})

/** What is wrong with what has left, the first thing only. `secrets` are those of the whole run so far. */
export const leakOf = (
  watch: Watch,
  secrets: readonly (string | Uint8Array)[],
  left: readonly Emission[],
): Leak | null => {
  for (const secret of secrets) watch.scanner.add(secret)
  for (const emission of left) {
    keep(watch.samples, emission)
    const { channel, from, bytes } = emission
    const shown = watch.scanner.scan(`${channel} ${from}`, bytes)
    if (shown !== null) return { clause: clauseOf(emission), what: `a secret, ${shown}, in ${channel} of ${from}` }
    const leak = channel === 'backup' || channel === 'synchronisation' ? sealedLeak(watch, emission) : null
    if (leak !== null) return leak
  }
  return null
}

/** Whether something was sealed under a key and a nonce that something else was sealed under; of a backup once both have left. */
export const reuseIn = ({ sealings, reused, nonces }: Watch, fresh: readonly Sealing[]): Leak | null => {
  const again = fresh.filter(({ digest }) => {
    const isKnown = sealings.has(digest)
    sealings.add(digest)
    return isKnown
  })
  for (const { text, nonce } of again) if (text === 'backup') reused.add(nonce)
  const hasLeft = [...reused].some(nonce => (nonces.get(nonce) ?? 0) > 1)
  return hasLeft || again.some(({ text }) => text !== 'backup')
    ? { clause: '§boundary.nonce', what: 'two texts were sealed under one key with one nonce' }
    : null
}

/** What anybody could open of what has left in a run that has ended. */
export const leakInTheEnd = ({ samples }: Watch): Leak | null => {
  const opened = openedBy(samples)
  if (opened === null) return null
  const { by, how, emission } = opened
  const what = `${emission.channel} of ${emission.from} ${how} under a key that is public: ${NAMES[by.kind]}`
  // A constant is no key of a generator.
  const isConstantBek = by.kind === 'constant' && how === 'opens' && emission.channel !== 'record'
  return { clause: isConstantBek ? '§backup.bek' : '§boundary.candidates', what }
}

const NAMES: Readonly<Record<CandidateClass, string>> = {
  constant: 'a constant',
  name: 'a name or an id',
  value: 'a value that was shown, or that the service holds',
  hash: 'a hash of what is public',
  derived: 'derived from what is public',
  window: 'what stands in the backup itself',
}

const clauseOf = ({ channel }: Emission): string =>
  match(channel)
    .with('backup', 'synchronisation', () => '§backup.sealed')
    .with('record', () => '§channel.sealed')
    .with('api', 'audit', 'error', 'certificate', 'status', () => '§invariant.plaintext')
    .exhaustive()

/** What is wrong with a sealed backup. The same bytes from the same place again are the same backup. */
const sealedLeak = ({ blobs, snapshots, wrapped, nonces }: Watch, { bytes, from, channel }: Emission): Leak | null => {
  const blob = `${from} ${bytesToHex(bytes)}`
  if (blobs.has(blob)) return null
  blobs.add(blob)
  const backup = readSealedBackup(bytes)
  if (backup === null)
    return { clause: '§format.backup', what: `${channel} of ${from} is not encoded as SPEC.md §8 says` }
  const nonce = bytesToHex(backup.nonce)
  nonces.set(nonce, (nonces.get(nonce) ?? 0) + 1)
  const key = exposedKey(backup)
  if (key !== null)
    return {
      clause: key === 'constant' ? '§backup.bek' : '§backup.wrapped',
      what: `${channel} of ${from} opens under a ${key} key`,
    }
  const [twin, reused] = [snapshots.get(backup.snapshot), wrapped.get(bytesToHex(backup.wrapped))]
  snapshots.set(backup.snapshot, from)
  wrapped.set(bytesToHex(backup.wrapped), from)
  if (twin !== undefined)
    return { clause: '§backup.generator', what: `the snapshots of ${twin} and ${from} have one random identifier` }
  return reused === undefined
    ? null
    : { clause: '§backup.bek', what: `${reused} and ${from} were encrypted under one BEK` }
}

/** A key that anybody could try: constants, and any 32 bytes that stand where the wrapped BEK should. */
const exposedKey = ({ header, wrapped, nonce, sealed }: SealedBackup): 'constant' | 'published' | null => {
  const opens = (key: Uint8Array): boolean => {
    try {
      gcm(key, nonce, header).decrypt(sealed)
      return true
    } catch {
      return false
    }
  }
  if ([0x00, 0xff].some(byte => opens(new Uint8Array(32).fill(byte)))) return 'constant'
  return [0, 8].some(at => opens(wrapped.subarray(at, at + 32))) ? 'published' : null
}
