/** I1 on bytes: nothing that leaves an HSM or a client shows a secret, and no BEK is exposed or used twice. */
import { gcm } from '@noble/ciphers/aes.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { match } from 'ts-pattern'
import { readSealedBackup, type SealedBackup } from './cbor.ts'
import type { Emission } from './port.ts'

/** Something that the service sees and should not. */
export interface Leak {
  readonly clause: string
  readonly what: string
}

/** What was seen of backups before, in one run. */
export interface Watch {
  /** Sealed backups, each with what it came from. */
  readonly blobs: Set<string>
  readonly snapshots: Map<string, string>
  readonly wrapped: Map<string, string>
}

export const createWatch = (): Watch => ({ blobs: new Set(), snapshots: new Map(), wrapped: new Map() })

/** A secret text as it might be written: as it is, in hex of either case, in base64 at each of three offsets, in UTF-16. */
export const encodingsOf = (secret: string): readonly string[] => {
  const hex = bytesToHex(new TextEncoder().encode(secret))
  const base64 = [0, 1, 2].map(offset => {
    const whole = btoa(' '.repeat(offset) + secret)
    // Characters at the ends also depend on what stands before and after.
    return whole.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + secret.length) * 4) / 3) - 1)
  })
  return [secret, hex, hex.toUpperCase(), ...base64, [...secret].join('\0')]
}

const latin1 = new TextDecoder('latin1')

/** What is wrong with what has left, the first thing only. `secrets` are those of the whole run so far. */
export const leakOf = (watch: Watch, secrets: readonly string[], left: readonly Emission[]): Leak | null => {
  const encodings = secrets.map(secret => ({ secret, written: encodingsOf(secret) }))
  for (const emission of left) {
    const text = latin1.decode(emission.bytes)
    const shown = encodings.find(({ written }) => written.some(form => text.includes(form)))
    if (shown !== undefined)
      return {
        clause: clauseOf(emission),
        what: `a secret of the customer's, in ${emission.channel} of ${emission.from}`,
      }
    const leak =
      emission.channel === 'backup' || emission.channel === 'synchronisation' ? sealedLeak(watch, emission) : null
    if (leak !== null) return leak
  }
  return null
}

const clauseOf = ({ channel }: Emission): string =>
  match(channel)
    .with('backup', 'synchronisation', () => '§backup.sealed')
    .with('record', () => '§channel.sealed')
    .with('api', 'audit', 'error', 'certificate', () => '§invariant.plaintext')
    .exhaustive()

/** What is wrong with a sealed backup. The same bytes from the same place again are the same backup. */
const sealedLeak = ({ blobs, snapshots, wrapped }: Watch, { bytes, from, channel }: Emission): Leak | null => {
  const blob = `${from} ${bytesToHex(bytes)}`
  if (blobs.has(blob)) return null
  blobs.add(blob)
  const backup = readSealedBackup(bytes)
  if (backup === null)
    return { clause: '§format.backup', what: `${channel} of ${from} is not encoded as SPEC.md §8 says` }
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
